package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is kept of a failover when it is told again from other evidence. */
class ArchiveTest {
    private final Map<String, String> kept = new HashMap<>();
    private final Shelf shelf = new Shelf() {
        @Override
        public void keep(String name, String json) {
            kept.put(name, json);
        }

        @Override
        public List<String> names() {
            return List.copyOf(kept.keySet());
        }

        @Override
        public String read(String name) {
            return kept.get(name);
        }
    };
    private final Archive archive = new Archive(shelf);

    private void take(Timeline told) {
        take(archive, told);
    }

    private void take(Timeline told, List<Fact> from) {
        take(archive, told, from);
    }

    private static void take(Archive archive, Timeline told) {
        take(archive, told, told.facts());
    }

    private static void take(Archive archive, Timeline told, List<Fact> from) {
        take(archive, told, from, new Layouts(3, 1).state());
    }

    private static void take(Archive archive, Timeline told, List<Fact> from, ClusterState state) {
        var now = told.began().plus(Duration.ofMinutes(2));
        archive.take(List.of(told), from, now, at -> new Ledger.Calm(at.minusSeconds(1), told.members(), state), state);
    }

    /** Logs that could be read only later tell it, also where more had been seen than they say. */
    @Test
    void logsReadLaterTellWhatWasOnlySeen() {
        var told = new Acted().failover(0, 0, 7).told(120_000).getFirst();
        assertTrue(told.over());
        var seen = new ArrayList<Fact>();
        for (int i = 0; i <= told.facts().size(); i++) {
            seen.add(view(told.began().plusMillis(i), told));
        }
        take(told.with(seen));
        assertEquals(seen, archive.all().getFirst().timeline().facts());
        take(told);
        var facts = archive.all().getFirst().timeline().facts();
        assertTrue(facts.containsAll(told.facts()) && facts.containsAll(seen), facts::toString);
        take(told.with(seen));
        assertEquals(facts, archive.all().getFirst().timeline().facts(), "views alone do not tell it anew");
    }

    /** Lines that come in later are of what went on then; the cluster may be in the next trouble by now. */
    @Test
    void howItWasRightAfterwardsStays() {
        var told = new Acted().failover(0, 0, 7).told(120_000).getFirst();
        take(told.with(told.facts().subList(0, 5)), told.facts().subList(0, 5));
        var after = archive.all().getFirst().after();
        assertTrue(after.isPresent());
        take(archive, told, told.facts(), new Layouts(3, 2).state());
        var now = archive.all().getFirst();
        assertEquals(told.facts(), now.timeline().facts());
        assertEquals(after, now.after());
    }

    /** Told too early it took what belongs to the next one; by the facts that are still here it is judged anew. */
    @Test
    void whatItTookTooMuchIsGivenBack() {
        var told = new Acted().failover(0, 0, 7).told(120_000).getFirst();
        var seen = new ArrayList<>(told.facts());
        seen.add(new Fact(
                told.ended().orElseThrow().plusSeconds(20),
                Duration.ofMillis(50),
                What.EPOCH,
                told.failed(),
                Optional.empty(),
                8,
                "",
                new Evidence.View(Say.of("timeline.saw.epoch", "epoch", 8L))));
        take(told.with(seen), seen);
        assertEquals(seen, archive.all().getFirst().timeline().facts());
        take(told, told.facts());
        assertEquals(seen, archive.all().getFirst().timeline().facts(), "told from fewer facts");
        take(told, seen);
        assertEquals(told.facts(), archive.all().getFirst().timeline().facts());
    }

    /** Kept as it was seen; the logs that are left tell less than who won. */
    @Test
    void whoWonIsNotForgottenForLogsThatTellLess() {
        var told = new Acted().failover(0, 0, 7).told(120_000).getFirst();
        var seen = new ArrayList<Fact>();
        for (int i = 0; i <= told.facts().size(); i++) {
            seen.add(view(told.began().plusMillis(i), told));
        }
        take(told.with(seen));
        var less = new Acted()
                .line(9001, 6130, "Marking node " + told.failed() + " as failing (quorum reached).")
                .told(120_000)
                .getFirst();
        assertEquals(java.util.Optional.empty(), less.winner());
        take(less);
        assertEquals(told.winner(), archive.all().getFirst().timeline().winner());
    }

    /** Kept while its host was cut off; who opens the cluster later reads less than was seen, but its own log, too. */
    @Test
    void theSideOfTheLostMasterIsAdded() {
        var told = new Acted()
                .unheard(9000)
                .failover(0, 0, 7)
                .told(120_000, Acted.saw(9000, 100, What.GONE, 0))
                .getFirst();
        var seen = new ArrayList<>(told.facts());
        for (int i = 0; i < 9; i++) {
            seen.add(view(told.began().plusMillis(i), told));
        }
        take(told.with(seen));
        var later = new Acted()
                .failover(0, 0, 7)
                .line(9000, 5_410, "Cluster state changed: fail")
                .told(240_000)
                .getFirst();
        take(later);
        var whole = archive.all().getFirst().timeline();
        assertEquals(told.stages(), whole.stages());
        assertEquals(seen.size() + 1, whole.facts().size());
        assertTrue(whole.why().stream().anyMatch(w -> w.key().equals("timeline.why.cut-off")), whole.why()::toString);
        assertTrue(told.why().stream().noneMatch(w -> w.key().equals("timeline.why.cut-off")));
        assertEquals(List.of(), Sides.among(whole.notes()));
    }

