package io.clusterdeck.redis.config;

import static io.clusterdeck.redis.nodes.Layouts.m;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.say.Say;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is at stake with a setting. */
class CostsTest {
    private final Layouts layout = new Layouts(3, 0)
            .info(m(0), "used_memory", "2000", "maxmemory", "1500", "maxmemory_policy", "allkeys-lru")
            .info(m(1), "used_memory", "2000", "maxmemory", "0", "maxmemory_policy", "noeviction");

    private Stake stake(int node, String name, String value) {
        return Costs.stake(name, value, List.of(layout.of(m(node))));
    }

    private List<String> costs(int node, String name, String value) {
        return Costs.of(name, value, List.of(layout.of(m(node)))).stream()
                .map(Say::key)
                .map(k -> k.substring("config.cost.".length()))
                .toList();
    }

    @Test
    void keysThatAreEvictedAtOnceAreData() {
        assertEquals(Stake.DATA, stake(0, "maxmemory", "1kb"));
        assertEquals(List.of("evicts"), costs(0, "maxmemory", "1kb"));
        assertEquals(Stake.SERVICE, stake(0, "maxmemory", "2kb"));
        assertEquals(List.of(), costs(0, "maxmemory", "2kb"));
        assertEquals(Stake.SERVICE, stake(0, "maxmemory", "0"), "no limit");
        assertEquals(Stake.SERVICE, stake(1, "maxmemory", "1kb"));
        assertEquals(List.of("no-room"), costs(1, "maxmemory", "1kb"));
    }

    @Test
    void soIsAPolicyThatEvictsWhatIsAboveTheLimit() {
        assertEquals(Stake.DATA, stake(0, "maxmemory-policy", "volatile-ttl"));
        assertEquals(Stake.SERVICE, stake(0, "maxmemory-policy", "noeviction"));
        assertEquals(Stake.SERVICE, stake(1, "maxmemory-policy", "allkeys-lfu"), "it has no limit");
    }

    @Test
    void whereAStartWouldFindOtherDataIsData() {
        assertEquals(Stake.DATA, stake(0, "dbfilename", "new.rdb"));
        assertEquals(List.of("other-dump"), costs(0, "dbfilename", "new.rdb"));
        assertEquals(Stake.DATA, stake(0, "appendonly", "no"));
        assertEquals(Stake.NOTHING, stake(0, "appendonly", "yes"));
        assertEquals(Stake.NOTHING, stake(0, "slowlog-max-len", "7"));
    }
}
