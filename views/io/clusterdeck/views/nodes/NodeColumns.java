package io.clusterdeck.views.nodes;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.nodes.NodeLine.Column;
import io.clusterdeck.views.parts.Glyph;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;

/** The columns of the table of nodes. */
final class NodeColumns {
    private static final Set<Column> NUMBERS =
            Set.of(Column.KEYS, Column.MEMORY, Column.OPS, Column.BEHIND, Column.EPOCH, Column.BUS);
    private static final Set<Column> MONO = Set.of(Column.NODE, Column.ADDRESS, Column.SLOTS, Column.MASTER, Column.ID);
    private static final Set<Column> HIDDEN = Set.of(Column.BUS, Column.ID, Column.FLAGS, Column.EPOCH);

    /** Pixels of a character in a fixed-width cell. */
    private static final double GLYPH = 7.3;

    private NodeColumns() {}

    static List<TableColumn<NodeLine, ?>> all(Look look) {
        return Arrays.stream(Column.values())
                .<TableColumn<NodeLine, ?>>map(c -> column(look, c))
                .toList();
    }

    private static TableColumn<NodeLine, Cell> column(Look look, Column column) {
        var made = new TableColumn<NodeLine, Cell>();
        made.setId("column-" + column.name().toLowerCase(Locale.ROOT));
        made.textProperty()
                .bind(look.tongue().text("views.column." + column.name().toLowerCase(Locale.ROOT)));
        made.setCellValueFactory(row -> row.getValue().cell(column));
        made.setPrefWidth(width(column));
        made.setVisible(!HIDDEN.contains(column));
        if (NUMBERS.contains(column)) {
            made.getStyleClass().add("number-column");
        }
        made.setCellFactory(c -> column == Column.NODE ? new MarkedCell() : new WordsCell(MONO.contains(column)));
        return made;
    }

    /** As wide as these nodes' names want it; where a name is the whole address, that is not told twice. */
    static void fit(List<TableColumn<NodeLine, ?>> columns, Live live, ClusterState state) {
        int name = longest(state.nodes().keySet().stream().map(live::name));
        int host = longest(state.nodes().values().stream()
                .map(n -> n.host().map(HostName::value).orElse("")));
        boolean whole = state.nodes().values().stream()
                .allMatch(n -> live.name(n.id()).equals(n.address().toString()));
        for (var column : columns) {
            switch (Column.valueOf(column.getId().substring("column-".length()).toUpperCase(Locale.ROOT))) {
                case NODE -> column.setPrefWidth(Math.max(92, 48 + GLYPH * name));
                case MASTER -> column.setPrefWidth(Math.max(66, 20 + GLYPH * name));
                case HOST -> column.setPrefWidth(Math.clamp(24 + GLYPH * host, 52, 160));
                case ADDRESS -> column.setVisible(!whole);
                default -> {}
            }
        }
    }

    private static int longest(Stream<String> words) {
        return words.mapToInt(String::length).max().orElse(0);
    }

    private static double width(Column column) {
        return switch (column) {
            case NODE -> 92;
            case ROLE, MASTER, EPOCH, BUS, VERSION -> 66;
            case HOST -> 52;
            case ADDRESS -> 142;
            case STATE -> 78;
            case SLOTS -> 102;
            case KEYS, OPS, MEMORY, BEHIND -> 78;
            case UP -> 70;
            case FLAGS -> 110;
            case ID -> 310;
        };
    }

    private static class WordsCell extends TableCell<NodeLine, Cell> {
        WordsCell(boolean mono) {
            if (mono) {
                getStyleClass().add("mono");
            }
        }

        @Override
        protected void updateItem(Cell cell, boolean empty) {
            super.updateItem(cell, empty);
            setText(empty || cell == null ? null : cell.words());
        }
    }

    /** The node's name behind its glyph. */
    private static final class MarkedCell extends WordsCell {
        private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);

        MarkedCell() {
            super(true);
            getStyleClass().add("node-cell");
        }

        @Override
        protected void updateItem(Cell cell, boolean empty) {
            super.updateItem(cell, empty);
            if (empty || cell == null || cell.mark() == null) {
                setGraphic(null);
                return;
            }
            glyph.show(cell.mark());
            setGraphic(glyph);
        }
    }
}
