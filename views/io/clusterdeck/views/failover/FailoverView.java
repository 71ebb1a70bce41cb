package io.clusterdeck.views.failover;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.timeline.FailoverExports;
import io.clusterdeck.redis.timeline.Headline;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.Times;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.drill.Part;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.paper.ExportMenu;
import io.clusterdeck.views.parts.Bar;
import io.clusterdeck.views.parts.Paragraphs;
import io.clusterdeck.views.parts.Repaint;
import io.clusterdeck.views.parts.Reveal;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The failovers of a cluster: the timeline of one, the list of all, and the page that teaches. */
public final class FailoverView extends BorderPane {
    /** Pixels, from which on the stage has room beside its picture; else it follows it on the page. */
    private static final double BESIDE = 860;

    /** What is looked at. */
    public enum Sight {
        TIMELINE,
        ALL,
        LESSON
    }

    private final Look look;
    private final Live live;
    private final FailoverModel model;
    private final TabBar<Sight> sights;
    private final Label title = new Label();
    private final Rich clocks = new Rich("small", "muted");
    private final VBox why = new VBox(4);
    private final TimelinePane timeline;
    private final SuspicionView suspicion;
    private final StagePanel panel;
    private boolean drawn;
    private final FailoverList list;
    private final LessonView lesson;
    private final Paragraphs unshown = new Paragraphs(4, "small", "warn-text");
    private final VBox empty;
    private final VBox told;
    private final VBox content = new VBox();
    private final ExportMenu export;

    /**
     * @param archive writes what is exported
     * @param rehearse turns to that part of the rehearsals
     * @param failed shows a failure that belongs to no sheet
     */
    public FailoverView(
            Look look,
            Live live,
            FailoverModel model,
            Archive archive,
            Consumer<Part> rehearse,
            Consumer<Failure> failed) {
        this.look = look;
        this.live = live;
        this.model = model;
        setId("failover");
        sights = new TabBar<>(look, "failovers.sight.", Sight.values(), Sight.TIMELINE, "choices");
        timeline = new TimelinePane(look);
        timeline.onStage(this::look);
        suspicion = new SuspicionView(look, live);
        panel = new StagePanel(look);
        panel.setPrefWidth(320);
        panel.setMinWidth(280);
        lesson = new LessonView(look, live);
        list = new FailoverList(look, kept -> {
            model.show(kept);
            sights.chosenProperty().set(Sight.TIMELINE);
        });
        title.getStyleClass().add("h2");
        title.setWrapText(true);
        empty = empty(rehearse);
        told = new VBox(14, new VBox(4, title, clocks), why, timeline, suspicion);
        export = new ExportMenu(look, "failover-export", "failovers.export", archive, failed)
                .with("failovers.export.", Format.FAILOVERS, this::one)
                .with("failovers.export.all.", Format.CHRONICLES, this::all);
        var head = new Bar(List.of(sights), List.of(export));
        content.getStyleClass().add("page");
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.getStyleClass().add("bare-scroll");
        var top = new VBox(6, head, export.note());
        top.getStyleClass().add("failover-head");
        var body = new BorderPane(scroll);
        body.setTop(top);
        setCenter(body);
        widthProperty().subscribe(w -> place());
        var repaint = new Repaint(this, this::paint);
        model.shownProperty().subscribe(k -> repaint.ask());
        model.allProperty().subscribe(k -> repaint.ask());
        model.unshownProperty().subscribe(u -> repaint.ask());
        model.stageProperty().subscribe(s -> repaint.ask());
        sights.chosenProperty().subscribe(s -> repaint.ask());
        live.stateProperty().subscribe(s -> suspects());
        look.tongue().wordsProperty().subscribe(w -> repaint.ask());
    }

    /** The stage beside its picture, or below it where both have no room. */
    private void place() {
        boolean beside = getWidth() == 0 || getWidth() >= BESIDE;
        if (beside == told.getChildren().contains(panel.body())) {
            told.getChildren().remove(panel.body());
            panel.holds(beside);
            if (!beside) {
                told.getChildren().add(panel.body());
            }
        }
        if (getRight() != (drawn && beside ? panel : null)) {
            setRight(drawn && beside ? panel : null);
        }
    }

