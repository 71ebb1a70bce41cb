package io.clusterdeck.redis.timeline;

import static io.clusterdeck.redis.timeline.Acted.id;
import static io.clusterdeck.redis.timeline.Acted.saw;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.timeline.StageSpan.State;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether the sentences of a timeline are true when they are read: how exact, in which tense, in which order, in whose language. */
class ToldTest {
    private static final Words EN = Words.in(Locale.ENGLISH);
    private static final Words ZH = Words.in(Locale.SIMPLIFIED_CHINESE);

    /** The agreement is a line, the suspicion a view: what lies between is no more exact than the view. */
    @Test
    void aStageIsNoMoreExactThanWhereItBegins() {
        var t = new Acted()
                .failover(0, 0, 13)
                .told(20_000, saw(9001, 5_100, 50, What.SUSPECTS, 9000))
                .getFirst();
        var agreed = t.stage(Stage.AGREED);
        assertEquals(State.DONE, agreed.state());
        assertTrue(agreed.within().compareTo(Duration.ofMillis(50)) > 0, agreed.within()::toString);
        var told = t.stage(Stage.TOLD);
        assertTrue(told.within().compareTo(Duration.ofMillis(50)) < 0, told.within()::toString);
    }

    private static Acted suspectedOnly() {
        return new Acted().line(9001, 5_020, "*** NODE " + id(9000) + " possibly failing");
    }

    @Test
    void whatNeverCameIsNotSaidToComeYet() {
        var gone = saw(9000, 0, What.GONE, 0);
        var running = suspectedOnly().told(6_000, gone).getFirst();
        assertEquals("1 of the 3 masters that hold slots suspect it, 2 are needed: 9001.", told(running, Stage.AGREED));
        assertEquals("not yet", Spans.times(running, running.stage(Stage.TOLD), EN));
        var back = suspectedOnly()
                .well(9000)
                .told(30_000, gone, saw(9000, 9_000, What.BACK, 0), saw(9001, 9_100, What.TRUSTS, 9000))
                .getFirst();
        assertEquals(Outcome.CAME_BACK, back.outcome());
        assertEquals("1 of the 3 masters that hold slots suspected it, 2 were needed: 9001.", told(back, Stage.AGREED));
        assertTrue(Spans.times(back, back.stage(Stage.AGREED), EN).endsWith("it did not come to its end"));
        assertEquals("it did not come to that", Spans.times(back, back.stage(Stage.TOLD), EN));
    }

    private static String told(Timeline t, Stage stage) {
        return t.stage(stage).happened().stream().map(EN::say).reduce("", (a, b) -> a + b);
    }

    /** Redis counts the age anew once the replica notices that its link is down. */
    @Test
    void whoStoodAfterAllStandsLast() {
        var old = "Currently unable to failover: Disconnected from master for longer than allowed. Please check the"
                + " 'cluster-replica-validity-factor' configuration option.";
        var t = new Acted()
                .line(9003, 6_150, old)
                .failover(0, 0, 13)
                .told(20_000)
                .getFirst();
        assertEquals(
                List.of("timeline.did.eligible.old.first", "timeline.did.eligible"),
                t.stage(Stage.ELIGIBLE).happened().stream().map(Say::key).toList());
    }

    /** It was never away. */
    @Test
    void whoHandedOverDidNotComeBack() {
        var t = new Acted()
                .line(9003, 0, "Manual failover user request accepted.")
                .line(9000, 1, "Manual failover requested by replica " + id(9003) + ".")
                .line(9003, 30, "All master replication stream processed, manual failover can start.")
                .line(9003, 31, "Starting a failover election for epoch 13.")
                .line(9001, 32, "Failover auth granted to " + id(9003) + " for epoch 13")
                .line(9002, 32, "Failover auth granted to " + id(9003) + " for epoch 13")
                .line(9003, 33, "Failover election won: I'm the new master.")
                .line(9000, 40, "Configuration change detected. Reconfiguring myself as a replica of " + id(9003))
                .told(20_000)
                .getFirst();
        assertTrue(told(t, Stage.SERVES).endsWith("⟨9000⟩ is now a replica of ⟨9003⟩."), told(t, Stage.SERVES));
    }

    @Test
    void chineseCountsInItsOwnUnits() {
        var t = new Acted().ahead("h2", 38).failover(0, 0, 13).told(20_000).getFirst();
        var said = ZH.say(Headline.clocks(t)) + Spans.times(t, t.stage(Stage.VOTES), ZH);
        assertFalse(said.contains("ms"), said);
        assertTrue(said.contains("+38\u00a0毫秒"), said);
        assertTrue(EN.say(Headline.clocks(t)).contains("h2 +38\u00a0ms"));
    }

    /** Whoever reads it elsewhere knows whose hours these are, beside log lines in those of the hosts. */
    @Test
    void aReportNamesItsZone() {
        var kept = Kept.of(new Acted().failover(0, 0, 13).told(20_000).getFirst());
        var stamp = Times.stamp(kept.timeline().began());
        assertTrue(stamp.matches("[0-9-]{10} [0-9:]{8} [+-][0-9:]{5}"), stamp);
        for (var text :
                List.of(PostMortem.html(kept, EN), PostMortemText.markdown(kept, EN), PostMortemText.text(kept, EN))) {
            assertTrue(text.replace("\\", "").contains(stamp), text);
        }
    }

    @Test
    void itsLaneShowsThatItCameBack() {
        var t = suspectedOnly()
                .well(9000)
                .told(
                        30_000,
                        saw(9000, 0, What.GONE, 0),
                        saw(9000, 9_000, What.BACK, 0),
                        saw(9001, 9_100, What.TRUSTS, 9000))
                .getFirst();
        var drawn = TimelineDrawing.of(t, Optional.empty(), EN, 900, t.ended().orElseThrow())
                .drawing()
                .toString();
        assertTrue(drawn.contains("back " + Times.clock(t.ended().orElseThrow())), drawn);
        assertTrue(drawn.contains("master → gone → back"), drawn);
    }
}
