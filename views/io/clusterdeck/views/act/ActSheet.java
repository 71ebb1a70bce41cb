package io.clusterdeck.views.act;

import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.ConsentBar;
import io.clusterdeck.views.parts.FocusBack;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** An action on a sheet over the right side of the page. Nothing behind it is frozen. */
public final class ActSheet extends BorderPane {
    private static final double WIDTH = 560;

    private final Look look;
    private final ActModel model;
    private final Function<Plan, Optional<ByHand>> hand;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final Button close;
    private final FocusBack before = new FocusBack();

    /**
     * @param id tells it from other sheets of the window
     * @param hand how the cluster of a plan is reached by hand, where it is kept already
     */
    public ActSheet(Look look, ActModel model, String id, Function<Plan, Optional<ByHand>> hand) {
        this.hand = hand;
        this.look = look;
        this.model = model;
        setId(id);
        getStyleClass().add("act-sheet");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        title.getStyleClass().add("h2");
        title.setWrapText(true);
        subtitle.getStyleClass().add("muted");
        subtitle.setWrapText(true);
        var close = new Button();
        close.setId(id + "-close");
        close.getStyleClass().setAll("close");
        var cross = new Region();
        cross.getStyleClass().add("cross");
        close.setGraphic(cross);
        close.accessibleTextProperty().bind(look.tongue().text("views.close"));
        close.setOnAction(e -> model.close());
        this.close = close;
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                model.close();
                e.consume();
            }
        });
        var text = new VBox(2, title, subtitle);
        HBox.setHgrow(text, Priority.ALWAYS);
        var head = new HBox(12, text, close);
        head.getStyleClass().add("act-head");
        setTop(head);
        model.actProperty().subscribe(a -> show(a));
        look.tongue().wordsProperty().subscribe(w -> show(model.actProperty().get()));
    }

    private void show(Act act) {
        boolean gone = act instanceof Act.None;
        if (gone && isFocusWithin()) {
            before.giveBack();
        } else if (!gone && !isVisible()) {
            before.remember(this);
        }
        setVisible(!gone);
        setManaged(isVisible());
        switch (act) {
            case Act.None none -> lay("", "", new VBox(), new VBox());
            case Act.Asking asking ->
                lay(
                        look.tongue().say("views.act.asking"),
                        look.tongue().say("views.act.asking.why"),
                        bar(),
                        new VBox());
            case Act.Offered offered -> {
                offer(offered.offer());
                if (offered.changed()) {
                    subtitle.setText(look.tongue().say("views.act.changed"));
                }
            }
            case Act.Starting starting ->
                lay(
                        look.tongue().say("views.act.starting"),
                        look.tongue().say("views.act.starting.why"),
                        bar(),
                        new VBox());
            case Act.Running running -> run(running);
            case Act.Report report -> {
                lay(
                        look.tongue().say("views.aof"),
                        report.report().file().value(),
                        new ReportView(look, report, model::offer),
                        closing());
            }
            case Act.Failed failed -> failure(failed.failure());
        }
    }

    private static Node bar() {
        var bar = new ProgressBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        return bar;
    }

    /** Whoever works by keyboard stays on the sheet when what had the focus is replaced. */
    private void lay(String head, String sub, Node body, Node foot) {
        boolean within = isFocusWithin() && !(foot instanceof ConsentBar);
        if (within) {
            close.requestFocus();
        }
        title.setText(head);
        subtitle.setText(sub);
        subtitle.setVisible(!sub.isEmpty());
        subtitle.setManaged(!sub.isEmpty());
        var box = new VBox(body);
        box.getStyleClass().add("act-body");
        var scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        VBox.setVgrow(body, Priority.ALWAYS);
        setCenter(scroll);
        setBottom(foot);
    }

    private HBox closing(Node... before) {
        var foot = new HBox(8, before);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        foot.getChildren().addAll(gap, look.button("views.close", model::close));
        foot.getStyleClass().add("act-foot");
        foot.setAlignment(Pos.CENTER_RIGHT);
        return foot;
    }

    private void offer(Offer offer) {
        switch (offer) {
            case Offer.Ready ready -> ready(ready);
            case Offer.Refused refused -> refused(refused);
        }
    }

    private void ready(Offer.Ready ready) {
        var lines = hand.apply(ready.plan());
        var plan = new PlanView(look, ready.plan(), !(ready.consent() instanceof Consent.Plain), lines);
        if (lines.isEmpty()) {
            var why = look.label("desk.copy.lines.none", "small", "muted");
            why.setId("act-no-lines");
            why.setWrapText(true);
            plan.getChildren().add(why);
        }
        ready.others().forEach(other -> plan.getChildren().addFirst(other(other)));
        lay(
                look.tongue().say(ready.plan().title()),
                look.tongue().say("views.plan.nothing.yet"),
                plan,
                new ConsentBar(look, ready, model::close, model::go));
    }

    /** Another plan to the same end, one click away. */
    private VBox other(Offer.Other other) {
        var button = new Button(look.tongue().say(other.title()));
        button.setId("act-other");
        button.setOnAction(e -> ready(other.ready()));
        var box = new VBox(10, told(Glyph.Kind.WARN, look.tongue().say(other.why()), "plain"), button);
        box.getStyleClass().add("inset");
        return box;
    }

    private void refused(Offer.Refused refused) {
        boolean so = refused.already();
        var body = new VBox(
                14, told(so ? Glyph.Kind.OK : Glyph.Kind.BAD, look.tongue().say(refused.why()), "strong"));
        if (!refused.cures().isEmpty()) {
            body.getChildren().add(look.label("views.refused.cures", "section-title"));
            refused.cures()
                    .forEach(c -> body.getChildren()
                            .add(told(Glyph.Kind.NOTE, look.tongue().say(c), "plain")));
        }
        var foot = closing();
        if (!refused.insist().isEmpty()) {
            var note = look.label("views.refused.insist.why", "small", "muted");
            note.setWrapText(true);
            body.getChildren().add(note);
            var insist = look.button(
                    "views.refused.insist", () -> ready(refused.insist().getFirst()), "danger-text");
            insist.setMinWidth(USE_PREF_SIZE);
            foot.getChildren().addFirst(insist);
        }
        lay(
                look.tongue().say(so ? "views.already" : "views.refused"),
                so ? "" : look.tongue().say("views.refused.nothing"),
                body,
                foot);
    }

    private void failure(Failure failure) {
        lay(
                look.tongue().say("views.failed"),
                "",
                new VBox(
                        14,
                        told(Glyph.Kind.BAD, look.tongue().say(failure.what()), "strong"),
                        told(Glyph.Kind.NOTE, look.tongue().say(failure.next()), "plain")),
                closing());
    }

    private static HBox told(Glyph.Kind kind, String words, String style) {
        var glyph = new Glyph(kind);
        HBox.setMargin(glyph, new Insets(4, 0, 0, 0));
        var label = new Wrapped(words, style);
        HBox.setHgrow(label, Priority.ALWAYS);
        return new HBox(10, glyph, label);
    }

    private void run(Act.Running running) {
        model.runs().state(running.plan()).ifPresent(state -> {
            var progress = new RunProgress(look, model.runs(), state, model::close, this::isFocusWithin);
            lay(look.tongue().say(state.plan().title()), "", progress, progress.foot());
        });
    }
}