    private static Fact view(Instant at, Timeline of) {
        return new Fact(
                at,
                Duration.ofMillis(100),
                What.GONE,
                of.failed(),
                Optional.empty(),
                -1,
                "",
                new Evidence.Reckoned(io.clusterdeck.say.Say.of("timeline.reckoned.suspected", "t", 5000)));
    }

    /** The program ends a moment after a failover: without logs nobody could tell it any more. */
    @Test
    void whatIsOverIsKeptAtTheEnd() throws Exception {
        var told = new Acted().failover(0, 0, 7).told(120_000).getFirst();
        var state = new Layouts(3, 1).state();
        Function<Instant, Ledger.Calm> calm = at -> new Ledger.Calm(at.minusSeconds(1), told.members(), state);
        archive.take(List.of(told), told.facts(), told.ended().orElseThrow(), calm, state);
        assertEquals(Map.of(), kept);
        archive.close(calm, state);
        assertEquals(
                told.facts(),
                TimelineReader.read(kept.get(told.id()), told.id()).timeline().facts());
    }

    /** One that is torn hides none behind it; it is named, and so is how many older ones are not read. */
    @Test
    void whatIsKeptAndNotShownIsTold() {
        kept.put("20261122-3", TimelineJson.text(ActedFailovers.taken()));
        kept.put("20261122-2", "{");
        kept.put("20261122-1", TimelineJson.text(ActedFailovers.stuck()));
        archive.load();
        assertEquals(2, archive.all().size());
        assertEquals(1, archive.unshown().size());
        assertEquals("20261122-2", archive.unshown().getFirst().args().get("file"));
    }

    @Test
    void olderOnesThanAreReadAreCounted() {
        for (int i = 0; i < 203; i++) {
            kept.put("%03d".formatted(i), TimelineJson.text(ActedFailovers.stuck()));
        }
        archive.load();
        assertEquals(List.of(Say.of("timeline.older", "n", 3, "file", "002")), archive.unshown());
    }

    private Kept only() throws Exception {
        assertEquals(1, kept.size(), kept.keySet()::toString);
        var name = kept.keySet().iterator().next();
        return TimelineReader.read(kept.get(name), name);
    }

    /** The window and the command line record one cluster: each dates the beginning by what it saw, and what one measured stays. */
    @Test
    void aFailoverThatTwoProcessesRecordIsKeptOnce() throws Exception {
        var told = new Acted().failover(0, 0, 7).told(120_000).getFirst();
        var other = new Archive(shelf);
        take(other, told.named("20261122-115959-9000").with(told.facts().subList(0, 10)));
        var first = only().timeline();
        take(told);
        assertEquals(first.id(), only().timeline().id());
        assertEquals(told.facts(), only().timeline().facts(), "who knows more tells it");
        assertEquals(first.id(), archive.all().getFirst().timeline().id());
        var more = new Measured(List.of(), 5, List.of(), List.of());
        archive.measured(told.id(), more); // asked by the name that it had here
        take(told);
        assertEquals(Optional.of(more), only().measured());
        var written = only();
        take(other, first.with(told.facts().subList(0, 12)));
        assertEquals(written, only(), "who knows less takes nothing away");
        assertEquals(1, archive.all().size());
    }

    /** The same master may fail again soon: its new master has another epoch. */
    @Test
    void anotherEpochIsAnotherFailover() {
        var told = new Acted().failover(0, 0, 7).told(120_000).getFirst();
        var again = new Acted().failover(0, 900, 8).told(120_000).getFirst();
        take(told);
        take(new Archive(shelf), again);
        assertEquals(2, kept.size(), kept.keySet()::toString);
    }

    /** Kept twice by an earlier version: shown once. */
    @Test
    void whatWasKeptTwiceIsShownOnce() {
        var told = new Acted().failover(0, 0, 7).told(120_000).getFirst();
        kept.put(told.id(), TimelineJson.text(Kept.of(told)));
        var twin = told.named("20261122-120009-9000").with(told.facts().subList(0, 10));
        kept.put(twin.id(), TimelineJson.text(Kept.of(twin)));
        archive.load();
        assertEquals(
                List.of(told.facts()),
                archive.all().stream().map(k -> k.timeline().facts()).toList());
    }

    /** Weeks later it is not said to be lost now; once somebody tells it again, it is. */
    @Test
    void whatAnEarlierSessionLeftOpenIsNotToldAsThePresent() {
        take(ActedFailovers.stuck().timeline());
        var later = new Archive(shelf);
        later.load();
        var left = later.all().getFirst().timeline();
        assertEquals("failovers.title.undecided", Headline.say(left).key());
        assertFalse(later.live(left));
        take(later, ActedFailovers.stuck().timeline());
        var again = later.all().getFirst().timeline();
        assertEquals("failovers.title.stuck", Headline.say(again).key());
        assertTrue(later.live(again));
    }
}
