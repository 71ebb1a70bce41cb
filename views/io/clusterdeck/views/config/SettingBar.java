package io.clusterdeck.views.config;

import io.clusterdeck.redis.config.ConfigOperations;
import io.clusterdeck.redis.config.Sheet.Nature;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.live.AlikeNodes;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    /** Of nodes and files, so many lines are shown at first. */
    private static final int FEW = 3;

    private final Look look;
    private final Live live;
    private final Label name = new Label();
    private final Wrapped about = new Wrapped("", "small", "muted");
    private final TextField value = new TextField();
    private final ChoiceBox<Optional<NodeId>> where = new ChoiceBox<>();
    private final Button set;
    private final HBox line;
    private final Wrapped off = new Wrapped("", "small", "muted");
    private final Button rest;
    private boolean all;
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
        rest = look.button("config.view.all", this::turnAll, "link");
        rest.setId("config-all");
        getChildren().addAll(name, about, rest, line, off);
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
        all &= !other;
        name.setText(now.directive());
        tell(now);
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

    private void turnAll() {
        all = !all;
        Optional.ofNullable(row).ifPresent(this::tell);
    }

    /** What is known of it; of many nodes and files only some, until all are asked for. */
    private void tell(Row now) {
        var unkept = unkept(now);
        var places = now.cells().values().stream()
                .flatMap(c -> c.stated().stream())
                .map(Object::toString)
                .distinct()
                .sorted()
                .toList();
        var lines = new ArrayList<String>();
        lines.add(look.tongue().say("config.view.nature." + now.nature().name().toLowerCase(Locale.ROOT)));
        unkept.stream().limit(most()).map(look.tongue()::say).forEach(lines::add);
        if (!places.isEmpty()) {
            lines.add(look.tongue().say("config.view.stated", "places", brief(places)));
        }
        about.setText(String.join("\n", lines));
        boolean more = Math.max(unkept.size(), places.size()) > FEW;
        rest.textProperty().bind(look.tongue().text(all ? "config.view.few" : "config.view.all"));
        rest.setVisible(more);
        rest.setManaged(more);
    }

    private int most() {
        return all ? Integer.MAX_VALUE : FEW;
    }

    /** Where a restart would change it: once for all nodes that run the same and whose files say the same. */
    private List<Say> unkept(Row now) {
        var off = now.cells().entrySet().stream().filter(e -> e.getValue().differs());
        return AlikeNodes.of(
                off.map(e -> Map.entry(
                        e.getKey(),
                        Say.of(
                                "config.view.unkept-on",
                                "node",
                                "",
                                "running",
                                text(e.getValue().running()),
                                "file",
                                text(e.getValue().file())))),
                List.copyOf(live.state().nodes().keySet()),
                live::name);
    }

    /** Which lines say it, of files that are included too. */
    private List<String> brief(List<String> places) {
        return Stream.concat(
                        places.stream().limit(most()), places.size() > most() ? Stream.of("…") : Stream.<String>empty())
                .toList();
    }

    private static String text(Optional<String> value) {
        return value.filter(v -> !v.isEmpty()).orElse("\"\"");
    }
}
