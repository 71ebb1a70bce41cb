package io.clusterdeck.views.drill;

import io.clusterdeck.redis.forecast.Forecast;
import io.clusterdeck.redis.forecast.ForecastWords;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Every node and host, what hurts most first: what its loss would do. Looked at afresh when the cluster changes, else every few seconds. */
final class WeakestView extends VBox {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Look look;
    private final Live live;
    private final Label title = new Label();
    private final TableView<Forecast> table = new TableView<>();
    private final VBox detail = new VBox(4);
    private Object painted = new Object();
    private Instant at = Instant.EPOCH;
    private boolean working;

    /** What a forecast stands on, less what moves all the time. */
    private record Shape(String node, Object contact, Object flags, Object master, int slots) {}

    WeakestView(Look look, Live live) {
        super(8);
        this.look = look;
        this.live = live;
        setId("weakest");
        title.getStyleClass().add("muted");
        title.setWrapText(true);
        table.setId("weakest-table");
        table.setMinHeight(140);
        table.accessibleTextProperty().bind(look.tongue().text("views.tab.rehearse"));
        table.setPlaceholder(look.label("forecast.working", "muted"));
        table.getColumns().add(losses());
        column(
                "slots",
                58,
                f -> f.slots() == 0 ? Say.of("forecast.outage.none") : Say.of("drill.report.number", "n", f.slots()));
        column("outage", 116, ForecastWords::outage);
        column("others", 138, ForecastWords::others);
        column("quorum", 144, ForecastWords::quorum);
        column("heir", 156, ForecastWords::heirsBrief, ForecastWords::heirs);
        column("risk", 126, ForecastWords::riskBrief);
        column("next", 186, ForecastWords::next);
        detail.getStyleClass().add("card");
        detail.setId("weakest-detail");
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(title, table, detail);
        live.stateProperty().subscribe(this::look);
        look.tongue().wordsProperty().subscribe(w -> {
            title(live.state());
            table.refresh();
            tell(table.getSelectionModel().getSelectedItem());
        });
        table.getSelectionModel().selectedItemProperty().subscribe(f -> {
            tell(f);
            if (f != null && !f.loss().nodes().isEmpty()) {
                live.choose(f.loss().nodes().getFirst().id());
            }
        });
    }

    private TableColumn<Forecast, Forecast> losses() {
        var column = new TableColumn<Forecast, Forecast>();
        column.textProperty().bind(look.tongue().text("forecast.column.loss"));
        column.setPrefWidth(236);
        column.setSortable(false);
        column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(Forecast now, boolean empty) {
                super.updateItem(now, empty);
                setText(empty || now == null ? "" : look.tongue().say(ForecastWords.loss(now.loss())));
                var kind = now == null || empty
                        ? null
                        : now.lasts() ? Glyph.Kind.BAD : now.shards().isEmpty() ? Glyph.Kind.NOTE : Glyph.Kind.WARN;
                setGraphic(kind == null ? null : new HBox(new Glyph(kind)));
                setGraphicTextGap(8);
            }
        });
        return column;
    }

    private void column(String word, double width, Function<Forecast, Say> say) {
        column(word, width, f -> List.of(say.apply(f)), f -> List.of(say.apply(f)));
    }

    /** @param whole what there is to tell where there is room for it */
    private void column(
            String word, double width, Function<Forecast, List<Say>> brief, Function<Forecast, List<Say>> whole) {
        var column = new TableColumn<Forecast, Forecast>();
        column.textProperty().bind(look.tongue().text("forecast.column." + word));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(Forecast now, boolean empty) {
                super.updateItem(now, empty);
                var text = empty || now == null ? "" : look.tongue().words().clauses(brief.apply(now));
                var all = empty || now == null ? "" : look.tongue().words().clauses(whole.apply(now));
                setText(text);
                setTooltip(all.equals(text) && text.length() < 20 ? null : new Tooltip(all));
            }
        });
        table.getColumns().add(column);
    }

    /** All of one forecast, in sentences. */
    private void tell(@Nullable Forecast forecast) {
        detail.setVisible(forecast != null);
        detail.setManaged(forecast != null);
        if (forecast == null) {
            return;
        }
        var head = new Label(look.tongue().say(ForecastWords.loss(forecast.loss())));
        head.getStyleClass().add("card-title");
        detail.getChildren().setAll(head);
        forecast.impact()
                .says()
                .forEach(s -> detail.getChildren().add(new Wrapped(look.tongue().say(s))));
        ForecastWords.worst(forecast)
                .forEach(s -> detail.getChildren().add(new Wrapped(look.tongue().say(s), "muted")));
        if (!forecast.fatalNext().isEmpty()) {
            detail.getChildren().add(new Wrapped(look.tongue().say(ForecastWords.fatal(forecast)), "strong"));
        }
        ForecastWords.moved(forecast)
                .forEach(s -> detail.getChildren().add(new Wrapped(look.tongue().say(s))));
    }

    private void look(ClusterState state) {
        var shape = state.nodes().values().stream()
                .map(n -> new Shape(n.id().value(), n.contact().getClass(), n.flags(), n.master(), n.slotCount()))
                .toList();
        boolean fresh = Duration.between(at, state.at()).abs().compareTo(FRESH) < 0;
        if (working || fresh && shape.equals(painted)) {
            return;
        }
        painted = shape;
        at = state.at();
        working = true;
        Work.begin(
                "forecast " + state.name(),
                () -> Forecast.each(state, Terms.seen(state)),
                all -> {
                    working = false;
                    table.setPlaceholder(look.label("forecast.nothing", "muted"));
                    var chosen = table.getSelectionModel().getSelectedIndex();
                    table.getItems().setAll(all);
                    table.getSelectionModel().select(Math.max(0, chosen));
                    title(state);
                    look(live.state());
                },
                failure -> working = false);
    }

    private void title(ClusterState state) {
        var terms = Terms.seen(state);
        title.setText(look.tongue()
                .say(Say.of(
                        "forecast.title",
                        "cluster",
                        state.name(),
                        "timeout",
                        terms.nodeTimeout(),
                        "coverage",
                        Say.of(terms.fullCoverage() ? "forecast.yes" : "forecast.no"))));
    }
}
