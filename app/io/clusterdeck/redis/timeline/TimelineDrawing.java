package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.timeline.StageSpan.State;
import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.report.Width;
import io.clusterdeck.say.Speech;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A failover as a picture: the stages as a bar, a lane for each node that took part, who told whom, the votes, the writes where they were
 * measured, and an axis that gives room to where much happens.
 */
public final class TimelineDrawing {

    private static final Duration STILL = Duration.ofSeconds(20);

    /** Room for what is said of a node beside its lane, at least and at most. */
    private static final double LEAST = 110;

    private static final double MOST = 220;
    private static final double ROLE = 11;
    private static final double NAME = 13;

    /** The lanes themselves are never narrower. */
    private static final double PLOT = 180;

    /** Room for the label of what happened last. */
    static final double RIGHT = 128;

    private static final double BAR = 28;
    static final double TOP = 62;
    static final double LANE = 56;

    /** Of a lane, from its top. */
    static final double MIDDLE = 22;

    /** Where a stage lies in the bar, for whoever wants to make it a button. */
    public record Bar(Stage stage, double x, double y, double width, double height) {}

    /** The picture and its bar. */
    public record Laid(Drawing drawing, List<Bar> bars) {}

    private final Timeline t;
    private final Optional<Measured> measured;
    private final Speech speech;
    private final double width;
    private final Scale scale;
    private final Instant end;
    private final Lanes lanes;
    private final boolean manyHosts;
    private final double gutter;
    private final Drawing.Sheet sheet = new Drawing.Sheet();
    private final List<Bar> bars = new ArrayList<>();

    private TimelineDrawing(Timeline t, Optional<Measured> measured, Speech speech, double width, Instant now) {
        this.t = t;
        this.measured = measured;
        this.speech = speech;
        this.lanes = new Lanes(t);
        this.manyHosts = t.members().stream().map(Member::host).distinct().count() > 1;
        // a role may be cut, a name may not: 10.0.0.11:9000 and 10.0.0.11:9001 differ at their ends
        double names = 14 + widest(m -> Width.of(m.name(), Face.MONO, NAME));
        double roles = 14 + widest(m -> Width.of(role(m), Face.TEXT, ROLE));
        this.gutter = Math.clamp(Math.max(names, roles), LEAST, Math.max(names, Math.clamp(width / 4, LEAST, MOST)));
        this.width = Math.max(width, gutter + RIGHT + PLOT);
        this.end = end(t, now);
        this.scale = new Scale(bounds(), gutter, this.width - RIGHT);
    }

    /** @param width in pixels @param now where it ends while it goes on */
    public static Laid of(Timeline t, Optional<Measured> measured, Speech speech, double width, Instant now) {
        return new TimelineDrawing(t, measured, speech, width, now).draw();
    }

    private static Instant end(Timeline t, Instant now) {
        var last = t.stages().stream()
                .flatMap(s -> s.to().stream())
                .max(Instant::compareTo)
                .orElse(t.began());
        if (!t.over()) {
            // one that hangs shows its last minute of news, not the days since
            var news = t.facts().stream().map(Fact::at).max(Instant::compareTo).orElse(last);
            var until = now.isBefore(news.plus(STILL)) ? now : news.plus(STILL);
            return until.isAfter(last) ? until : last.plusMillis(1);
        }
        var over = t.ended().filter(e -> e.isAfter(last)).orElse(last);
        long more = Math.max(50, Duration.between(t.began(), over).toMillis() / 40);
        return over.plusMillis(more);
    }

    private List<Instant> bounds() {
        var bounds = new ArrayList<Instant>();
        bounds.add(t.began());
        for (var stage : t.stages()) {
            stage.from().filter(this::inside).ifPresent(bounds::add);
            stage.to().filter(this::inside).ifPresent(bounds::add);
        }
        bounds.add(end);
        return bounds;
    }

    private boolean inside(Instant at) {
        return at.isAfter(t.began()) && at.isBefore(end);
    }

    private Laid draw() {
        bar();
        double foot = TOP + lanes.shown().size() * LANE;
        var marks = new LaneMarks(t, speech, sheet, scale, lanes, width, end);
        marks.messages();
        for (var member : lanes.shown()) {
            lane(member);
            marks.of(member.id());
        }
        if (lanes.folded() > 0) {
            sheet.words(
                    0,
                    foot + 6,
                    width,
                    speech.say("failovers.lanes.more", "n", lanes.folded()),
                    Ink.MUT,
                    Face.TEXT,
                    12);
            foot += 20;
        }
        foot = writes(foot);
        axis(foot);
        var title = Headline.of(t, speech);
        return new Laid(sheet.drawing(width, foot + 40, title), List.copyOf(bars));
    }

    static Ink ink(Stage stage) {
        return switch (stage) {
            case SUSPECTED -> Ink.S3;
            case AGREED -> Ink.BAD;
            case TOLD, ELIGIBLE, WAITS -> Ink.S6;
            case VOTES -> Ink.S4;
            case PROMOTED, SERVES -> Ink.S2;
        };
    }

