package io.clusterdeck.views.console;

import io.clusterdeck.redis.console.CommandTable;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Bar;
import io.clusterdeck.views.parts.Copied;
import io.clusterdeck.views.parts.Wrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** A console for any node: what was typed, where it was redirected, what came back by type; a line to type in, with completion. */
public final class ConsoleView extends VBox {
    private final Look look;
    private final Live live;
    private final ConsoleModel model;
    private final ComboBox<NodeId> node = new ComboBox<>();
    private final TextField input = new TextField();
    private final TextField ask = new TextField();
    private final Label asked = new Wrapped("", "strong");
    private final VBox asking;
    private final HBox hints = new HBox(6);
    private final ListView<ConsoleLine> list;
    private final Button lock = new Button();
    private final Label state = new Label();
    private boolean unlocking;
    private int back;

    public ConsoleView(Look look, Live live) {
        this.look = look;
        this.live = live;
        this.model = new ConsoleModel(live);
        setId("console");
        getStyleClass().add("page");
        setSpacing(10);
        list = list();
        VBox.setVgrow(list, Priority.ALWAYS);
        node.setId("console-node");
        node.accessibleTextProperty().bind(look.tongue().text("console.node"));
        node.setConverter(new StringConverter<>() {
            @Override
            public String toString(NodeId id) {
                return id == null ? "" : live.name(id);
            }

            @Override
            public NodeId fromString(String text) {
                return new NodeId(text);
            }
        });
        node.valueProperty().subscribe(id -> model.nodeProperty().set(Optional.ofNullable(id)));
        lock.setId("console-lock");
        lock.setOnAction(e -> turnLock());
        state.getStyleClass().addAll("small", "muted");
        var stop = look.button("console.cancel", model::cancel);
        stop.disableProperty().bind(model.busyProperty().not());
        var head = new Bar(
                List.of(look.label("console.node", "muted"), node, state),
                List.of(
                        stop,
                        look.button("console.copy", this::copy),
                        look.button("console.clear", model.lines()::clear),
                        lock));
        input.setId("console-input");
        input.getStyleClass().add("mono");
        input.promptTextProperty().bind(look.tongue().text("console.prompt"));
        input.accessibleTextProperty().bind(look.tongue().text("console.prompt"));
        input.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        input.textProperty().subscribe(t -> hint());
        HBox.setHgrow(input, Priority.ALWAYS);
        hints.getStyleClass().add("console-hints");
        hints.setMinHeight(20);
        hints.setAlignment(Pos.CENTER_LEFT);
        ask.setId("console-ask");
        ask.setMaxWidth(260);
        ask.setOnAction(e -> answer());
        var no = look.button("console.ask.no", this::dismiss);
        asking = new VBox(8, asked, new HBox(10, ask, no));
        asking.getStyleClass().add("console-ask");
        asking.setId("console-asking");
        getChildren().addAll(head, list, asking, input, hints);
        model.unlockedProperty().subscribe(u -> paint());
        model.busyProperty().subscribe(b -> paint());
        model.confirmProperty().subscribe(c -> paint());
        live.specProperty().subscribe(s -> paint());
        look.tongue().wordsProperty().subscribe(w -> {
            paint();
            list.refresh();
        });
        live.stateProperty().subscribe(s -> nodes());
        live.chosenProperty().subscribe(c -> {
            if (model.follows()) {
                c.filter(node.getItems()::contains).ifPresent(node::setValue);
            }
        });
    }

    public ConsoleModel model() {
        return model;
    }

    /** Turns to a node, as by choosing it in the list of them. */
    public void at(NodeId id) {
        if (node.getItems().contains(id)) {
            node.setValue(id);
        }
        input.requestFocus();
    }

