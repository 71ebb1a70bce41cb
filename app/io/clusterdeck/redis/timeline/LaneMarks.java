package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.report.Width;
import io.clusterdeck.say.Speech;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What each node did, on its lane, and the messages between the lanes. */
final class LaneMarks {

    private static final double SIZE = 11.5;

    /** The foot of a label, from the middle of its lane. */
    private static final double ABOVE = -9;

    private static final double BELOW = 17;

    private final List<Place> taken = new ArrayList<>();
    private final Timeline t;
    private final Speech speech;
    private final Drawing.Sheet sheet;
    private final Scale scale;
    private final Lanes lanes;
    private final double width;
    private final Instant end;

    LaneMarks(Timeline t, Speech speech, Drawing.Sheet sheet, Scale scale, Lanes lanes, double width, Instant end) {
        this.t = t;
        this.speech = speech;
        this.sheet = sheet;
        this.scale = scale;
        this.lanes = lanes;
        this.width = width;
        this.end = end;
    }

    private double y(NodeId id) {
        return TimelineDrawing.TOP + lanes.index(id) * TimelineDrawing.LANE + TimelineDrawing.MIDDLE;
    }

    private Optional<Fact> first(What what, NodeId by) {
        return Episode.first(t.facts().stream()
                .filter(f -> f.is(what) && f.by().equals(by))
                .filter(f -> switch (what) {
                    case SUSPECTS, MARKS_FAIL, HEARS_FAIL -> f.about().isEmpty() || f.isAbout(t.failed());
                    default -> true;
                }));
    }

    /** What matters most is written first: what finds no room after that is told by its dot alone. */
    void of(NodeId by) {
        if (by.equals(t.failed())) {
            return;
        }
        double y = y(by);
        first(What.MIGRATES, by).ifPresent(f -> {
            dot(f, y, Ink.S2);
            label(f, y, ABOVE, speech.say("failovers.mark.moves", "node", t.name(t.failed())), Ink.S2);
        });
        if (t.winner().isEmpty()) {
            first(What.ASKS, by).ifPresent(f -> {
                dot(f, y, Ink.S4);
                label(f, y, ABOVE, speech.say("failovers.mark.asks"), Ink.FG);
            });
        }
        if (t.winner().filter(by::equals).isPresent()) {
            first(What.ASKS, by).ifPresent(f -> dot(f, y, Ink.S4));
            Episode.first(Stream.of(What.WON, What.MASTER_NOW).flatMap(w -> first(w, by).stream()))
                    .ifPresent(f -> {
                        dot(f, y, Ink.S2);
                        var words = t.epoch() > 0
                                ? speech.say("failovers.mark.master", "epoch", Long.toString(t.epoch()))
                                : speech.say("failovers.mark.master.plain");
                        label(f, y, ABOVE, words, Ink.S2);
                    });
        }
        first(What.DENIES, by).ifPresent(f -> {
            sheet.sign(scale.x(f.at()), y, Shape.Mark.BAD);
            label(f, y, ABOVE, speech.say("failovers.mark.denied"), Ink.BAD);
        });
        first(What.TOO_OLD, by).ifPresent(f -> {
            sheet.sign(scale.x(f.at()), y, Shape.Mark.BAD);
            label(f, y, ABOVE, speech.say("failovers.mark.too-old"), Ink.BAD);
        });
        suspicion(by, y);
        first(What.GRANTS, by).ifPresent(f -> {
            dot(f, y, Ink.S4);
            label(f, y, ABOVE, speech.say("failovers.mark.vote"), Ink.FG);
        });
        waits(by, y);
    }

    private void suspicion(NodeId by, double y) {
        var marks = first(What.MARKS_FAIL, by);
        first(What.SUSPECTS, by)
                .filter(f -> marks.filter(m -> m.at().isBefore(f.at())).isEmpty())
                .ifPresent(f -> {
                    dot(f, y, Ink.S3);
                    label(f, y, ABOVE, speech.say("failovers.mark.suspects", "node", t.name(t.failed())), Ink.FG);
                });
        marks.or(() -> first(What.HEARS_FAIL, by)).ifPresent(f -> {
            dot(f, y, Ink.BAD);
            if (f.is(What.MARKS_FAIL)) {
                label(f, y, BELOW, speech.say("failovers.mark.fail"), Ink.FG);
            }
        });
    }