    private void bar() {
        double numbered = -100;
        for (var span : t.stages()) {
            if (span.from().isEmpty() || span.state() == State.SKIPPED) {
                continue;
            }
            double x = scale.x(span.from().get());
            double to = scale.x(span.to().orElse(end));
            double w = Math.max(5, to - x - 2);
            bars.add(new Bar(span.stage(), x, 0, w, BAR));
            var ink = span.state() == State.FAILED ? Ink.BAD : ink(span.stage());
            sheet.box(x, 0, w, BAR, Math.min(5, w / 2), ink, Ink.NONE);
            var label = label(span, w - 18);
            if (!label.isEmpty()) {
                sheet.words(
                        x + 9, 18, w - 12, label, Ink.BG, Face.TEXT,
                        12); // its colours are light where the ground is dark
            } else {
                double at = Math.max(x, numbered + 11);
                sheet.words(at, 44, 20, Integer.toString(span.stage().number()), Ink.MUT, Face.TEXT, 12);
                numbered = at;
            }
        }
    }

    /** With how long it took, or the title alone, or nothing: whatever fits. */
    private String label(StageSpan span, double room) {
        var title = span.stage().number() + " " + speech.say(span.stage().title());
        long took = span.took().map(Duration::toMillis).orElse(-1L);
        var whole = took < 0 ? title : speech.say("failovers.bar", "stage", title, "t", took);
        return Stream.of(whole, title)
                .filter(words -> Width.of(words, Face.TEXT, 12) <= room)
                .findFirst()
                .orElse("");
    }

    private double widest(ToDoubleFunction<Member> of) {
        return lanes.shown().stream().mapToDouble(of).max().orElse(0);
    }

    private void lane(Member m) {
        double y = TOP + lanes.index(m.id()) * LANE + MIDDLE;
        boolean failed = m.id().equals(t.failed());
        boolean winner = t.winner().filter(m.id()::equals).isPresent();
        sheet.words(0, y - 3, gutter - 10, m.name(), Ink.FG, Face.MONO, NAME);
        sheet.words(0, y + 14, gutter - 10, role(m), Ink.MUT, Face.TEXT, ROLE);
        double right = width - RIGHT;
        if (failed && t.kind() == Timeline.Kind.AUTOMATIC) {
            double until = back().map(scale::x).orElse(right);
            sheet.dashes(gutter, y, until, y, Ink.BAD, 1.5);
            back().ifPresent(at -> {
                sheet.stroke(until, y, right, y, Ink.LINE, 1.5);
                sheet.box(until - 6, y - 6, 12, 12, 6, Ink.S2, Ink.BG);
                var words = speech.say("failovers.back", "at", Times.clock(at));
                sheet.words(until + 10, y - 9, width - until - 10, words, Ink.S2, Face.TEXT, 11.5);
            });
            sheet.sign(gutter, y, Shape.Mark.GONE);
            var lost = speech.say("failovers.lost", "at", Times.clock(t.began()));
            sheet.words(gutter + 14, y - 9, 260, lost, Ink.BAD, Face.TEXT, 11.5);
        } else {
            sheet.stroke(gutter, y, right, y, winner ? Ink.S2 : Ink.LINE, 1.5);
        }
    }

    /** When the master that nobody had replaced was well again. */
    private Optional<Instant> back() {
        return t.outcome() == Timeline.Outcome.CAME_BACK ? t.ended() : Optional.empty();
    }

    /** With its host, where that tells anything. */
    private String role(Member m) {
        var role = m.id().equals(t.failed()) && t.kind() == Timeline.Kind.AUTOMATIC
                ? speech.say(back().isPresent() ? "failovers.role.back" : "failovers.role.gone")
                : m.master()
                        .map(x -> speech.say("failovers.role.replica", "master", t.name(x)))
                        .orElseGet(() -> speech.say("failovers.role.master"));
        return manyHosts ? speech.say("failovers.role", "role", role, "host", m.host()) : role;
    }

    private double writes(double foot) {
        if (measured.isEmpty() || measured.get().gaps().isEmpty()) {
            return foot;
        }
        double y = foot;
        for (var gap : measured.get().gaps()) {
            double x = scale.x(gap.from());
            double to = scale.x(gap.to());
            sheet.words(0, y + 15, gutter - 10, speech.say("failovers.writes"), Ink.MUT, Face.TEXT, 12);
            sheet.box(x, y + 2, Math.max(4, to - x), 18, 4, Ink.BAD_SUB, Ink.BAD);
            var took = Duration.between(gap.from(), gap.to()).toMillis();
            sheet.words(
                    x + 8,
                    y + 15,
                    Math.max(0, to - x - 12),
                    speech.say("failovers.writes.gap", "slots", gap.slots(), "t", took),
                    Ink.BAD,
                    Face.TEXT,
                    11.5);
            double rest = width - RIGHT - to - 2;
            if (rest > 2) {
                sheet.box(to + 2, y + 2, rest, 18, 4, Ink.OK_SUB, Ink.NONE);
            }
            y += 26;
        }
        return y + 6;
    }

    private void axis(double y) {
        for (var tick : scale.ticks(40)) {
            sheet.stroke(tick.x(), y + 8, tick.x(), y + 13, Ink.LINE, 1);
            var text = tick.seconds() == Math.rint(tick.seconds())
                    ? Long.toString((long) tick.seconds())
                    : Double.toString(tick.seconds());
            sheet.words(tick.x() - 8, y + 28, 60, speech.say("failovers.axis", "s", text), Ink.MUT, Face.TEXT, 11.5);
        }
    }
}
