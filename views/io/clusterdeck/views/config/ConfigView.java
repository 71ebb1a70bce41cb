package io.clusterdeck.views.config;

import io.clusterdeck.redis.config.Sheet;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.AlikeNodes;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Copied;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Turning;
import io.clusterdeck.views.parts.Wrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Directives × nodes: what differs comes first, and one click sets a directive on some nodes or writes what runs to the files. */
public final class ConfigView extends VBox {
    private final Look look;
    private final Live live;
    private final ConfigModel model;
    private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);
    private final Label summary = new Label();
    private final VBox notes = new VBox(4);
    private final TableView<Row> table = new TableView<>();
    private final SettingBar setting;
    private final PasswordBar password;
    private List<NodeId> columns = List.of();

    public ConfigView(Look look, Live live) {
        this.look = look;
        this.live = live;
        model = new ConfigModel(live);
        setId("config");
        getStyleClass().add("page");
        setSpacing(12);
        setting = new SettingBar(look, live, model);
        password = new PasswordBar(look, live);
        summary.getStyleClass().add("strong");
        summary.setWrapText(true);
        var head = new HBox(10, glyph, summary);
        head.setAlignment(Pos.CENTER_LEFT);
        notes.managedProperty().bind(Bindings.isNotEmpty(notes.getChildren()));
        table.setId("config-table");
        table.setMinHeight(180);
        table.accessibleTextProperty().bind(look.tongue().text("views.tab.config"));
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        var none = look.label("config.view.none", "muted");
        none.visibleProperty().bind(model.sheetProperty().map(s -> s != Sheet.EMPTY));
        table.setPlaceholder(none);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(head, notes, new WordBar(look, model), bar(), password.off(), password, table, setting);
        table.getSelectionModel().selectedItemProperty().subscribe(setting::show);
        model.sheetProperty().subscribe(s -> paint());
        model.rowsProperty().subscribe(rows -> fill(rows));
        model.troubleProperty().subscribe(t -> paint());
        model.busyProperty().subscribe(b -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
        sceneProperty().subscribe(scene -> {
            if (scene != null && model.sheetProperty().get() == Sheet.EMPTY) {
                model.look();
            }
        });
    }

    private FlowPane bar() {
        var filter = new TextField();
        filter.setId("config-filter");
        filter.setPrefWidth(180);
        filter.promptTextProperty().bind(look.tongue().text("config.view.filter"));
        filter.accessibleTextProperty().bind(look.tongue().text("config.view.filter"));
        filter.textProperty().bindBidirectional(model.filter);
        var only = new CheckBox();
        only.setId("config-only");
        only.textProperty().bind(look.tongue().text("config.view.only"));
        only.selectedProperty().bindBidirectional(model.onlyDifferences);
        only.setMinHeight(30);
        var keep = look.button("config.view.keep", model::keep);
        model.sheetProperty().subscribe(s -> keep.setDisable(s.unkept() == 0 || live.readOnly()));
        var busy = new Turning(18);
        busy.visibleProperty().bind(model.busyProperty());
        var bar = new FlowPane(
                10,
                8,
                filter,
                only,
                keep,
                password.button(),
                look.button("config.view.copy", this::copy),
                look.button("config.view.again", model::look),
                busy);
        bar.setRowValignment(javafx.geometry.VPos.CENTER);
        return bar;
    }

    private void paint() {
        var words = look.tongue();
        var sheet = model.sheetProperty().get();
        notes.getChildren().clear();
        if (model.troubleProperty().get().isPresent()) {
            var failure = model.troubleProperty().get().get();
            glyph.show(Glyph.Kind.BAD);
            summary.setText(words.say(failure.what()));
            notes.getChildren().add(new Wrapped(words.say(failure.next()), "small", "muted"));
            return;
        }
        if (sheet == Sheet.EMPTY) {
            glyph.show(Glyph.Kind.BUSY);
            summary.setText(words.say("config.view.reading"));
            return;
        }
        boolean alike = sheet.drifting() == 0 && sheet.unkept() == 0;
        boolean all = sheet.unheard().isEmpty() && sheet.unread().isEmpty();
        glyph.show(!alike ? Glyph.Kind.WARN : all ? Glyph.Kind.OK : Glyph.Kind.UNKNOWN);
        summary.setText(
                alike && !all
                        ? words.say("config.view.alike.told")
                        : words.say(sheet.differences("config.view.differ.")));
        var untold = Stream.concat(
                sheet.unheard().entrySet().stream(),
                sheet.unread().entrySet().stream()
                        .flatMap(n -> n.getValue().stream().map(w -> Map.entry(n.getKey(), w))));
        AlikeNodes.of(untold, sheet.nodes(), live::name)
                .forEach(w -> notes.getChildren().add(new Wrapped(words.say(w), "small", "muted")));
        if (notes.getChildren().size() > 3) {
            int more = notes.getChildren().size() - 2;
            notes.getChildren().remove(2, notes.getChildren().size());
            notes.getChildren().add(new Wrapped(words.say("config.view.more-notes", "n", more), "small", "muted"));
        }
        if (!sheet.nodes().equals(columns) || table.getColumns().isEmpty()) {
            columns = sheet.nodes();
            table.getColumns().setAll(ConfigColumns.all(look, live, columns));
        }
        setting.show(table.getSelectionModel().getSelectedItem());
    }

    private void fill(List<Row> rows) {
        var chosen = table.getSelectionModel().getSelectedItem();
        table.getItems().setAll(rows);
        rows.stream()
                .filter(r -> chosen != null && r.directive().equals(chosen.directive()))
                .findFirst()
                .or(() -> rows.stream().findFirst())
                .ifPresent(r -> table.getSelectionModel().select(r));
    }

    /** What is shown, with tabs between the columns. */
    private void copy() {
        var heads = new ArrayList<String>();
        table.getColumns().stream().map(TableColumn::getText).forEach(heads::add);
        var body = table.getItems().stream()
                .map(r -> r.directive() + "\t"
                        + columns.stream()
                                .map(n -> ConfigColumns.shown(r.cells().get(n)))
                                .collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
        Copied.text(String.join("\t", heads) + "\n" + body + "\n");
    }

    /** Shows a sheet at once, as a look would. */
    public void take(Sheet sheet) {
        model.take(sheet);
    }

    /** Opens the form in which a new password is typed. */
    public void changePassword() {
        password.open();
    }

    public TableView<Row> table() {
        return table;
    }
}