    private void nodes() {
        var ids = live.shards().stream()
                .flatMap(s ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(s.master()), s.replicas().stream()))
                .map(n -> n.id())
                .toList();
        if (!ids.equals(new ArrayList<>(node.getItems()))) {
            var was = node.getValue();
            node.getItems().setAll(ids);
            if (was != null && !ids.contains(was)) {
                model.lock(); // what was meant for a node that is gone does not change another
            }
            node.setValue(
                    was != null && ids.contains(was)
                            ? was
                            : live.chosenProperty()
                                    .get()
                                    .filter(ids::contains)
                                    .orElse(ids.isEmpty() ? null : ids.getFirst()));
        }
    }

    private ListView<ConsoleLine> list() {
        var list = new ListView<>(model.lines());
        list.setId("console-lines");
        list.accessibleTextProperty().bind(look.tongue().text("views.tab.console"));
        list.getStyleClass().addAll("console", "typed");
        list.setPlaceholder(look.label("console.empty", "muted"));
        list.setCellFactory(l -> new ListCell<>() {
            @Override
            protected void updateItem(ConsoleLine line, boolean empty) {
                super.updateItem(line, empty);
                getStyleClass().removeIf(s -> s.startsWith("typed-"));
                if (empty || line == null) {
                    setText(null);
                } else {
                    setText(line.text(look.tongue().words()));
                    getStyleClass().add(line.style());
                }
            }
        });
        list.getItems().addListener((ListChangeListener<ConsoleLine>)
                c -> list.scrollTo(list.getItems().size() - 1));
        return list;
    }

    private void pressed(KeyEvent e) {
        var handled = true;
        switch (e.getCode()) {
            case ENTER -> enter();
            case TAB -> handled = complete();
            case UP -> recall(1);
            case DOWN -> recall(-1);
            case C -> {
                handled = e.isControlDown() && model.busyProperty().get();
                if (handled) {
                    model.cancel();
                }
            }
            case L -> {
                handled = e.isControlDown();
                if (handled) {
                    model.lines().clear();
                }
            }
            default -> handled = false;
        }
        if (handled) {
            e.consume();
        }
    }

    private void enter() {
        var line = input.getText();
        back = 0;
        input.clear();
        model.enter(line);
    }

    private void recall(int step) {
        var history = model.history();
        back = Math.clamp(back + step, 0, history.size());
        input.setText(back == 0 ? "" : history.get(history.size() - back));
        input.end();
    }

    /** Takes the first that fits; without one the key leaves the field as everywhere. */
    private boolean complete() {
        var fits = fitting();
        if (fits.isEmpty() || input.getText().isBlank()) {
            return false;
        }
        input.setText(fits.getFirst().name().toLowerCase(java.util.Locale.ROOT) + " ");
        input.end();
        return true;
    }

    private List<CommandTable.Entry> fitting() {
        return input.getText().isBlank() ? List.of() : model.completing(input.getText());
    }

    private void hint() {
        hints.getChildren().clear();
        for (var entry : fitting()) {
            var chip = new Label(entry.name().toLowerCase(java.util.Locale.ROOT));
            chip.getStyleClass().addAll("mono", "tiny", "console-hint");
            chip.setMinWidth(USE_PREF_SIZE);
            hints.getChildren().add(chip);
        }
        if (hints.getChildren().size() == 1) {
            var about = new Label(fitting().getFirst().summary());
            about.getStyleClass().addAll("small", "muted");
            hints.getChildren().add(about);
        }
    }

    private void turnLock() {
        if (model.unlockedProperty().get()) {
            model.lock();
        } else if (model.production()) {
            unlocking = true;
            ask.clear();
            paint();
            ask.requestFocus();
        } else {
            model.unlock("");
        }
    }

    private void answer() {
        var typed = ask.getText();
        ask.clear();
        if (model.confirmProperty().get().isPresent()) {
            model.confirmed(typed);
        } else if (unlocking && model.unlock(typed.strip())) {
            unlocking = false;
        }
        paint();
        input.requestFocus();
    }

    private void dismiss() {
        unlocking = false;
        model.confirmed("");
        ask.clear();
        paint();
        input.requestFocus();
    }

    private void paint() {
        var words = look.tongue().words();
        boolean open = model.unlockedProperty().get();
        lock.setText(words.say(open ? "console.lock" : "console.unlock"));
        lock.setDisable(live.readOnly());
        state.setText(words.say(
                model.busyProperty().get()
                        ? "console.state.busy"
                        : open ? "console.state.unlocked" : "console.state.locked"));
        state.getStyleClass().setAll("label", "small", open ? "warn-text" : "muted");
        var confirm = model.confirmProperty().get();
        boolean questions = confirm.isPresent() || unlocking;
        asked.setText(confirm.map(c -> words.say("console.confirm", "line", c.line(), "word", c.wanted()))
                .orElse(unlocking ? words.say("console.unlock.production", "cluster", model.cluster()) : ""));
        asking.setVisible(questions);
        asking.setManaged(questions);
        if (confirm.isPresent()) {
            ask.requestFocus();
        }
    }

    private void copy() {
        var text = new StringBuilder();
        model.lines().forEach(l -> text.append(l.text(look.tongue().words())).append('\n'));
        Copied.text(text.toString());
    }
}
