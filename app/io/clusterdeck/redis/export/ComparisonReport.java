package io.clusterdeck.redis.export;

import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Differences;
import io.clusterdeck.redis.snapshot.Differences.Difference;
import io.clusterdeck.redis.snapshot.Differences.Kind;
import io.clusterdeck.report.Markdown;
import io.clusterdeck.report.Markup;
import io.clusterdeck.report.Page;
import io.clusterdeck.report.Plain;
import io.clusterdeck.report.Svg;
import io.clusterdeck.say.Speech;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Two states compared, as a report: both drawn with what differs marked, and every difference in a sentence under its heading. */
public final class ComparisonReport {
    /** Pixels beyond which a drawing within a page is made smaller. */
    private static final int WIDEST = 2000;

    private final Comparison comparison;
    private final Telling before;
    private final Telling after;
    private final Map<Kind, List<Difference>> differences;

    public ComparisonReport(Comparison comparison, Speech speech) {
        this.comparison = comparison;
        before = new Telling(comparison.before(), speech);
        after = new Telling(comparison.after(), speech, before);
        differences = Differences.of(comparison).stream()
                .collect(Collectors.groupingBy(Difference::kind, TreeMap::new, Collectors.toList()));
    }

    private List<String> heads() {
        var heads = new ArrayList<String>();
        heads.add(after.say(
                "export.compared", "before", Telling.time(before.state.at()), "after", Telling.time(after.state.at())));
        if (comparison.same()) {
            heads.add(after.say("export.same"));
        }
        return heads;
    }

    private String kind(Kind kind) {
        return after.speech.say(kind.title());
    }

    String html() {
        return Page.html(after.speech, after.state.name(), heads(), this::body, after.say("export.foot"));
    }

    private void body(Markup m) {
        Page.section(m, after.say("export.topology"), this::drawing);
        differences.forEach((kind, all) -> Page.section(m, kind(kind), s -> list(s, all)));
    }

    /** Within a section of another report: both drawn, and every difference. */
    public void within(Markup section) {
        heads().forEach(h -> section.in("p", p -> p.words(h), "class", "muted"));
        drawing(section);
        differences.forEach((kind, all) -> list(section.leaf("h3", kind(kind)), all));
    }

    private void drawing(Markup m) {
        m.in("div", d -> Svg.within(d, ComparisonDrawing.of(comparison, after.speech), WIDEST), "class", "drawing")
                .line();
    }

    private void list(Markup m, List<Difference> all) {
        m.in("ul", ul -> all.forEach(d -> line(ul, d)), "class", "changes");
    }

    private void line(Markup ul, Difference difference) {
        ul.in("li", li -> {
                    Page.sign(li, Telling.mark(difference.level()));
                    li.in("div", d -> d.words(after.speech.say(difference.what())));
                })
                .line();
    }

    String markdown() {
        var out = new StringBuilder("# ")
                .append(Markdown.escaped(after.state.name()))
                .append("\n\n");
        within(out, "## ");
        return out.append(Markdown.escaped(after.say("export.foot")))
                .append('\n')
                .toString();
    }

    /** Within another report: every difference, and both states as Mermaid drawings. @param heading {@code "### "} */
    public void within(StringBuilder out, String heading) {
        heads().forEach(h -> out.append(Markdown.escaped(h)).append("\n\n"));
        differences.forEach((kind, all) -> {
            out.append(heading).append(Markdown.escaped(kind(kind))).append("\n\n");
            all.forEach(d -> out.append("- ")
                    .append(Markdown.escaped(after.speech.say(d.what())))
                    .append('\n'));
            out.append('\n');
        });
        for (var t : List.of(before, after)) {
            out.append(heading)
                    .append(Markdown.escaped(Telling.time(t.state.at())))
                    .append("\n\n```mermaid\n");
            out.append(Mermaid.text(t, comparison::touches)).append("```\n\n");
        }
    }

    String text() {
        var out = new StringBuilder(Plain.line(after.state.name())).append('\n');
        heads().forEach(h -> out.append(Plain.line(h)).append('\n'));
        differences.forEach((kind, all) -> {
            out.append('\n').append(kind(kind)).append('\n');
            all.forEach(d -> out.append("  ")
                    .append(Plain.words(after.speech.say(d.what())))
                    .append('\n'));
        });
        return out.toString();
    }
}
