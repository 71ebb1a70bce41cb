package io.clusterdeck.views.config;

import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.config.Sheet.Cell;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** The columns of the sheet: the directive, then each node. */
final class ConfigColumns {
    private static final PseudoClass ODD = PseudoClass.getPseudoClass("odd-one");
    private static final PseudoClass FILED = PseudoClass.getPseudoClass("filed");

    private ConfigColumns() {}

    static List<TableColumn<Row, ?>> all(Look look, Live live, List<NodeId> nodes) {
        var all = new ArrayList<TableColumn<Row, ?>>();
        var first = new TableColumn<Row, Row>();
        first.textProperty().bind(look.tongue().text("config.view.directive"));
        first.setPrefWidth(258);
        first.setCellValueFactory(r -> new ReadOnlyObjectWrapper<>(r.getValue()));
        first.setCellFactory(c -> new NameCell());
        first.setComparator((a, b) -> a.directive().compareTo(b.directive()));
        all.add(first);
        for (var node : nodes) {
            var column = new TableColumn<Row, Row>(live.name(node));
            column.setPrefWidth(Math.max(
                    nodes.size() > 4 ? 94 : 132, 24 + 7.3 * column.getText().length()));
            column.setCellValueFactory(r -> new ReadOnlyObjectWrapper<>(r.getValue()));
            column.setCellFactory(c -> new ValueCell(look, node));
            column.setSortable(false);
            all.add(column);
        }
        return all;
    }

    /** What runs, else what the file says; {@code ""} for an empty value. */
    static String shown(@Nullable Cell cell) {
        return Optional.ofNullable(cell)
                .flatMap(Cell::shown)
                .map(v -> v.isEmpty() ? "\"\"" : v)
                .orElse("–");
    }

    /** The directive behind a glyph that tells whether it differs. */
    private static final class NameCell extends TableCell<Row, Row> {
        private final Glyph glyph = new Glyph(Glyph.Kind.WARN);

        NameCell() {
            getStyleClass().addAll("mono", "node-cell");
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            setText(row.directive());
            glyph.show(row.drifts() ? Glyph.Kind.WARN : row.unkept() ? Glyph.Kind.RING : Glyph.Kind.OK);
            glyph.setVisible(row.drifts() || row.unkept());
            setGraphic(glyph);
        }
    }

    /** A node's value; one that only its file tells is dim, the odd one out is marked, and one that a restart would change says what the file has. */
    private static final class ValueCell extends TableCell<Row, Row> {
        private final Look look;
        private final NodeId node;

        ValueCell(Look look, NodeId node) {
            this.look = look;
            this.node = node;
            getStyleClass().addAll("mono", "config-cell");
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            var cell = empty || row == null ? null : row.cells().get(node);
            if (cell == null || row == null) {
                setText(null);
                setTooltip(null);
                pseudoClassStateChanged(ODD, false);
                pseudoClassStateChanged(FILED, false);
                return;
            }
            setText(shown(cell) + (cell.differs() ? " *" : ""));
            boolean odd = row.drifts()
                    && cell.shown().isPresent()
                    && row.usual()
                            .filter(u -> !Directive.same(
                                    row.directive(), u, cell.shown().get()))
                            .isPresent();
            pseudoClassStateChanged(ODD, odd);
            pseudoClassStateChanged(FILED, filed(cell));
            setTooltip(cell.differs() || filed(cell) || cell.stated().isPresent() ? new Tooltip(tip(cell)) : null);
        }

        /** The node does not tell what runs: shown is what its file, or the release, says. */
        private static boolean filed(Cell cell) {
            return cell.running().isEmpty() && cell.file().isPresent();
        }

        /** What a restart would change, and the line that says so. */
        private String tip(Cell cell) {
            var at = cell.stated().map(Object::toString);
            if (filed(cell)) {
                return look.tongue().say("config.view.filed")
                        + at.map(a -> "\n" + a).orElse("");
            }
            return !cell.differs()
                    ? at.orElse("")
                    : look.tongue()
                                    .say(
                                            "config.view.cell",
                                            "running",
                                            cell.running()
                                                    .filter(v -> !v.isEmpty())
                                                    .orElse("\"\""),
                                            "file",
                                            cell.file()
                                                    .filter(v -> !v.isEmpty())
                                                    .orElse("\"\""))
                            + at.map(a -> "\n" + a).orElse("");
        }
    }
}
