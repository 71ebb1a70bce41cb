package io.clusterdeck.redis.config;

import static io.clusterdeck.redis.nodes.Layouts.m;
import static io.clusterdeck.redis.nodes.Layouts.r;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.Node;
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
        assertEquals(List.of("room-evicts"), costs(0, "maxmemory", "2kb"));
        assertEquals(List.of("room-refuses"), costs(1, "maxmemory", "2kb"));
        assertEquals(List.of("no-limit"), costs(0, "maxmemory", "0"));
        assertEquals(Stake.SERVICE, stake(0, "maxmemory", "0"), "no limit");
        assertEquals(Stake.SERVICE, stake(1, "maxmemory", "1kb"));
        assertEquals(List.of("no-room"), costs(1, "maxmemory", "1kb"));
    }

    /** It leaves the limit to its master, unless replica-ignore-maxmemory says otherwise. */
    @Test
    void aReplicaDeletesNothing() {
        var of = new Layouts(3, 1)
                .info(r(0, 1), "used_memory", "2000", "maxmemory", "1", "maxmemory_policy", "allkeys-lru");
        var replica = List.of(of.of(r(0, 1)));
        assertEquals(Stake.SERVICE, Costs.stake("maxmemory", "1kb", replica));
        assertEquals(
                "config.cost.replica-over",
                Costs.of("maxmemory", "1kb", replica).getFirst().key());
        var obeys = List.of(of.info(
                        r(0, 1),
                        "used_memory",
                        "2000",
                        "maxmemory_policy",
                        "allkeys-lru",
                        "config:replica-ignore-maxmemory",
                        "no")
                .of(r(0, 1)));
        assertEquals(Stake.DATA, Costs.stake("maxmemory", "1kb", obeys));
    }

    /** At a limit it deletes and refuses nothing, however full it is: the first that will is a master. Without a limit all are alike. */
    @Test
    void aReplicaIsNotTheFirstThatALimitHurts() {
        var of = new Layouts(3, 1)
                .info(m(0), "used_memory", "1000", "maxmemory_policy", "allkeys-lru")
                .info(r(0, 1), "used_memory", "1800", "maxmemory_policy", "allkeys-lru");
        var both = List.of(of.of(m(0)), of.of(r(0, 1)));
        assertEquals(List.of("room-evicts 1000"), told(both, "2kb"));
        assertEquals(List.of("replica-over 1800", "room-evicts 1000"), told(both, "1500"));
        assertEquals(List.of(), told(List.of(of.of(r(0, 1))), "2kb"));
        assertEquals(List.of("no-limit 1800"), told(both, "0"));
        assertEquals(List.of(), told(List.of(of.of(m(1))), "0"), "there is no limit to be above of");
    }

    private static List<String> told(List<Node> nodes, String limit) {
        return Costs.of("maxmemory", limit, nodes).stream()
                .map(s -> s.key().substring("config.cost.".length()) + " "
                        + s.args().get("used"))
                .toList();
    }

    /** A limit that hurts nobody yet is told with the node that it will hurt first; and of whom nothing is known. */
    @Test
    void theFullestIsNamed() {
        var of = new Layouts(3, 0)
                .info(m(0), "used_memory", "1000", "maxmemory_policy", "noeviction")
                .info(m(1), "used_memory", "2000", "maxmemory_policy", "noeviction");
        var costs = Costs.of("maxmemory", "1mb", List.copyOf(of.state().nodes().values()));
        assertEquals(
                List.of("config.cost.room-refuses", "config.cost.memory-untold"),
                costs.stream().map(Say::key).toList());
        assertEquals(of.of(m(1)).address().toString(), costs.getFirst().args().get("node"));
        assertEquals(
                List.of(of.of(m(2)).address().toString()),
                costs.getLast().args().get("node"));
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
