package io.clusterdeck.views.config;

import io.clusterdeck.redis.config.ConfigOperations;
import io.clusterdeck.redis.config.Sheet.Nature;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** The chosen directive: where its values are not what the files say, and how it is set. */
final class SettingBar extends VBox {
    private final Look look;
    private final Live live;
    private final Label name = new Label();
    private final Wrapped about = new Wrapped("", "small", "muted");
    private final TextField value = new TextField();
    private final ChoiceBox<Optional<NodeId>> where = new ChoiceBox<>();
    private final Button set;
    private final HBox line;
    private final Wrapped off = new Wrapped("", "small", "muted");
    private @Nullable Row row;

    SettingBar(Look look, Live live, ConfigModel model) {
        this.look = look;
        this.live = live;
        getStyleClass().add("card");
        setSpacing(8);
        name.getStyleClass().addAll("mono", "strong");
        value.setId("config-value");
        value.getStyleClass().add("mono");
        value.accessibleTextProperty().bind(look.tongue().text("config.view.value"));
        value.promptTextProperty().bind(look.tongue().text("config.view.value"));
        HBox.setHgrow(value, Priority.ALWAYS);
        where.setId("config-where");
        where.setMinWidth(140); // its own width leaves the arrow no room beside Chinese words
        where.accessibleTextProperty().bind(look.tongue().text("config.view.where"));
        look.tongue().wordsProperty().subscribe(w -> where.setConverter(names())); // another one is heard
        set = look.button("config.view.set", () -> set(model));
        set.setMinWidth(USE_PREF_SIZE);
        value.setOnAction(e -> set.fire());
        line = new HBox(8, value, where, set);
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(name, about, line, off);
        show(null);
        where.valueProperty().subscribe(w -> permit());
        live.stateProperty().subscribe(s -> permit());
        live.specProperty().subscribe(s -> permit());
    }

    private StringConverter<Optional<NodeId>> names() {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable Optional<NodeId> node) {
                return node == null || node.isEmpty()
                        ? look.tongue().say("config.view.all-nodes")
                        : live.name(node.get());
            }

            @Override
            public Optional<NodeId> fromString(String text) {
                return Optional.empty();
            }
        };
    }

    private void set(ConfigModel model) {
        var now = row;
        if (now != null) {
            var nodes = where.getValue() == null || where.getValue().isEmpty()
                    ? model.sheetProperty().get().nodes()
                    : List.of(where.getValue().get());
            model.set(nodes, now, value.getText());
        }
    }

    void show(@Nullable Row now) {
        boolean other = now == null || row == null || !now.directive().equals(row.directive());
        row = now;
        setVisible(now != null);
        setManaged(now != null);
        if (now == null) {
            return;
        }
        name.setText(now.directive());
        about.setText(about(now));
        boolean settable = now.nature() != Nature.OWN;
        line.setVisible(settable);
        line.setManaged(settable);
        if (other) {
            value.setText(now.usual().orElse(""));
        }
        var choices = new ArrayList<Optional<NodeId>>();
        choices.add(Optional.empty());
        live.state().nodes().keySet().stream()
                .filter(now.cells()::containsKey)
                .forEach(n -> choices.add(Optional.of(n)));
        if (other || !where.getItems().equals(choices)) {
            where.getItems().setAll(choices);
            where.setValue(choices.getFirst());
        }
        permit();
    }

    /** What counts from the next start on is only written to the files. */
    private void permit() {
        var now = row;
        if (now == null) {
            return;
        }
        var nodes = Optional.ofNullable(where.getValue())
                .flatMap(chosen -> chosen)
                .<Collection<NodeId>>map(List::of)
                .orElse(now.cells().keySet());
        var why = live.off(
                look.tongue().words(), nodes, now.nature() == Nature.SETTABLE ? ConfigOperations.SETS : List.of());
        set.setDisable(!why.isEmpty());
        off.setText(why);
        off.setVisible(!why.isEmpty());
        off.setManaged(off.isVisible());
    }

    private String about(Row now) {
        var unkept = now.cells().entrySet().stream()
                .filter(e -> e.getValue().differs())
                .map(e -> look.tongue()
                        .say(
                                "config.view.unkept-on",
                                "node",
                                live.name(e.getKey()),
                                "running",
                                text(e.getValue().running()),
                                "file",
                                text(e.getValue().file())))
                .sorted()
                .toList();
        var nature =
                look.tongue().say("config.view.nature." + now.nature().name().toLowerCase(Locale.ROOT));
        var lines = new ArrayList<>(List.of(nature));
        lines.addAll(unkept.subList(0, Math.min(3, unkept.size())));
        places(now).ifPresent(lines::add);
        return String.join("\n", lines);
    }

    /** Which lines say it, of files that are included too. */
    private Optional<String> places(Row now) {
        var places = now.cells().values().stream()
                .flatMap(c -> c.stated().stream())
                .map(Object::toString)
                .distinct()
                .sorted()
                .toList();
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(look.tongue()
                        .say(
                                "config.view.stated",
                                "places",
                                String.join(", ", places.subList(0, Math.min(3, places.size())))
                                        + (places.size() > 3 ? " …" : "")));
    }

    private static String text(Optional<String> value) {
        return value.filter(v -> !v.isEmpty()).orElse("\"\"");
    }
}
