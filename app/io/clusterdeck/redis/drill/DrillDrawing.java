package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.report.Shape.Mark;
import io.clusterdeck.report.Width;
import io.clusterdeck.say.Speech;
import java.util.Comparator;
import java.util.List;

/**
 * A drill as a picture: a lane for each shard, green while its writes were acknowledged and red while they were not, below it what was
 * foreseen; when the fault, its mending and the hand-back began; an axis in seconds from the fault.
 */
final class DrillDrawing {
    /** Pixels. */
    private static final double WIDTH = 1040;

    private static final double MARGIN = 20;
    private static final double HEAD = 68;
    private static final double MARKS = 24;
    private static final double LANE = 40;
    private static final double BAR = 18;
    private static final double NAME = 12.5;
    private static final double TICKS = 56;

    /** More shards than these are counted: those that were longest without writes are shown. */
    private static final int MOST = 40;

    private static final double[] STEPS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600};

    private final DrillResult result;
    private final Speech speech;
    private final Drawing.Sheet sheet = new Drawing.Sheet();
    private final List<Measured.OfShard> shards;
    private final double left;
    private final double right = WIDTH - MARGIN;

    private DrillDrawing(DrillResult result, Speech speech) {
        this.result = result;
        this.speech = speech;
        var worst = Comparator.<Measured.OfShard>comparingLong(
                        s -> result.withoutWrites(s).length())
                .reversed();
        var all = result.measured().shards();
        this.shards = all.size() > MOST ? all.stream().sorted(worst).limit(MOST).toList() : all;
        double names = shards.stream()
                .mapToDouble(s -> Width.of(s.master().toString(), Face.MONO, NAME))
                .max()
                .orElse(0);
        this.left = Math.clamp(MARGIN + names + 14, 120, 420);
    }

    static Drawing of(DrillResult result, Speech speech) {
        return new DrillDrawing(result, speech).draw(true);
    }

    /** Without what a report says above it. */
    static Drawing within(DrillResult result, Speech speech) {
        return new DrillDrawing(result, speech).draw(false);
    }

    private Drawing draw(boolean headed) {
        double top = headed ? HEAD : 8;
        int more = result.measured().shards().size() - shards.size();
        double lanes = top + MARKS;
        double foot = lanes + shards.size() * LANE + (more > 0 ? 20 : 0);
        double height = foot + 36;
        var title = speech.say(
                "drill.report.title", "drill", DrillWords.title(result.drill()), "cluster", result.cluster());
        sheet.box(0, 0, WIDTH, height, 0, Ink.BG, Ink.NONE);
        if (headed) {
            head(title);
        }
        for (int i = 0; i < shards.size(); i++) {
            lane(shards.get(i), lanes + i * LANE);
        }
        if (more > 0) {
            sheet.words(
                    MARGIN,
                    foot - 8,
                    right - MARGIN,
                    speech.say("export.more-shards", "n", more),
                    Ink.MUT,
                    Face.TEXT,
                    12);
        }
        marks(top, foot);
        axis(foot);
        return sheet.drawing(WIDTH, height, title);
    }

    private void head(String title) {
        sheet.sign(MARGIN + 5, 27, result.passed() ? Mark.OK : Mark.BAD);
        sheet.words(MARGIN + 20, 32, right - MARGIN - 20, title, Ink.FG, Face.STRONG, 17);
        var when = speech.say(
                "drill.report.when",
                "at",
                result.measured().began().toString(),
                "t",
                result.measured().took());
        sheet.words(MARGIN, 54, right - MARGIN, when, Ink.MUT, Face.TEXT, 12);
    }

    private double x(long at) {
        double share = result.measured().took() == 0
                ? 0
                : Math.clamp((double) at / result.measured().took(), 0, 1);
        return left + share * (right - left);
    }

    private void lane(Measured.OfShard shard, double y) {
        sheet.words(MARGIN, y + 13, left - MARGIN - 8, shard.master().toString(), Ink.FG, Face.MONO, NAME);
        sheet.box(left, y, right - left, BAR, 3, Ink.OK_SUB, Ink.NONE);
        for (var gap : shard.writeGaps()) {
            gap(gap, y);
        }
        var span = result.expected().of(shard.master().toString());
        long fault = result.measured().at(DrillResult.FAULT);
        double from = x(fault);
        double to = x(fault + span.to());
        sheet.stroke(from, y + BAR + 5, Math.max(to, from + 2), y + BAR + 5, Ink.MUT, 2);
        if (span.worst() > span.to()) {
            sheet.dashes(to, y + BAR + 5, x(fault + span.worst()), y + BAR + 5, Ink.MUT, 2);
        }
    }

    private void gap(Gap gap, double y) {
        double from = x(gap.from());
        double wide = Math.max(2, x(gap.to()) - from);
        sheet.box(from, y, wide, BAR, Math.min(3, wide / 2), Ink.BAD_SUB, Ink.BAD);
        var words = speech.say("drill.report.millis", "t", gap.length());
        if (Width.of(words, Face.TEXT, 11.5) + 10 <= wide) {
            sheet.words(from + 5, y + 13, wide - 8, words, Ink.BAD, Face.TEXT, 11.5);
        }
    }

    private void marks(double top, double foot) {
        double free = left;
        for (var mark : result.measured().marks()) {
            double x = x(mark.at());
            sheet.dashes(x, top + MARKS - 6, x, foot, Ink.MUT, 1);
            var words = speech.say("drill.step.mark." + mark.what());
            double wide = Width.of(words, Face.TEXT, 11.5);
            double at = Math.clamp(x - wide / 2, MARGIN, right - wide);
            if (at >= free) {
                sheet.words(at, top + 10, wide + 12, words, Ink.MUT, Face.TEXT, 11.5);
                free = at + wide + 12;
            }
        }
    }

    private void axis(double y) {
        double seconds = Math.max(0.001, result.measured().took() / 1000.0);
        double step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && (right - left) * STEPS[i] / seconds >= TICKS; i--) {
            step = STEPS[i];
        }
        double fault = result.measured().at(DrillResult.FAULT) / 1000.0;
        for (double t = Math.ceil(-fault / step) * step; t <= seconds - fault + 1e-9; t += step) {
            double x = x(Math.round((fault + t) * 1000));
            sheet.stroke(x, y + 2, x, y + 7, Ink.LINE, 1);
            var text = (step < 1 ? Double.toString(Math.round(t * 10) / 10.0) : Long.toString(Math.round(t)))
                    .replace('-', '−');
            sheet.words(x - 6, y + 22, TICKS, speech.say("failovers.axis", "s", text), Ink.MUT, Face.TEXT, 11.5);
        }
    }
}
