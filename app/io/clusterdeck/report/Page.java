package io.clusterdeck.report;

import io.clusterdeck.say.Speech;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The frame of a report: one HTML file that needs nothing beside it, shows well on paper and in the dark, and runs no script (its content
 * security policy forbids that to whatever might slip in). Its parts are written with {@link Markup}; the style sheet is
 * {@code css/report.css}.
 */
public final class Page {
    /** A time, an address: what is no longer stays on one line of a table. */
    private static final int SHORT = 24;

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private Page() {}

    /**
     * @param title for the tab and the head
     * @param beside told in small print under the title: when, by whom
     * @param foot the last line
     */
    public static String html(Speech speech, String title, List<String> beside, Markup.Inside body, String foot) {
        var m = new Markup();
        m.verbatim("<!DOCTYPE html>\n");
        m.in(
                "html",
                html -> {
                    html.line().in("head", head -> head(head, title)).line();
                    html.in("body", b -> {
                        b.in("header", h -> {
                                    h.leaf("h1", title);
                                    beside.forEach(line -> h.in("p", p -> p.words(line), "class", "beside"));
                                })
                                .line();
                        b.in("main", body).line();
                        b.in("footer", f -> f.words(foot));
                    });
                },
                "xmlns",
                "http://www.w3.org/1999/xhtml",
                "lang",
                speech.language());
        return m.line().toString();
    }

    private static void head(Markup head, String title) {
        head.empty("meta", "charset", "UTF-8");
        head.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        head.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        head.leaf("title", title).line();
        head.in(
                "style",
                style -> style.verbatim("\n:root { color-scheme: light dark; " + Inks.LIGHT.properties() + " }\n"
                        + "@media screen and (prefers-color-scheme: dark) { :root { " + Inks.DARK.properties()
                        + " } }\n" + sheet()));
    }

    private static String sheet() {
        try (var in = Page.class.getResourceAsStream("/css/report.css")) {
            if (in == null) {
                throw new IllegalStateException("no style sheet for reports");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A part of the page under a heading. */
    public static void section(Markup to, String heading, Markup.Inside inside) {
        to.in("section", s -> {
                    s.leaf("h2", heading);
                    inside.write(s);
                })
                .line();
    }

    /** A table with one line for each of {@code rows}; {@code numbers} are the columns that are aligned to the right. */
    public static void table(Markup to, List<String> heads, List<List<String>> rows, List<Integer> numbers) {
        to.in(
                "div",
                box -> box.in("table", table -> {
                    table.in("thead", t -> t.in("tr", row -> cells(row, "th", heads, numbers)));
                    table.in("tbody", t -> rows.forEach(r -> t.line().in("tr", row -> cells(row, "td", r, numbers))));
                }),
                "class",
                "wide");
    }

    private static void cells(Markup row, String name, List<String> texts, List<Integer> numbers) {
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            if (numbers.contains(i)) {
                row.in(name, cell -> cell.words(text), "class", "number");
            } else if (text.length() <= SHORT) {
                row.in(name, cell -> cell.words(text), "class", "short");
            } else {
                row.in(name, cell -> cell.words(text));
            }
        }
    }

    /** Facts side by side, each a name and a value: {@code facts(m, "epoch", "12", "slots", "16,384 of 16,384")}. */
    public static void facts(Markup to, String... namesAndValues) {
        to.in(
                        "dl",
                        dl -> {
                            for (int i = 0; i < namesAndValues.length; i += 2) {
                                var name = namesAndValues[i];
                                var value = namesAndValues[i + 1];
                                dl.in("div", d -> d.leaf("dt", name).in("dd", v -> v.words(value)));
                            }
                        },
                        "class",
                        "facts")
                .line();
    }

    /** A sign of the window, in a line of text. */
    public static void sign(Markup to, Shape.Mark mark) {
        to.in(
                "svg",
                svg -> svg.empty(
                        "path",
                        "d",
                        mark.path(),
                        "style",
                        "fill: var(--cd-" + mark.ink().token() + "); fill-rule: evenodd"),
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 10 10",
                "class",
                "sign",
                "aria-hidden",
                "true");
    }
}
