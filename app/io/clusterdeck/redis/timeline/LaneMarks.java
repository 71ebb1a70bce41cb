package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.say.Speech;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What each node did, on its lane, and the messages between the lanes. */
final class LaneMarks {

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

    void of(NodeId by) {
        double y = y(by);
        if (by.equals(t.failed())) {
            return;
        }
        first(What.SUSPECTS, by)
                .filter(f -> first(What.MARKS_FAIL, by)
                        .filter(mark -> mark.at().isBefore(f.at()))
                        .isEmpty())
                .ifPresent(f -> {
                    dot(f, y, Ink.S3);
                    label(f, y - 9, speech.say("failovers.mark.suspects", "node", t.name(t.failed())), Ink.FG);
                });
        boolean marker = t.stage(Stage.AGREED).who().stream()
                .findFirst()
                .filter(by::equals)
                .isPresent();
        first(What.MARKS_FAIL, by).or(() -> first(What.HEARS_FAIL, by)).ifPresent(f -> {
            dot(f, y, Ink.BAD);
            if (marker) {
                label(f, y + 17, speech.say("failovers.mark.fail"), Ink.FG);
            }
        });
        waits(by, y);
        first(What.GRANTS, by).ifPresent(f -> {
            dot(f, y, Ink.S4);
            label(f, y - 9, speech.say("failovers.mark.vote"), Ink.FG);
        });
        first(What.DENIES, by).ifPresent(f -> {
            sheet.sign(scale.x(f.at()), y, Shape.Mark.BAD);
            label(f, y - 9, speech.say("failovers.mark.denied"), Ink.BAD);
        });
        if (t.winner().filter(by::equals).isPresent()) {
            first(What.ASKS, by).ifPresent(f -> dot(f, y, Ink.S4));
            Episode.first(Stream.of(What.WON, What.MASTER_NOW).flatMap(w -> first(w, by).stream()))
                    .ifPresent(f -> {
                        dot(f, y, Ink.S2);
                        label(
                                f,
                                y - 9,
                                t.epoch() > 0
                                        ? speech.say("failovers.mark.master", "epoch", Long.toString(t.epoch()))
                                        : speech.say("failovers.mark.master.plain"),
                                Ink.S2);
                    });
        }
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
        var words = speech.say("failovers.mark.delay", "t", from.number(), "rank", rank);
        sheet.words(x + 10, y - 9, Math.max(60, width - x - 10), words, Ink.FG, Face.TEXT, 11.5);
    }

    private void dot(Fact f, double y, Ink ink) {
        double x = scale.x(f.at());
        sheet.box(x - 6, y - 6, 12, 12, 6, ink, Ink.BG);
    }

    private void label(Fact f, double y, String words, Ink ink) {
        double x = scale.x(f.at());
        boolean last = x > width - TimelineDrawing.RIGHT - 60;
        double room = last ? width - x - 10 : width - TimelineDrawing.RIGHT - x + TimelineDrawing.RIGHT - 10;
        sheet.words(x + 10, y, room, words, ink, ink == Ink.S2 ? Face.STRONG : Face.TEXT, 11.5);
    }

    /** Who told whom, below everything else. */
    void messages() {
        broadcast();
        votes();
    }

    /** From whoever counted the majority to all that heard of it. */
    private void broadcast() {
        t.stage(Stage.AGREED).who().stream().findFirst().filter(lanes::has).ifPresent(marker -> {
            var from = first(What.MARKS_FAIL, marker).or(() -> first(What.HEARS_FAIL, marker));
            for (var m : lanes.shown()) {
                var to = first(What.HEARS_FAIL, m.id()).or(() -> first(What.MARKS_FAIL, m.id()));
                if (from.isPresent() && to.isPresent() && !m.id().equals(marker)) {
                    line(from.get(), marker, to.get(), m.id(), Ink.BAD);
                }
            }
        });
    }

    private void votes() {
        t.winner().filter(lanes::has).ifPresent(winner -> {
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
