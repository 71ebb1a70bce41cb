package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the second client makes of a manual failover in which the replica serves after 60 ms: what others can have seen of it. */
class AskedTest {
    private final Asked asked = new Asked(20);

    /** The old master answers what was asked at 20 at this time; afterwards it leads to the new one at once. */
    private List<Asked.Gap> gaps(long refuses) {
        asked.answered("old", 0, 1, "+OK");
        asked.answered("new", 0, 1, "-MOVED 1 old");
        asked.answered("new", 20, 21, "-MOVED 1 old");
        asked.answered("old", 20, refuses, "-MOVED 1 new");
        for (long at = 60; at < 400; at += 20) {
            asked.answered("new", at, at + 1, "+OK");
        }
        for (long at = refuses; at < 400; at += 20) {
            asked.answered("old", at, at + 1, "-MOVED 1 new");
        }
        return asked.gaps();
    }

    @Test
    void shorterThanAGapIsNone() {
        assertEquals(List.of(), gaps(61));
    }

    /** Who waits at the old master for its answer, as any client does that follows redirections, is without writes all the while. */
    @Test
    void anOldMasterThatKeepsItsClientsWaitingMakesItOne() {
        var gap = gaps(280).getFirst();
        assertEquals(List.of(1L, 61L, 281L), List.of(gap.from(), gap.to(), gap.told()));
    }

    /** A busy computer: whoever took over was led to by all before it had time to acknowledge anything. */
    @Test
    void nobodyCameBeforeTheFirstAnswer() {
        asked.answered("old", 0, 1, "+OK");
        asked.answered("old", 20, 21, "-MOVED 1 new");
        asked.answered("new", 40, 180, "+OK");
        asked.answered("old", 60, 61, "-MOVED 1 new");
        assertEquals(180L, asked.gaps().getFirst().told());
    }

    /** Another thread's time is not in the way of who acknowledged. */
    @Test
    void whatLayUnreadIsItsOwnWhereItWasAcknowledged() {
        asked.answered("old", 0, 1, "+OK");
        asked.stood("third", 1, 240);
        asked.stood("old", 90, 240);
        asked.answered("old", 20, 240, "+OK");
        assertEquals(150L, asked.gaps().getFirst().own());
    }
}
