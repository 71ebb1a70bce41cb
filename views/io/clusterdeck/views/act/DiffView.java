package io.clusterdeck.views.act;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Locale;
import javafx.scene.layout.VBox;

/** The lines of an edit, marked by sign and colour; what stays far from any change is only counted. */
public final class DiffView extends VBox {
    private final Look look;

    public DiffView(Look look, List<Diff.Row> rows) {
        this.look = look;
        getStyleClass().add("inset");
        show(rows);
    }

    public void show(List<Diff.Row> rows) {
        getChildren().setAll(rows.stream().map(this::line).toList());
        if (!rows.isEmpty() && rows.stream().allMatch(r -> r.kind() == Diff.Kind.SAME || r.kind() == Diff.Kind.GAP)) {
            getChildren().setAll(new Wrapped(look.tongue().say("plan.edit.secret"), "small"));
        }
    }

    private Wrapped line(Diff.Row row) {
        var text = switch (row.kind()) {
            case GAP -> look.tongue().say("views.plan.gap", "n", Integer.parseInt(row.text()));
            case ADDED -> "+ " + row.text();
            case REMOVED -> "− " + row.text();
            case SAME -> "  " + row.text();
        };
        var line = new Wrapped(text, "mono", "diff-" + row.kind().name().toLowerCase(Locale.ROOT));
        line.setMaxWidth(Double.MAX_VALUE);
        return line;
    }
}
