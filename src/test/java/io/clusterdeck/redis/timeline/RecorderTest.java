package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.timeline.Timeline.Kind;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real failovers, recorded: with the nodes' logs, and without any. */
@Tag("local")
class RecorderTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMasterDies(boolean logs) throws Exception {
        try (var r = new Recording(LocalCluster.start(3, 1), logs)) {
            var failed = r.cluster.server(0).id();
            var heir = r.cluster.server(3).id();
            r.cluster.kill(0);
            var t = r.await("taken over", x -> x.failed().equals(failed) && x.outcome() == Outcome.TAKEN_OVER);
            r.cluster.until("kept", () -> r.kept.containsKey(t.id()));
            var kept = TimelineReader.read(r.kept.get(t.id()), "memory");
            complete(kept.timeline(), logs);
            assertEquals(Optional.of(heir), t.winner());
            assertEquals(Kind.AUTOMATIC, t.kind());
            assertTrue(kept.before().isPresent() && kept.after().isPresent());
            assertEquals(TimelineJson.text(kept), r.kept.get(t.id()), "what is read is what was written");
        }
    }

    /** Each stage ended, none before the one before it, and each has its evidence. */
    private static void complete(Timeline t, boolean logs) {
        Instant last = t.began();
        for (var stage : t.stages()) {
            assertTrue(stage.to().isPresent(), stage.stage() + " did not end: " + Shown.text(Kept.of(t)));
            assertTrue(!stage.to().get().isBefore(last), stage.stage() + " is out of order: " + Shown.text(Kept.of(t)));
            last = stage.to().get();
            boolean silent = !logs && (stage.stage() == Stage.ELIGIBLE || stage.stage() == Stage.WAITS);
            assertTrue(
                    silent || !stage.facts().isEmpty(), stage.stage() + " without evidence: " + Shown.text(Kept.of(t)));
        }
        assertEquals(2, t.stage(Stage.VOTES).who().size() - 1, () -> "votes: " + Shown.text(Kept.of(t)));
        assertEquals(logs, t.facts().stream().anyMatch(Fact::logged));
    }
}
