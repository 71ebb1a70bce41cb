package io.clusterdeck.views.paper;

import io.clusterdeck.deck.paper.AuditRow;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.notice.Notice;
import io.clusterdeck.views.parts.Glyph;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Who did what to which cluster, when, and how it ended; filtered by any word, exported as shown. */
public final class AuditView extends VBox {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** Pixels; a time and an outcome are never cut, a title may be. */
    private static final Map<String, Integer> LEAST =
            Map.of("when", 150, "who", 98, "cluster", 90, "what", 190, "outcome", 110, "took", 70);

    private final Look look;
    private final AuditModel model;
    private final Consumer<Notice> tell;
    private final ObservableList<AuditRow> rows = FXCollections.observableArrayList();
    private final FilteredList<AuditRow> filtered = new FilteredList<>(rows);
    private final TableView<AuditRow> table = new TableView<>(filtered);
    private final TextField filter = new TextField();
    private final Label count = new Label();

    /** @param tell shows a notice */
    public AuditView(Look look, AuditModel model, Consumer<Notice> tell) {
        this.look = look;
        this.model = model;
        this.tell = tell;
        setId("audit");
        getStyleClass().add("page");
        setSpacing(12);
        filter.setId("audit-filter");
        filter.setPrefWidth(260);
        filter.promptTextProperty().bind(look.tongue().text("desk.audit.filter"));
        filter.accessibleTextProperty().bind(look.tongue().text("desk.audit.filter"));
        filter.textProperty().subscribe(t -> filter());
        count.getStyleClass().addAll("small", "muted");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var export = look.button("desk.audit.export", this::export);
        export.setMinWidth(USE_PREF_SIZE);
        var bar = new HBox(12, filter, export, gap, count);
        bar.setAlignment(Pos.CENTER_LEFT);
        var why = look.label("desk.audit.why", "muted");
        why.setWrapText(true);
        why.setMinHeight(USE_PREF_SIZE);
        columns();
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(new VBox(4, look.label("desk.audit", "h1"), why), bar, table);
        model.rowsProperty().subscribe(now -> {
            rows.setAll(now);
            counted();
        });
        look.tongue().wordsProperty().subscribe(w -> {
            table.refresh();
            filter();
        });
    }

    private void columns() {
        table.setId("audit-table");
        table.accessibleTextProperty().bind(look.tongue().text("desk.audit"));
        table.setPlaceholder(look.label("desk.audit.none", "muted"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns()
                .setAll(List.of(
                        column("when", 150, AuditView::when),
                        column("who", 140, AuditRow::by),
                        column("cluster", 140, AuditRow::cluster),
                        column("what", 300, this::what),
                        outcome(),
                        column("took", 90, this::took)));
    }

    private TableColumn<AuditRow, String> column(String word, double width, Function<AuditRow, String> text) {
        var column = new TableColumn<AuditRow, String>();
        column.setId("audit-" + word);
        column.textProperty().bind(look.tongue().text("desk.audit.col." + word));
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, LEAST.getOrDefault(word, 110)));
        column.setCellValueFactory(c -> new ReadOnlyStringWrapper(text.apply(c.getValue())));
        return column;
    }

    private TableColumn<AuditRow, String> outcome() {
        var column = column("outcome", 130, this::ended);
        column.setCellFactory(c -> new TableCell<>() {
            private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);

            @Override
            protected void updateItem(String text, boolean empty) {
                super.updateItem(text, empty);
                var row = getTableRow() == null ? null : getTableRow().getItem();
                setText(empty ? null : text);
                setGraphic(empty || row == null ? null : glyph);
                setGraphicTextGap(8);
                if (row != null) {
                    glyph.show(glyph(row));
                }
            }
        });
        return column;
    }

    private static Glyph.Kind glyph(AuditRow row) {
        return switch (row.outcome().orElse("")) {
            case "done" -> Glyph.Kind.DONE;
            case "failed" -> Glyph.Kind.BAD;
            case "" -> row.deed().equals("noted") ? Glyph.Kind.NOTE : Glyph.Kind.BUSY;
            default -> Glyph.Kind.WARN;
        };
    }

    private static String when(AuditRow row) {
        return WHEN.format(row.at().atZone(ZoneId.systemDefault()));
    }

    private String what(AuditRow row) {
        var what = look.tongue().say(row.what());
        return row.deed().equals("resumed") || row.deed().equals("accepted")
                ? look.tongue().say("desk.audit.deed." + row.deed(), "what", what)
                : what;
    }

    private String ended(AuditRow row) {
        return look.tongue()
                .say("desk.audit.outcome." + row.outcome().orElse(row.deed().equals("noted") ? "noted" : "open"));
    }

    private String took(AuditRow row) {
        return row.ended()
                .map(e -> look.tongue()
                        .words()
                        .millis(Duration.between(row.at(), e).toMillis()))
                .orElse("");
    }

    private void filter() {
        var wanted = List.of(filter.getText().toLowerCase(Locale.ROOT).strip().split("\\s+"));
        filtered.setPredicate(row -> {
            var text = String.join(" ", when(row), row.by(), row.cluster(), what(row), ended(row), row.plan())
                    .toLowerCase(Locale.ROOT);
            return wanted.stream().allMatch(text::contains);
        });
        counted();
    }

    private void counted() {
        count.setText(look.tongue()
                .say(
                        "desk.audit.count",
                        "shown",
                        Figures.whole(look.tongue().words(), filtered.size()),
                        "all",
                        Figures.whole(look.tongue().words(), rows.size())));
    }

    private void export() {
        var chooser = new FileChooser();
        chooser.setTitle(look.tongue().say("desk.audit.export"));
        chooser.setInitialFileName("clusterdeck-audit.csv");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("CSV", "*.csv"),
                        new FileChooser.ExtensionFilter("JSON", "*.json"));
        var file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            export(file.toPath());
        }
    }

    /** Writes the rows that are shown. */
    void export(Path file) {
        model.export(
                List.copyOf(filtered),
                file,
                look.tongue()::say,
                () -> tell.accept(Notice.of(Glyph.Kind.DONE, Say.of("desk.saved", "file", file))));
    }

    public TextField filterField() {
        return filter;
    }
}
