package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a replica gave a failover up, from what a real 6.2.7 wrote; and whether it is worth to ask it again. */
class HeirLogTest {
    private static final String ACCEPTED = "615:S 26 Nov 2026 18:39:47.350 # Manual failover user request accepted.";
    private static final String FORCED = "615:S 26 Nov 2026 18:39:47.350 # Forced failover user request accepted.";
    private static final String OFFSET =
            "615:S 26 Nov 2026 18:39:47.350 # Received replication offset for paused master manual failover: 14";
    private static final String IN_STEP =
            "615:S 26 Nov 2026 18:39:47.350 # All master replication stream processed, manual failover can start.";
    private static final String STARTS = "615:S 26 Nov 2026 18:39:47.350 # Starting a failover election for epoch 4.";
    private static final String WON = "615:S 26 Nov 2026 18:40:00.513 # Failover election won: I'm the new master.";
    private static final String TIMED_OUT = "615:S 26 Nov 2026 18:39:52.399 # Manual failover timed out.";
    private static final String DEMOTED = "615:M 26 Nov 2026 18:40:00.517 # Configuration change detected. "
            + "Reconfiguring myself as a replica of 6948b65259d721006e10e4856cb226853970daa7";

    private static void told(String why, boolean again, String... lines) {
        var last = HeirLog.Last.of(List.of(lines));
        assertEquals("failover.gave-up." + why, last.why().key());
        assertEquals(again, last.worthAnother(), why);
    }

    @Test
    void whatPassesByItselfIsWorthAnotherRequest() {
        told("unheard", true, ACCEPTED, TIMED_OUT);
        told("votes", true, ACCEPTED, OFFSET, IN_STEP, STARTS, TIMED_OUT);
    }

    @Test
    void whatWouldEndTheSameWayOrHasChangedSomethingIsNot() {
        told("unknown", false);
        told("no-votes", false, FORCED, STARTS);
        told("unseen", false, FORCED, STARTS, WON);
        told("behind", false, ACCEPTED, OFFSET, TIMED_OUT);
        told("unseen", false, ACCEPTED, OFFSET, IN_STEP, STARTS, WON);
        told("demoted", false, ACCEPTED, OFFSET, IN_STEP, STARTS, WON, DEMOTED);
    }

    @Test
    void onlyTheLastRequestCounts() {
        told("no-votes", false, ACCEPTED, OFFSET, IN_STEP, STARTS, WON, FORCED, STARTS);
        told("unknown", false, OFFSET, IN_STEP, STARTS, WON);
    }

    @Test
    void onlyWhoseRequestReachedTheVotersMayHaveVotesOnTheWay() {
        assertTrue(new HeirLog.Last(List.of(ACCEPTED, OFFSET, IN_STEP, STARTS, TIMED_OUT)).asked());
        assertFalse(new HeirLog.Last(List.of(ACCEPTED, TIMED_OUT)).asked());
    }

    /** Of every release: each request that was accepted is known as such, and that it was won. */
    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "6.2.3", "7.0.15", "8.0.6", "valkey-8.1.1", "valkey-9.1.2"})
    void whatRealReplicasWrote(String release) throws IOException {
        var log = Files.readAllLines(Path.of("src/test/resources/failover-logs", release + ".log"));
        var requests = IntStream.range(0, log.size())
                .filter(i -> log.get(i).matches(".*(user request accepted|Taking over the).*"))
                .toArray();
        assertTrue(requests.length >= 3, release);
        for (int at : requests) {
            var last = HeirLog.Last.of(log.subList(0, at + 1));
            assertEquals(List.of(log.get(at)), last.lines());
        }
        assertTrue(log.stream().anyMatch(l -> new HeirLog.Last(List.of(l)).won()), release);
        assertTrue(log.stream().anyMatch(l -> new HeirLog.Last(List.of(l)).asked()), release);
    }
}
