package io.clusterdeck.deck.paper;

import io.clusterdeck.deck.paper.CardPart.Commands;
import io.clusterdeck.deck.paper.CardPart.Table;
import io.clusterdeck.deck.paper.CardPart.Text;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A rescue card as Markdown, or as one HTML file that needs nothing else and prints on A4 in black and white. */
public final class CardWriter {

    private static final String STYLE = """
        @page { size: A4; margin: 14mm }
        body { font: 10.5pt/1.45 "Inter", "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #111; background: #fff; max-width: 190mm; margin: 8mm auto; padding: 0 4mm }
        h1 { font-size: 19pt; margin: 0 0 2mm } h2 { font-size: 12pt; margin: 7mm 0 1.5mm; break-after: avoid }
        p { margin: 1.5mm 0 } table { border-collapse: collapse; width: 100%; margin: 2mm 0 }
        th, td { border: 0.3mm solid #999; padding: 0.8mm 1.6mm; text-align: left; vertical-align: top; font-size: 8.5pt; white-space: nowrap }
        td.long { white-space: normal; overflow-wrap: anywhere }
        th { background: #eee } tr, pre { break-inside: avoid }
        pre { font: 8.8pt/1.5 "JetBrains Mono", "DejaVu Sans Mono", monospace; background: #f4f4f4; border: 0.3mm solid #ccc; border-radius: 1mm; padding: 2mm 3mm; white-space: pre-wrap; overflow-wrap: anywhere; margin: 2mm 0 }
        footer { margin-top: 8mm; color: #666; font-size: 8.5pt }
        """;

    /** A cell of so few characters, such as an address, is never broken. */
    private static final int SHORT = 24;

    private final Function<Say, String> words;
    private final String language;

    /**
     * @param words turns a Say into the operator's language
     * @param language of those words, as HTML names it: {@code en}, {@code zh-CN}
     */
    public CardWriter(Function<Say, String> words, String language) {
        this.words = words;
        this.language = language;
    }

    public String markdown(RescueCard card) {
        var text = new StringBuilder("# ").append(title(card)).append('\n');
        for (var part : card.parts()) {
            text.append('\n');
            switch (part) {
                case Text t -> text.append(words.apply(t.text())).append('\n');
                case Commands c -> {
                    text.append("## ").append(words.apply(c.title())).append("\n\n");
                    text.append(words.apply(c.why())).append("\n\n```sh\n");
                    c.lines().forEach(l -> text.append(l).append('\n'));
                    text.append("```\n");
                }
                case Table t -> {
                    text.append("## ").append(words.apply(t.title())).append("\n\n");
                    text.append(row(t.heads().stream().map(words).toList()));
                    text.append(row(t.heads().stream().map(h -> "---").toList()));
                    t.rows()
                            .forEach(r ->
                                    text.append(row(r.stream().map(this::cell).toList())));
                }
            }
        }
        return text.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(c -> c.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private String cell(Object cell) {
        return cell instanceof Say say ? words.apply(say) : cell.toString();
    }

    private String title(RescueCard card) {
        return words.apply(Say.of("paper.card", "cluster", card.cluster()));
    }

    public String html(RescueCard card) {
        var text = new StringBuilder(
                "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n"
                        .formatted(language, safe(title(card))));
        text.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
        text.append("<h1>").append(safe(title(card))).append("</h1>\n");
        card.parts().forEach(p -> html(p, text));
        text.append("<footer>")
                .append(safe(words.apply(Say.of("paper.card.foot", "at", card.at()))))
                .append("</footer>\n");
        return text.append("</body>\n</html>\n").toString();
    }

    private void html(CardPart part, StringBuilder to) {
        switch (part) {
            case Text t -> to.append("<p>").append(safe(words.apply(t.text()))).append("</p>\n");
            case Commands c -> {
                to.append("<h2>").append(safe(words.apply(c.title()))).append("</h2>\n<p>");
                to.append(safe(words.apply(c.why()))).append("</p>\n<pre>");
                to.append(safe(String.join("\n", c.lines()))).append("</pre>\n");
            }
            case Table t -> {
                to.append("<h2>").append(safe(words.apply(t.title()))).append("</h2>\n<table>\n<tr>");
                t.heads()
                        .forEach(h ->
                                to.append("<th>").append(safe(words.apply(h))).append("</th>"));
                to.append("</tr>\n");
                t.rows().forEach(r -> {
                    to.append("<tr>");
                    r.forEach(c -> to.append(cell(c).length() < SHORT ? "<td>" : "<td class=\"long\">")
                            .append(safe(cell(c)))
                            .append("</td>"));
                    to.append("</tr>\n");
                });
                to.append("</table>\n");
            }
        }
    }

    private static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
