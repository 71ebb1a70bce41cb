package io.clusterdeck.redis.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InfosTest {
    private static final Instant T = Instant.parse("2026-03-04T10:00:00Z");
    private static final String[] ALL = {"INFO"};
    private static final String[] SECTION = {"INFO", "replication"};
    private static final String TEXT = """
            # Server\r
            redis_version:6.2.3\r
            \r
            # Persistence\r
            loading:%d\r
            \r
            # Replication\r
            role:master\r
            connected_slaves:1\r
            slave0:ip=10.0.0.2,port=7000,state=online,offset=14,lag=0\r
            \r
            # CPU\r
            used_cpu_sys:1.5\r
            """;

    private final Infos infos = new Infos();

    private Map<String, String> all(int loading, Instant at) {
        return infos.take(Map.of("INFO", new Reply.Text(TEXT.formatted(loading))), at)
                .orElseThrow();
    }

    @Test
    void everythingComesOnceASecondAndTheSectionBetween() {
        assertArrayEquals(ALL, infos.question(T));
        assertEquals("6.2.3", all(0, T).get("redis_version"));
        assertArrayEquals(SECTION, infos.question(T.plusMillis(100)));
        assertArrayEquals(ALL, infos.question(T.plusMillis(1000)));
    }

    @Test
    void aReplicaThatIsGoneIsNotKept() {
        assertTrue(all(0, T).containsKey("slave0"));
        var section = new Reply.Text("# Replication\r\nrole:master\r\nconnected_slaves:0\r\n");
        var now = infos.take(Map.of("INFO replication", section), T.plusMillis(100))
                .orElseThrow();
        assertEquals("0", now.get("connected_slaves"));
        assertEquals("6.2.3", now.get("redis_version"));
        assertEquals("1.5", now.get("used_cpu_sys"));
        assertFalse(now.containsKey("slave0"));
    }

    @Test
    void everythingIsAskedForAtOnceWhileANodeLoadsAndAfterAChange() {
        all(1, T);
        assertArrayEquals(ALL, infos.question(T.plusMillis(100)));
        all(0, T);
        assertArrayEquals(SECTION, infos.question(T.plusMillis(100)));
        infos.forget();
        assertArrayEquals(ALL, infos.question(T.plusMillis(100)));
    }

    @Test
    void refusedItSaysNothing() {
        assertTrue(infos.take(Map.of(), T).isEmpty());
    }

    private static final Map<String, Reply> ANSWERS =
            Map.of("INFO", new Reply.Text(TEXT.formatted(0)), "CLUSTER INFO", new Reply.Text("cluster_state:ok\r\n"));

    private NodeInfo after(Map<String, Reply> told, String... refused) {
        var before = infos.of(ANSWERS, Optional.empty(), Set.of(), new Settings(), T);
        assertTrue(before.stateOk());
        return infos.of(told, Optional.of(before), Set.of(refused), new Settings(), T.plusSeconds(60));
    }

    @Test
    void whatIsRefusedNowIsNotWhatWasSaidBefore() {
        var now = after(Map.of("CLUSTER INFO", new Reply.Text("cluster_state:fail\r\n")), "INFO");
        assertEquals(Map.of(), now.info());
        assertEquals(Map.of("cluster_state", "fail"), now.clusterInfo());
        assertEquals(T.plusSeconds(60), now.at());
        assertEquals(Map.of(), after(Map.of(), "INFO", "CLUSTER INFO").clusterInfo());
        assertEquals(
                "6.2.3",
                after(Map.of("INFO", new Reply.Text(TEXT.formatted(0))), "CLUSTER INFO")
                        .version());
    }

    @Test
    void whoAnswersNothingForAWhileIsAsItWasThen() {
        var now = after(Map.of());
        assertEquals(T, now.at());
        assertEquals("6.2.3", now.version());
        assertTrue(now.stateOk());
    }
}
