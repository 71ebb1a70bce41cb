package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.probe.Gaps;
import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.say.Say;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a drill and its result say, one short thing at a time: for the report, the window and the command line. */
public final class DrillWords {
    /** Milliseconds that a probe of a computer with time is late now and then: not worth a word. */
    private static final int OWN = 50;

    private DrillWords() {}

    /** The name of a drill in the operator's language; an own one goes by its own. */
    public static Say title(String drill) {
        return Library.named(drill).isPresent()
                ? Say.of("drill.name." + drill)
                : Say.of("drill.name.own", "name", drill);
    }

    /** Whether it passed, in one sentence. */
    public static Say verdict(DrillResult result) {
        if (result.failure().isPresent()) {
            return Say.of("drill.failed.early", "why", result.failure().get());
        }
        return result.passed()
                ? passed(result)
                : !result.unmeasured().isEmpty()
                        ? Say.of("drill.failed.unmeasured", "nodes", result.unmeasured())
                        : result.timePassed() ? lost(result) : late(result);
    }

    private static Say passed(DrillResult result) {
        var longest = result.measured().shards().stream()
                .max(Comparator.comparingLong(s -> result.withoutWrites(s).length()));
        return Say.of(
                "drill.passed",
                "t",
                longest.map(s -> passed(result, s)).orElse(gap(Gap.NONE)),
                "lost",
                result.lost().size());
    }

    /** Longer than is allowed it may only be with the probe's part, which is said then, however short. */
    private static Say passed(DrillResult result, Measured.OfShard shard) {
        var gap = result.withoutWrites(shard);
        return result.allowed(shard, gap.length()) ? gap(gap) : owned(gap);
    }

    private static Say lost(DrillResult result) {
        return !result.measured().readBack()
                ? Say.of("drill.failed.unknown")
                : Say.of(
                        "drill.failed.lost",
                        "lost",
                        result.lost().size(),
                        "allowed",
                        result.objective().lost());
    }

    private static Say late(DrillResult result) {
        return result.measured().shards().stream()
                .filter(s -> !result.allowed(s, result.judged(s).sure()))
                .map(result::judged)
                .max(Comparator.comparingLong(Gap::sure))
                .map(g -> Say.of("drill.failed.time", "t", gap(g), "allowed", allowed(result)))
                .orElse(Say.of("drill.failed.winner"));
    }

    private static Say allowed(DrillResult result) {
        return result.objective().writeGap() > 0
                ? Say.of("drill.allowed", "t", result.objective().writeGap())
                : Say.of("drill.allowed.foreseen");
    }

    /** Whether it went as was foreseen, and if not, where it did not first. */
    public static Say foreseen(DrillResult result) {
        for (var shard : result.measured().shards()) {
            var master = shard.master().toString();
            var span = result.expected().of(master);
            var gap = result.judged(shard);
            if (!span.holds(gap.sure(), result.repeated())) {
                return Say.of("drill.unforeseen.time", "node", master, "t", gap(gap), "span", span(span));
            }
        }
        if (!result.unmeasured().isEmpty()) {
            return Say.of("drill.unforeseen.unmeasured", "nodes", result.unmeasured());
        }
        return result.expected().shards().stream()
                .filter(s -> !result.foreseen(s))
                .map(s -> Say.of(
                        "drill.unforeseen.winner",
                        "node",
                        s.master(),
                        "winner",
                        result.winners().getOrDefault(s.master(), "–"),
                        "heirs",
                        s.heirs()))
                .findFirst()
                .or(() -> result.failure().map(f -> Say.of("drill.unforeseen.early")))
                .orElse(Say.of(worst(result) ? "drill.foreseen.worst" : "drill.foreseen"));
    }

    /** Whether it held only because an attempt had to be repeated. */
    private static boolean worst(DrillResult result) {
        return result.measured().shards().stream()
                .anyMatch(s -> !result.expected()
                        .of(s.master().toString())
                        .holds(result.judged(s).sure(), false));
    }

    /** What was measured; with how much of it may be the probe's own doing, where that is worth a word. */
    public static Say gap(Gap gap) {
        return gap.own() > OWN ? owned(gap) : Say.of("drill.report.millis", "t", gap.length());
    }

    private static Say owned(Gap gap) {
        return Say.of("drill.gap.own", "t", gap.length(), "own", gap.own());
    }

    /** What was foreseen, shortly. */
    public static Say span(Expected.Span span) {
        return span.worst() > span.to()
                ? Say.of("drill.span.worst", "from", span.from(), "to", span.to(), "worst", span.worst())
                : Say.of("drill.span", "from", span.from(), "to", span.to());
    }

    /** What else there is to know of how it was measured: under which load, and how far this computer let the probe be exact. */
    public static List<Say> beside(DrillResult result) {
        return Stream.of(load(result), heldUp(result)).flatMap(Optional::stream).toList();
    }

    private static Optional<Say> heldUp(DrillResult result) {
        long t = result.measured().heldUp();
        return t < Gaps.SHORTEST ? Optional.empty() : Optional.of(Say.of("drill.held-up", "t", t));
    }

    /** What other clients of ours did meanwhile, where there was a load. */
    private static Optional<Say> load(DrillResult result) {
        return result.measured()
                .load()
                .map(l -> Say.of(
                        "drill.loaded", "n", l.answered(), "failed", l.failed(), "t", l.took(), "rate", l.rate()));
    }

    /** What a client met; the server's own words stay as they are. */
    public static Say error(String kind) {
        return switch (kind) {
            case "no-connection" -> Say.of("drill.error.no-connection");
            case "no-answer" -> Say.of("drill.error.no-answer");
            default -> Say.of("drill.error.code", "code", kind);
        };
    }
}
