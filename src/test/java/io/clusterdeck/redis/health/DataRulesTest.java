package io.clusterdeck.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of the data: replicas, files, disks, passwords. */
class DataRulesTest extends SixNodes {

    @Test
    void replication() {
        info("r1", "master_link_status", "down");
        info("r1", "master_link_down_since_seconds", "42");
        assertEquals(42_000L, ((Number) only("replica-link-down").why().args().get("t")).longValue());
        info("r1", "master_sync_in_progress", "1");
        only("replica-syncs");
    }

    @Test
    void tooFewReplicasToTakeWrites() {
        info("m1", "config:min-replicas-to-write", "1");
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=online,offset=0,lag=1");
        assertEquals(List.of(), names(check()));
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=wait_bgsave,offset=0,lag=1");
        assertEquals(Level.BAD, only("too-few-replicas").level());
        info("m1", "config:min-replicas-max-lag", "0");
        assertEquals(List.of(), names(check()), "a lag of 0 switches it off");
        info("m1", "config:min-replicas-max-lag", "10");
        die("r1");
        assertEquals(Optional.of("start:r1"), only("too-few-replicas").remedy());
    }

    @Test
    void lagByTimeAndByBytes() {
        info("m1", "master_repl_offset", "5000000");
        info("m1", "repl_backlog_size", "1048576");
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=online,offset=4999000,lag=1");
        assertEquals(List.of(), names(check()));
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=online,offset=4999000,lag=11");
        assertEquals(Optional.of(new NodeId("r1")), only("replica-lag").node());
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=online,offset=1000000,lag=0");
        assertEquals(4_000_000L, ((Number) only("replica-lag").why().args().get("size")).longValue());
        info("m1", "slave0", "ip=10.0.0.2,port=9001,state=wait_bgsave,offset=0,lag=0");
        assertEquals(List.of(), names(check()), "it copies, it does not lag");
    }

    @Test
    void files() {
        info("m1", "aof_last_write_status", "err");
        assertEquals(Optional.of("check-aof:m1"), only("aof-not-written").remedy());
        assertEquals(Level.BAD, only("aof-not-written").level());
        info("m2", "aof_last_bgrewrite_status", "err");
        only("aof-not-rewritten");
        info("m3", "rdb_last_bgsave_status", "err");
        info("m3", "config:stop-writes-on-bgsave-error", "yes");
        assertEquals(Level.WARN, only("rdb-not-saved").level(), "without save points it takes writes");
        info("m3", "config:save", "3600 1");
        assertEquals(Level.BAD, only("writes-refused").level());
        assertFalse(names(check()).contains("rdb-not-saved"));
        info("m3", "config:stop-writes-on-bgsave-error", "no");
        only("rdb-not-saved");
        info("m3", "rdb_last_bgsave_status", "ok");
        info("r3", "rdb_last_bgsave_status", "err");
        info("r3", "config:save", "3600 1");
        info("r3", "config:stop-writes-on-bgsave-error", "yes");
        assertEquals(Level.WARN, only("rdb-not-saved").level(), "a replica refuses writes anyhow");
        info("r1", "aof_enabled", "0");
        only("persistence-off");
        info("r1", "config:save", "3600 1");
        assertFalse(names(check()).contains("persistence-off"));
    }

    @Test
    void theDisk() {
        HostFacts facts = id -> Optional.of(
                new HostFacts.Disk(id.value().equals("m1") ? 4 : id.value().equals("m2") ? 14 : 15, 100));
        var found = checked(new Case(state(), Map.of(), false, facts));
        assertEquals(List.of("disk-nearly-full", "disk-nearly-full"), names(found));
        assertEquals(
                List.of(Level.BAD, Level.WARN),
                found.stream().map(Finding::level).toList());
    }

    @Test
    void loading() {
        info("r1", "loading", "1");
        info("r1", "loading_loaded_perc", "12.5");
        assertEquals("12.5", only("loading").why().args().get("percent"));
    }

    @Test
    void noPassword() {
        assertEquals(List.of("no-password"), names(checked(new Case(state(), Map.of(), true, HostFacts.NONE))));
    }
}