    private void waits(NodeId by, double y) {
        var delayed = first(What.DELAYED, by);
        if (delayed.isEmpty() || !delayed.get().logged() || t.kind() != Timeline.Kind.AUTOMATIC) {
            return;
        }
        var from = delayed.get();
        var until = first(What.ASKS, by).map(Fact::at).orElse(from.at().plusMillis(Math.max(0, from.number())));
        double x = scale.x(from.at());
        double w = Math.max(2, scale.x(until.isBefore(end) ? until : end) - x);
        sheet.box(x, y - 3, w, 6, 3, Ink.LINE, Ink.NONE);
        dot(from, y, Ink.S6);
        var rank = from.more().split(" ")[0];
        label(from, y, ABOVE, speech.say("failovers.mark.delay", "t", from.number(), "rank", rank), Ink.FG);
    }

    private void dot(Fact f, double y, Ink ink) {
        double x = scale.x(f.at());
        sheet.box(x - 6, y - 6, 12, 12, 6, ink, Ink.BG);
    }

    /** Beside its dot, above or below the lane, wherever no other label lies; on a ground of its own, since messages cross the lanes. */
    private void label(Fact f, double y, double row, String words, Ink ink) {
        double x = scale.x(f.at());
        var face = ink == Ink.S2 ? Face.STRONG : Face.TEXT;
        double w = Width.of(words, face, SIZE);
        for (double left : new double[] {x + 10, x - 10 - w}) {
            for (double at : new double[] {row, row == ABOVE ? BELOW : ABOVE}) {
                var place = new Place(left - 3, left + w + 3, y + at);
                if (left >= 0 && left + w <= width && taken.stream().noneMatch(place::meets)) {
                    taken.add(place);
                    sheet.box(place.from(), y + at - 11, w + 6, 15, 3, Ink.BG, Ink.NONE);
                    sheet.words(left, y + at, w + 2, words, ink, face, SIZE);
                    return;
                }
            }
        }
    }

    private record Place(double from, double to, double y) {
        boolean meets(Place o) {
            return y == o.y && from < o.to && o.from < to;
        }
    }

    /** Who told whom, below everything else. */
    void messages() {
        broadcast();
        votes();
        moves();
    }

    /** A replica that moves takes its line to the master that had none. */
    private void moves() {
        if (lanes.has(t.failed())) {
            lanes.shown()
                    .forEach(m -> first(What.MIGRATES, m.id()).ifPresent(f -> {
                        line(f, m.id(), f, t.failed(), Ink.S2);
                        dot(f, y(t.failed()), Ink.S2);
                    }));
        }
    }

    /** From whoever counted the majority first to all that heard of it; who counted it as well was not told. */
    private void broadcast() {
        t.stage(Stage.AGREED).who().stream().findFirst().filter(lanes::has).ifPresent(marker -> {
            var from = first(What.MARKS_FAIL, marker).or(() -> first(What.HEARS_FAIL, marker));
            for (var m : lanes.shown()) {
                var to = first(What.HEARS_FAIL, m.id());
                boolean counted = first(What.MARKS_FAIL, m.id()).isPresent();
                if (from.isPresent() && to.isPresent() && !counted && !m.id().equals(marker)) {
                    line(from.get(), marker, to.get(), m.id(), Ink.BAD);
                }
            }
        });
    }

    /** Who won; while nobody has, who asked last. */
    private Optional<NodeId> candidate() {
        return t.winner()
                .or(() -> t.facts().reversed().stream()
                        .filter(f -> f.is(What.ASKS))
                        .map(Fact::by)
                        .findFirst());
    }

    private void votes() {
        candidate().filter(lanes::has).ifPresent(winner -> {
            var asked = first(What.ASKS, winner).or(() -> first(What.WON, winner));
            for (var m : lanes.shown()) {
                var vote = first(What.GRANTS, m.id());
                if (vote.isPresent() && asked.isPresent()) {
                    line(asked.get(), winner, vote.get(), m.id(), Ink.S4);
                }
            }
        });
    }

    private void line(Fact from, NodeId a, Fact to, NodeId b, Ink ink) {
        sheet.stroke(scale.x(from.at()), y(a), scale.x(to.at()), y(b), ink, 1);
    }
}
