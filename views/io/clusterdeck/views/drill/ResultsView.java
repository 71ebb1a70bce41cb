package io.clusterdeck.views.drill;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.redis.drill.DrillExports;
import io.clusterdeck.redis.drill.DrillOperations;
import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.drill.DrillWords;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.timeline.Headline;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.paper.ExportMenu;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Paragraphs;
import io.clusterdeck.views.parts.Sideways;
import io.clusterdeck.views.parts.Wrapped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** How drills went, newest first; of the chosen one each shard, and whether the same drill gets better or worse. */
final class ResultsView extends VBox {
    private final Look look;
    private final Live live;
    private final TableView<DrillResult> table = new TableView<>();
    private final Paragraphs lacking = new Paragraphs(4, "small", "warn-text");
    private List<Say> unread = List.of();
    private final VBox detail = new VBox(10);
    private final ExportMenu save;
    private final ScrollPane scroll = new ScrollPane(detail);

    ResultsView(Look look, Live live, Archive archive) {
        super(12);
        this.look = look;
        this.live = live;
        setId("drill-results");
        table.setId("drill-results-table");
        table.accessibleTextProperty().bind(look.tongue().text("rehearse.part.results"));
        table.setPlaceholder(look.label("rehearse.none", "muted"));
        table.setPrefHeight(220);
        table.setMinHeight(120);
        table.getColumns().add(verdict());
        column(
                "when",
                190,
                r -> Say.of("rehearse.at", "at", r.measured().began().toString()));
        column("drill", 260, r -> DrillWords.title(r.drill()));
        column("worst", 160, r -> Say.of("drill.report.millis", "t", r.worst()));
        column("lost", 150, r -> Say.of("drill.report.of", "n", r.lost().size(), "all", r.written()));
        detail.getStyleClass().add("card");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        save = new ExportMenu(look, "drill-export", "rehearse.save", archive, live.act()::failed)
                .with("rehearse.export.", Format.DRILLS, this::chosen);
        getChildren().addAll(lacking, table, scroll);
        table.getSelectionModel().selectedItemProperty().subscribe(r -> lay());
        look.tongue().wordsProperty().subscribe(w -> {
            table.refresh();
            sayUnread();
            lay();
        });
        read();
    }

    /** Reads what is kept. */
    void read() {
        Work.<DrillOperations.Results>begin(
                "read drills",
                () -> live.cluster().drills().results(),
                found -> {
                    unread = found.unread();
                    sayUnread();
                    table.getItems().setAll(found.all());
                    table.getSelectionModel().selectFirst();
                },
                live.act()::failed);
    }

    private void sayUnread() {
        lacking.say(unread.stream().map(look.tongue()::say).toList());
        lacking.setManaged(!unread.isEmpty());
    }

    private TableColumn<DrillResult, DrillResult> verdict() {
        var column = new TableColumn<DrillResult, DrillResult>();
        column.setPrefWidth(36);
        column.setSortable(false);
        column.setCellValueFactory(r -> new ReadOnlyObjectWrapper<>(r.getValue()));
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(DrillResult now, boolean empty) {
                super.updateItem(now, empty);
                setGraphic(empty || now == null ? null : new Glyph(now.passed() ? Glyph.Kind.DONE : Glyph.Kind.BAD));
                setAccessibleText(empty || now == null ? "" : look.tongue().say(DrillWords.verdict(now)));
            }
        });
        return column;
    }

    private void column(String word, double width, Function<DrillResult, Say> say) {
        var column = new TableColumn<DrillResult, DrillResult>();
        column.textProperty().bind(look.tongue().text("rehearse.column." + word));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(r -> new ReadOnlyObjectWrapper<>(r.getValue()));
        column.setCellFactory(c -> new TableCell<>() {
            @Override
            protected void updateItem(DrillResult now, boolean empty) {
                super.updateItem(now, empty);
                setText(empty || now == null ? "" : look.tongue().say(say.apply(now)));
            }
        });
        table.getColumns().add(column);
    }

    private void lay() {
        var result = table.getSelectionModel().getSelectedItem();
        scroll.setVisible(result != null);
        scroll.setManaged(result != null);
        if (result == null) {
            return;
        }
        var glyph = new Glyph(result.passed() ? Glyph.Kind.DONE : Glyph.Kind.BAD);
        var verdict = new Wrapped(look.tongue().say(DrillWords.verdict(result)), "strong");
        HBox.setHgrow(verdict, Priority.ALWAYS);
        verdict.setMaxWidth(Double.MAX_VALUE);
        var head = new HBox(10, glyph, verdict, save);
        head.setAlignment(Pos.CENTER_LEFT);
        detail.getChildren()
                .setAll(head, save.note(), new Wrapped(look.tongue().say(DrillWords.foreseen(result)), "muted"));
        DrillWords.beside(result)
                .forEach(l -> detail.getChildren().add(new Wrapped(look.tongue().say(l), "muted")));
        detail.getChildren().add(new Sideways(shards(result)));
        failovers(result);
        trend(result);
    }

    private Optional<ExportMenu.Document> chosen() {
        return Optional.ofNullable(table.getSelectionModel().getSelectedItem())
                .map(r -> new ExportMenu.Document(
                        "drill-" + r.cluster() + "-" + r.id(), (format, speech) -> DrillExports.of(format, r, speech)));
    }

    private GridPane shards(DrillResult result) {
        var grid = new GridPane(20, 6);
        grid.setPadding(new Insets(0, 0, 4, 0));
        int c = 0;
        for (var word : List.of("shard", "foreseen", "writes", "reads", "restoring", "lost", "winner")) {
            grid.add(look.label("drill.report." + word, "section-title"), c++, 0);
        }
        int r = 1;
        for (var shard : result.measured().shards()) {
            var master = shard.master().toString();
            grid.addRow(
                    r++,
                    text(master, "mono"),
                    text(look.tongue().say(DrillWords.span(result.expected().of(master))), "muted"),
                    millis(result.withoutWrites(shard)),
                    millis(result.withoutReads(shard)),
                    millis(result.restoring(shard)),
                    text(
                            look.tongue()
                                    .say("drill.report.of", "n", shard.lost().size(), "all", shard.written()),
                            "plain"),
                    text(result.winners().getOrDefault(master, "–"), "mono"));
        }
        return grid;
    }

    /** What was recorded while it went on, a line each; their stages are on the page of failovers, and in the report. */
    private void failovers(DrillResult result) {
        for (var kept : result.failovers()) {
            var t = kept.timeline();
            long after = Duration.between(result.zero(), t.began()).toMillis();
            detail.getChildren()
                    .add(new Wrapped(
                            look.tongue().say("rehearse.failover", "t", after, "what", Headline.say(t)), "plain"));
        }
    }

    private Label millis(Gap gap) {
        return text(look.tongue().say(DrillWords.gap(gap)), "strong");
    }

    private static Label text(String words, String style) {
        var label = new Label(words);
        label.getStyleClass().add(style);
        return label;
    }

    /** The same drill before: the longest time without writes, oldest first. */
    private void trend(DrillResult result) {
        var same = table.getItems().stream()
                .filter(r -> r.drill().equals(result.drill()))
                .toList()
                .reversed();
        if (same.size() < 2) {
            return;
        }
        var title = new Label(look.tongue()
                .say(
                        "rehearse.trend",
                        "n",
                        same.size(),
                        "first",
                        same.getFirst().worst(),
                        "last",
                        same.getLast().worst()));
        title.getStyleClass().add("section-title");
        detail.getChildren()
                .addAll(title, new TrendPane(look, same), look.label("rehearse.trend.legend", "small", "muted"));
    }
}
