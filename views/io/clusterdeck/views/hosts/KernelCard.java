package io.clusterdeck.views.hosts;

import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The settings of the kernel that matter to Redis, and the plan that sets them. */
final class KernelCard extends VBox {
    private final Look look;
    private final GridPane grid = new GridPane();
    private final Button cure;

    KernelCard(Look look, Runnable onCure) {
        super(12);
        this.look = look;
        setId("host-kernel");
        getStyleClass().add("card");
        grid.setHgap(14);
        grid.setVgap(8);
        cure = look.button("hosts.cure", onCure);
        getChildren().addAll(look.label("hosts.kernel", "card-title"), grid, cure);
    }

    void show(Optional<Machine> found, boolean may) {
        grid.getChildren().clear();
        var wrong = found.map(HostOperations::wrong).orElse(List.of());
        row(0, "vm.overcommit_memory", number(found.map(Machine::overcommit)), "1", wrong.contains("overcommit"));
        row(1, "net.core.somaxconn", number(found.map(Machine::somaxconn)), "≥ 511", wrong.contains("somaxconn"));
        row(
                2,
                "transparent_hugepage",
                found.map(m -> m.hugePages().replaceAll(".*\\[(\\w+)].*", "$1")).orElse(""),
                "madvise, never",
                wrong.contains("huge-pages"));
        cure.setVisible(!wrong.isEmpty() && may);
        cure.setManaged(cure.isVisible());
    }

    private static String number(Optional<OptionalLong> value) {
        return value.filter(OptionalLong::isPresent)
                .map(v -> Long.toString(v.getAsLong()))
                .orElse("");
    }

    private void row(int row, String setting, String value, String wanted, boolean wrong) {
        var name = new Label(setting);
        name.getStyleClass().addAll("mono", "small");
        var now = new Label(value.isEmpty() ? "–" : value);
        now.getStyleClass().addAll("mono", wrong ? "warn-text" : "label");
        var glyph = new Glyph(value.isEmpty() ? Glyph.Kind.UNKNOWN : wrong ? Glyph.Kind.WARN : Glyph.Kind.DONE);
        var mark = new HBox(8, glyph, name);
        mark.setAlignment(Pos.CENTER_LEFT);
        var want = new Label(look.tongue().say("hosts.wanted", "value", wanted));
        want.getStyleClass().addAll("small", "muted");
        for (var label : List.of(name, now, want)) {
            label.setMinWidth(USE_PREF_SIZE);
        }
        grid.addRow(row, mark, now, want);
    }
}
