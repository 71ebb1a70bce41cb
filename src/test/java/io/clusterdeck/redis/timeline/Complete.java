package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What every timeline of a master that was lost and replaced must hold. */
public final class Complete {
    private Complete() {}

    /**
     * Each stage ended, none before the one before it, each has evidence, all votes are named.
     *
     * @param unproven stages for which no evidence can be there
     */
    public static void check(Kept kept, Set<Stage> unproven) {
        stages(kept, unproven);
        assertTrue(kept.before().isPresent() && kept.after().isPresent());
    }

    /** The same without the snapshots, which are taken a little later; of a failover by hand those stages that it has. */
    public static void stages(Kept kept, Set<Stage> unproven) {
        var t = kept.timeline();
        var last = t.began();
        for (var stage : t.stages()) {
            if (stage.state() == StageSpan.State.SKIPPED) {
                continue;
            }
            assertTrue(stage.to().isPresent(), stage.stage() + " did not end: " + Shown.text(kept));
            assertFalse(stage.to().get().isBefore(last), stage.stage() + " is out of order: " + Shown.text(kept));
            last = stage.to().get();
            assertTrue(
                    unproven.contains(stage.stage()) || !stage.facts().isEmpty(),
                    stage.stage() + " without evidence: " + Shown.text(kept));
        }
        // a master whose replica asks by hand is alive, and may vote itself
        long lost = t.kind() == Timeline.Kind.AUTOMATIC ? 1 : 0;
        long live = t.members().stream().filter(m -> m.voter() && m.answered()).count() - lost;
        long votes = t.votes();
        assertTrue(votes > t.members().stream().filter(Member::voter).count() / 2 && votes <= live, Shown.text(kept));
        inOrder(t);
    }

    /** No effect comes before its cause by more than the error that is shown for both: so the errors are honest. */
    public static void inOrder(Timeline t) {
        follows(t, List.of(What.MARKS_FAIL), List.of(What.DELAYED, What.ASKS, What.WON));
        follows(t, List.of(What.ASKS), List.of(What.GRANTS, What.WON));
        follows(t, List.of(What.GRANTS), List.of(What.WON));
        for (var f : t.facts()) {
            assertEquals(f.logged(), f.logged() && !f.within().isZero(), "an error is shown: " + f);
        }
    }

    private static void follows(Timeline t, List<What> causes, List<What> effects) {
        first(t, causes)
                .ifPresent(cause -> first(t, effects).ifPresent(effect -> {
                    var early = Duration.between(effect.at(), cause.at());
                    assertTrue(
                            early.compareTo(cause.within().plus(effect.within())) <= 0,
                            () -> effect.what() + " came " + early + " before " + cause.what()
                                    + Shown.text(Kept.of(t)));
                }));
    }

    private static Optional<Fact> first(Timeline t, List<What> some) {
        return Stream.of(t.facts().toArray(Fact[]::new))
                .filter(Fact::logged)
                .filter(f -> some.contains(f.what()))
                .min(java.util.Comparator.comparing(Fact::at));
    }

    /** Both tell the same winner and the same outage, as exactly as they say. */
    public static void same(Kept a, Kept b) {
        assertEquals(a.timeline().winner(), b.timeline().winner());
        var apart = a.timeline()
                .outage()
                .orElseThrow()
                .minus(b.timeline().outage().orElseThrow())
                .abs();
        var error = error(a.timeline()).plus(error(b.timeline()));
        assertTrue(apart.compareTo(error) <= 0, () -> apart + " apart, shown " + error + Shown.text(a) + Shown.text(b));
    }

    private static Duration error(Timeline t) {
        return t.stage(Stage.SUSPECTED).within().plus(t.stage(Stage.SERVES).within());
    }
}
