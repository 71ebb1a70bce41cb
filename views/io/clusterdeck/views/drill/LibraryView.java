package io.clusterdeck.views.drill;

import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.redis.drill.DrillWords;
import io.clusterdeck.redis.drill.Fault;
import io.clusterdeck.redis.drill.Library;
import io.clusterdeck.redis.drill.Objective;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The drills there are; for the chosen one what it does, needs and risks, where it happens, and what must be kept. */
public final class LibraryView extends HBox {
    private static final int LONGEST = 600;

    private final Look look;
    private final Live live;
    private final ListView<Drill> list = new ListView<>();
    private final VBox detail = new VBox(14);
    private final ComboBox<String> target = new ComboBox<>();
    private final Spinner<Integer> seconds = new Spinner<>(0, LONGEST, 0);
    private final CheckBox lossless = new CheckBox();

    LibraryView(Look look, Live live) {
        super(12);
        this.look = look;
        this.live = live;
        setId("drills");
        list.setId("drills-list");
        list.accessibleTextProperty().bind(look.tongue().text("rehearse.part.library"));
        list.getItems().setAll(Library.all());
        list.setPrefWidth(260);
        list.setMinWidth(USE_PREF_SIZE);
        list.setCellFactory(l -> new ListCell<>() {
            @Override
            protected void updateItem(Drill drill, boolean empty) {
                super.updateItem(drill, empty);
                setText(empty || drill == null ? "" : look.tongue().say(DrillWords.title(drill.name())));
            }
        });
        seconds.setId("drill-seconds");
        seconds.getEditor().accessibleTextProperty().bind(look.tongue().text("rehearse.objective"));
        seconds.setEditable(true);
        seconds.setPrefWidth(96);
        target.setId("drill-target");
        target.setPrefWidth(240);
        lossless.setId("drill-lossless");
        lossless.textProperty().bind(look.tongue().text("rehearse.lossless"));
        detail.getStyleClass().add("card");
        var scroll = new ScrollPane(detail);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        HBox.setHgrow(scroll, Priority.ALWAYS);
        var own =
                look.button("rehearse.own", () -> OwnDrill.ask(getScene().getWindow(), this::add, live.act()::failed));
        own.setId("drills-own");
        own.setMaxWidth(Double.MAX_VALUE);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(new VBox(8, list, own), scroll);
        list.getSelectionModel().selectedItemProperty().subscribe(d -> lay());
        list.getSelectionModel().selectFirst();
        list.setOnKeyPressed(e -> {
            if (e.getCode() == javafx.scene.input.KeyCode.ENTER) {
                rehearse();
            }
        });
        look.tongue().wordsProperty().subscribe(w -> {
            list.refresh();
            lay();
        });
        live.specProperty().subscribe(s -> lay());
    }

    /** One of the operator's own, chosen at once; another one of its name goes. */
    public void add(Drill own) {
        list.getItems().removeIf(d -> d.name().equals(own.name()));
        list.getItems().add(own);
        list.getSelectionModel().select(own);
        list.scrollTo(own);
    }

    /** Shows one of them. */
    public void choose(Drill drill) {
        list.getSelectionModel().select(drill);
        list.scrollTo(drill);
        list.requestFocus();
    }

    private void lay() {
        var drill = list.getSelectionModel().getSelectedItem();
        if (drill == null) {
            return;
        }
        var head = new Label(look.tongue().say(DrillWords.title(drill.name())));
        head.getStyleClass().add("h2");
        var go = look.button("rehearse.go", this::rehearse, "primary");
        go.setDisable(live.readOnly());
        go.setMinWidth(USE_PREF_SIZE);
        seconds.getValueFactory().setValue((int) (drill.objective().writeGap() / 1_000));
        lossless.setSelected(drill.objective().lost() == 0);
        detail.getChildren().setAll(head, new Wrapped(look.tongue().say(Library.about(drill))));
        var of = drill.about().isPresent() ? "own" : drill.name();
        part("rehearse.needs", look.tongue().say("drill.needs." + of));
        part("rehearse.risks", look.tongue().say("drill.risks." + of));
        targets(drill);
        if (target.getItems().size() > 1) {
            row("rehearse.target", target);
        }
        row("rehearse.objective", new HBox(8, centered(seconds, look.label("rehearse.seconds", "muted"))));
        detail.getChildren().add(lossless);
        var note = new Wrapped(
                look.tongue().say(live.readOnly() ? "rehearse.read-only" : "rehearse.note"), "small", "muted");
        detail.getChildren().addAll(note, go);
    }

    private static HBox centered(javafx.scene.Node... nodes) {
        var box = new HBox(8, nodes);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private void part(String key, String words) {
        detail.getChildren().add(new VBox(2, look.label(key, "section-title"), new Wrapped(words)));
    }

    private void row(String key, javafx.scene.Node field) {
        var label = look.label(key, "section-title");
        label.setLabelFor(field);
        detail.getChildren().add(new VBox(4, label, field));
    }

    /** The hosts or the masters that it can happen to; first what the drill would choose itself. */
    private void targets(Drill drill) {
        var own = look.tongue().say("rehearse.target.own");
        var all = new java.util.ArrayList<>(List.of(own));
        if (onHost(drill)) {
            live.state().nodes().values().stream()
                    .flatMap(n -> n.host().stream())
                    .map(Object::toString)
                    .distinct()
                    .sorted()
                    .forEach(all::add);
        } else if (onNode(drill)) {
            live.shards().stream()
                    .map(s -> s.master())
                    .filter(m -> !m.slots().isEmpty())
                    .map(Node::address)
                    .map(Object::toString)
                    .forEach(all::add);
        }
        target.getItems().setAll(all);
        target.getSelectionModel().selectFirst();
    }

    private static boolean onHost(Drill drill) {
        return drill.faults().stream()
                .anyMatch(f -> f instanceof Fault.KillHost || f instanceof Fault.Cut || f instanceof Fault.Slow);
    }

    private static boolean onNode(Drill drill) {
        return drill.faults().size() == 1
                && drill.faults().stream()
                        .anyMatch(f -> f instanceof Fault.Kill
                                || f instanceof Fault.Hang
                                || f instanceof Fault.Stop
                                || f instanceof Fault.HandOver);
    }

    private void rehearse() {
        var drill = list.getSelectionModel().getSelectedItem();
        if (drill == null || live.readOnly()) {
            return;
        }
        var chosen = Optional.of(target.getSelectionModel().getSelectedIndex())
                .filter(i -> i > 0)
                .map(i -> target.getItems().get(i));
        var wish = drill.at(onHost(drill) ? Optional.empty() : chosen, onHost(drill) ? chosen : Optional.empty())
                .objective(new Objective(seconds.getValue() * 1_000L, lossless.isSelected() ? 0 : -1));
        live.act().wish("drill " + drill.name(), () -> live.cluster().drills().offer(wish));
    }
}
