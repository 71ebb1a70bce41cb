package io.clusterdeck.redis.drill;

import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.say.Speech;
import java.time.ZoneId;
import java.util.List;

/**
 * The same drill again and again: for each time the longest without writes as a bar, green where it passed and red where not, with a mark
 * at what was allowed or foreseen. The newest that find room.
 */
public final class TrendDrawing {
    private static final double EACH = 92;
    private static final double BAR = 26;
    private static final double TOP = 22;
    private static final double HIGH = 84;
    private static final double FOOT = 24;

    private TrendDrawing() {}

    /** @param same the oldest first, at least one @param width in pixels */
    public static Drawing of(List<DrillResult> same, Speech speech, double width) {
        int room = (int) Math.max(1, Math.floor(width / EACH));
        var shown = same.subList(Math.max(0, same.size() - room), same.size());
        long most = Math.max(
                1,
                shown.stream()
                        .mapToLong(r -> Math.max(r.worst(), allowed(r)))
                        .max()
                        .orElse(1));
        var sheet = new Drawing.Sheet();
        double base = TOP + HIGH;
        for (int i = 0; i < shown.size(); i++) {
            var result = shown.get(i);
            double x = i * EACH;
            double high = Math.max(2, HIGH * result.worst() / most);
            boolean passed = result.passed();
            sheet.box(x + 8, base - high, BAR, high, 3, passed ? Ink.OK_SUB : Ink.BAD_SUB, passed ? Ink.OK : Ink.BAD);
            double mark = base - HIGH * allowed(result) / most;
            sheet.stroke(x + 2, mark, x + BAR + 14, mark, Ink.FG, 1.5);
            var took = speech.say("drill.report.millis", "t", result.worst());
            double top = base - high;
            double foot = mark < top && mark > top - 20 ? mark - 5 : top - 6; // no mark goes through a figure
            sheet.words(x + 8, foot, EACH - 8, took, passed ? Ink.FG : Ink.BAD, Face.STRONG, 11.5);
            var day = result.measured().began().atZone(ZoneId.systemDefault()).toLocalDate();
            sheet.words(x, base + 17, EACH - 6, day.toString(), Ink.MUT, Face.TEXT, 11.5);
        }
        sheet.stroke(0, base + 0.5, shown.size() * EACH - 12, base + 0.5, Ink.LINE, 1);
        var title = speech.say(
                "rehearse.trend",
                "n",
                same.size(),
                "first",
                same.getFirst().worst(),
                "last",
                same.getLast().worst());
        return sheet.drawing(width, base + FOOT, title);
    }

    /** What the longest time without writes might have been. */
    private static long allowed(DrillResult result) {
        return result.objective().writeGap() > 0
                ? result.objective().writeGap()
                : result.expected().shards().stream()
                        .mapToLong(s -> s.outage().to())
                        .max()
                        .orElse(result.expected().others().to());
    }
}