    /** Chosen by hand, it comes into sight. */
    private void look(Stage stage) {
        model.look(stage);
        if (told.getChildren().contains(panel.body())) {
            paint();
            layout();
            Reveal.show(panel.body().getChildrenUnmodifiable().getFirst(), true);
        }
    }

    /** Which of the three is looked at. */
    public TabBar<Sight> sights() {
        return sights;
    }

    private VBox empty(Consumer<Part> rehearse) {
        var box = new VBox(
                12,
                look.label("failovers.empty", "h2"),
                wrapped("failovers.empty.why"),
                wrapped("failovers.empty.hand"),
                new FlowPane(
                        8,
                        8,
                        look.button("failovers.empty.rehearse", () -> rehearse.accept(Part.LIBRARY), "primary"),
                        look.button("failovers.empty.weakest", () -> rehearse.accept(Part.WEAKEST)),
                        look.button(
                                "failovers.empty.lesson",
                                () -> sights.chosenProperty().set(Sight.LESSON))));
        box.setMaxWidth(620);
        box.setId("failover-empty");
        return box;
    }

    private Wrapped wrapped(String key) {
        var label = new Wrapped("", "muted");
        label.textProperty().bind(look.tongue().text(key));
        return label;
    }

    private Optional<ExportMenu.Document> one() {
        return model.shownProperty()
                .get()
                .map(k -> new ExportMenu.Document(
                        "failover-" + k.timeline().id(), (format, speech) -> FailoverExports.of(format, k, speech)));
    }

    private Optional<ExportMenu.Document> all() {
        var all = model.allProperty().get();
        return all.stream()
                .findFirst()
                .map(k -> k.timeline().cluster())
                .map(cluster -> new ExportMenu.Document(
                        "failovers-" + cluster, (format, speech) -> FailoverExports.all(format, cluster, all, speech)));
    }

    private void suspects() {
        suspicion.show(
                live.state(), model.shownProperty().get().map(Kept::timeline).filter(t -> !t.over()));
    }

    private void paint() {
        var words = look.tongue().words();
        var kept = model.shownProperty().get();
        var sight = sights.chosenProperty().get();
        boolean drawn = sight == Sight.TIMELINE && kept.isPresent();
        this.drawn = drawn;
        place();
        export.setDisable(kept.isEmpty());
        content.getChildren()
                .setAll(
                        switch (sight) {
                            case TIMELINE -> kept.isPresent() ? told : empty;
                            case ALL -> model.allProperty().get().isEmpty() ? empty : list;
                            case LESSON -> lesson;
                        });
        if (sight == Sight.ALL || kept.isEmpty() && sight == Sight.TIMELINE) {
            unshown.say(model.unshownProperty().get().stream().map(words::say).toList());
            content.getChildren().add(unshown);
        }
        VBox.setVgrow(list, Priority.ALWAYS);
        if (sight == Sight.ALL) {
            list.show(model.allProperty().get());
        }
        if (!drawn) {
            return;
        }
        var t = kept.get().timeline();
        title.setText(words.say(Headline.say(t)));
        var began = Times.day(t.began());
        clocks.say(t.outage()
                .map(o ->
                        words.say("failovers.sub.outage", "at", began, "t", o.toMillis(), "clocks", Headline.clocks(t)))
                .orElseGet(() -> words.say("failovers.sub", "at", began, "clocks", Headline.clocks(t))));
        why.getChildren().setAll(t.why().stream().map(w -> rich(words.say(w))).toList());
        t.notes().forEach(n -> {
            var note = new Rich("small", "muted");
            note.say(words.say(n));
            why.getChildren().add(note);
        });
        timeline.show(t, kept.get().measured());
        timeline.choose(model.stageProperty().get());
        panel.show(Optional.of(kept.get()), model.stageProperty().get());
        suspects();
    }

    private static Rich rich(String text) {
        var rich = new Rich();
        rich.say(text);
        return rich;
    }
}
