package io.clusterdeck.views.nodes;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Copied;
import io.clusterdeck.views.parts.Repaint;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Every node in a row: sorted by any column, filtered by any word in it, copied as a table for a spreadsheet. */
public final class NodesView extends VBox {
    private final Look look;
    private final Live live;
    private final ObservableList<NodeLine> lines = FXCollections.observableArrayList();
    private final FilteredList<NodeLine> filtered = new FilteredList<>(lines);
    private final TableView<NodeLine> table = new TableView<>();
    private final TextField filter = new TextField();
    private final Label count = new Label();
    private final Map<NodeId, NodeLine> known = new HashMap<>();
    private boolean choosing;

    public NodesView(Look look, Live live) {
        this.look = look;
        this.live = live;
        setId("nodes");
        getStyleClass().add("page");
        setSpacing(12);
        filter.setId("nodes-filter");
        filter.promptTextProperty().bind(look.tongue().text("views.nodes.filter"));
        filter.accessibleTextProperty().bind(look.tongue().text("views.nodes.filter"));
        table.accessibleTextProperty().bind(look.tongue().text("views.tab.nodes"));
        filter.setPrefWidth(260);
        filter.textProperty().subscribe(text -> {
            sift();
            counted();
        });
        count.getStyleClass().addAll("small", "muted");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var copy = look.button("views.nodes.copy", this::copy);
        // where it is narrow, the field gives way, not the words
        filter.setMinWidth(120);
        copy.setMinWidth(Region.USE_PREF_SIZE);
        count.setMinWidth(Region.USE_PREF_SIZE);
        var bar = new HBox(12, filter, copy, gap, count);
        bar.setAlignment(Pos.CENTER_LEFT);
        table.setId("nodes-table");
        table.setMinHeight(140);
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setTableMenuButtonVisible(true);
        table.setPlaceholder(look.label("views.nodes.none", "muted"));
        table.getColumns().addAll(NodeColumns.all(look));
        var sorted = new SortedList<>(filtered);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(bar, table);
        table.getSelectionModel().selectedItemProperty().subscribe(line -> {
            if (line != null && !choosing) {
                live.choose(line.id());
            }
        });
        table.setOnKeyPressed(e -> {
            if (new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN).match(e)) {
                copy();
                e.consume();
            }
        });
        var repaint = new Repaint(this, this::paint);
        live.stateProperty().subscribe(s -> repaint.ask());
        live.chosenProperty().subscribe(c -> mark());
        look.tongue().wordsProperty().subscribe(w -> repaint.ask());
    }

    private void paint() {
        ClusterState state = live.state();
        var words = look.tongue().words();
        known.keySet().retainAll(state.nodes().keySet());
        for (Node node : state.nodes().values()) {
            known.computeIfAbsent(node.id(), id -> new NodeLine(live, words, node))
                    .show(words, node);
        }
        var now = state.nodes().keySet().stream().map(known::get).toList();
        if (!now.equals(lines)) {
            if (lines.isEmpty()) {
                NodeColumns.fit(table.getColumns(), live, state);
            }
            lines.setAll(now);
        }
        sift();
        if (table.getSortOrder().isEmpty() && !table.getColumns().isEmpty()) {
            table.getSortOrder().setAll(List.of(table.getColumns().getFirst()));
        }
        mark();
        counted();
    }

    private void counted() {
        count.setText(look.tongue().say("views.nodes.count", "shown", filtered.size(), "all", lines.size()));
    }

    /** Every word must be found somewhere in the row. Rows change in place; what was chosen among them outlasts that. */
    private void sift() {
        if (filter.getText().isBlank()) {
            filtered.setPredicate(null);
            return;
        }
        var wanted = List.of(filter.getText().toLowerCase(Locale.ROOT).strip().split("\\s+"));
        Predicate<NodeLine> fits = line -> {
            var row = line.words().toLowerCase(Locale.ROOT);
            return wanted.stream().allMatch(row::contains);
        };
        if (!lines.stream().filter(fits).toList().equals(filtered)) {
            filtered.setPredicate(fits);
        }
    }

    private void mark() {
        choosing = true;
        live.chosenProperty().get().map(known::get).ifPresent(line -> {
            if (!table.getSelectionModel().getSelectedItems().contains(line)) {
                table.getSelectionModel().clearSelection();
                table.getSelectionModel().select(line);
            }
        });
        choosing = false;
    }

    /** The chosen rows, or all that are shown when at most one is chosen, with tabs between the columns. */
    private void copy() {
        var chosen = table.getSelectionModel().getSelectedItems();
        List<NodeLine> rows = chosen.size() > 1 ? chosen : table.getItems();
        var head = table.getColumns().stream().map(c -> c.getText()).collect(Collectors.joining("\t"));
        var body = rows.stream()
                .map(r -> table.getColumns().stream()
                        .map(c -> String.valueOf(c.getCellObservableValue(r).getValue()))
                        .collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
        Copied.text(head + "\n" + body + "\n");
    }

    public TextField filter() {
        return filter;
    }

    public TableView<NodeLine> table() {
        return table;
    }
}
