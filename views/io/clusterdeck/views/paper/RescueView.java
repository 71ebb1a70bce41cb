package io.clusterdeck.views.paper;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.deck.paper.CardPart;
import io.clusterdeck.deck.paper.CardWriter;
import io.clusterdeck.deck.paper.RescueCard;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.print.PrinterJob;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A cluster's rescue card: to be read here, saved as HTML or Markdown, printed. */
public final class RescueView extends BorderPane {
    /** A cell of so few characters is never broken. */
    private static final int SHORT = 24;

    private final Look look;
    private final RescueCard card;
    private final VBox sheet = new VBox(10);

    /** @param back leaves the page */
    public RescueView(Look look, RescueCard card, Archive archive, Consumer<Failure> failed, Runnable back) {
        this.look = look;
        this.card = card;
        setId("rescue");
        sheet.getStyleClass().add("rescue-sheet");
        var scroll = new ScrollPane(sheet);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        setCenter(scroll);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var title = new Wrapped("");
        title.textProperty().bind(look.tongue().text("paper.card", "cluster", card.cluster()));
        title.getStyleClass().add("h1");
        title.setMinWidth(0);
        var print = look.button("desk.rescue.print", this::print);
        print.setDisable(javafx.print.Printer.getDefaultPrinter() == null);
        var save = new ExportMenu(look, "rescue-save", "desk.rescue.save", archive, failed)
                .with("desk.rescue.", Format.CARDS, this::document);
        var bar = new HBox(8, title, gap, save, print, look.button("desk.back", back));
        bar.getChildren().stream()
                .filter(javafx.scene.control.Button.class::isInstance)
                .forEach(b -> ((Region) b).setMinWidth(USE_PREF_SIZE));
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("head");
        ((Region) save.note()).setPadding(new Insets(0, 20, 8, 20));
        setTop(new VBox(bar, save.note()));
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    private void paint() {
        sheet.getChildren().setAll(card.parts().stream().map(this::part).toList());
    }

    private Node part(CardPart part) {
        return switch (part) {
            case CardPart.Text t -> new Wrapped(look.tongue().say(t.text()));
            case CardPart.Commands c -> {
                var lines = new VBox(new Wrapped(String.join("\n", c.lines()), "mono"));
                lines.getStyleClass().add("inset");
                yield new VBox(
                        6,
                        new Wrapped(look.tongue().say(c.title()), "h2"),
                        new Wrapped(look.tongue().say(c.why()), "muted"),
                        lines);
            }
            case CardPart.Table t -> new VBox(6, new Wrapped(look.tongue().say(t.title()), "h2"), table(t));
        };
    }

    private GridPane table(CardPart.Table table) {
        var grid = new GridPane(14, 6);
        int column = 0;
        for (var head : table.heads()) {
            var shown = new Wrapped(look.tongue().say(head), "small", "muted");
            shown.setMinWidth(USE_PREF_SIZE);
            grid.add(shown, column++, 0);
        }
        int row = 1;
        for (var cells : table.rows()) {
            column = 0;
            for (var cell : cells) {
                var text = cell instanceof Say say ? look.tongue().say(say) : folded(cell.toString());
                var shown = new Wrapped(text, "mono");
                if (text.length() < SHORT) {
                    shown.setMinWidth(USE_PREF_SIZE);
                }
                grid.add(shown, column++, row);
            }
            row++;
        }
        return grid;
    }

    private static String folded(String text) {
        return io.clusterdeck.views.look.Figures.folded(text, 26);
    }

    private Optional<ExportMenu.Document> document() {
        return Optional.of(new ExportMenu.Document("rescue-" + card.cluster(), (format, speech) -> {
            var writer = new CardWriter(speech::say, speech.language().equals("zh") ? "zh-CN" : "en");
            var text = format == Format.HTML ? writer.html(card) : writer.markdown(card);
            return text.getBytes(StandardCharsets.UTF_8);
        }));
    }

    private void print() {
        var job = PrinterJob.createPrinterJob();
        if (job != null && job.showPrintDialog(getScene().getWindow())) {
            new CardPrint(sheet).on(job);
        }
    }
}
