package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.PlanJson;
import io.clusterdeck.redis.build.Arrangement.Outcome.Done;
import io.clusterdeck.redis.build.Arrangement.Outcome.Refused;
import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrangementTest {

    private static final String FOUR = BlueprintTest.GOOD + "  - {name: h4, ssh: 10.0.0.4}\n";
    private static final HostName H1 = new HostName("h1");
    private static final HostName H2 = new HostName("h2");
    private static final HostName H4 = new HostName("h4");

    private static final NodeName MASTER1 = new NodeName(H1, 9000);
    private static final NodeName MASTER2 = new NodeName(H2, 9000);

    private static Arrangement start() {
        return Arrangement.of(Building.read(FOUR));
    }

    private static NodeName replicaOf(Arrangement a, NodeName master) {
        return a.shards().get(a.shard(master)).get(1);
    }

    private static Arrangement done(Arrangement.Outcome outcome) {
        return assertInstanceOf(Done.class, outcome).now();
    }

    /** A master that may go to h4. */
    private static NodeName mover(Arrangement a) {
        return a.shards().stream()
                .filter(s -> s.stream().noneMatch(n -> n.host().equals(H4)))
                .map(List::getFirst)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNodeTakesTheFirstFreePortOfItsNewHost() {
        var before = start();
        var mover = mover(before);
        var moved = done(before.move(mover, H4));
        assertFalse(moved.on(mover.host()).contains(mover));
        var there = moved.on(H4).getLast();
        assertTrue(moved.master(there));
        assertEquals(before.shard(mover), moved.shard(there));
        assertTrue(before.on(H4).stream().noneMatch(n -> n.port() == there.port()));
    }

    @Test
    void aFullHostGetsOneMorePort() {
        var now = start();
        while (now.on(H4).size() < 3) {
            var from = now.shards().stream()
                    .flatMap(List::stream)
                    .filter(n -> !n.host().equals(H4))
                    .filter(sibling(now))
                    .findFirst()
                    .orElseThrow();
            now = done(now.move(from, H4));
        }
        assertEquals(List.of(9000, 9001, 9002), now.ports());
        assertEquals(9002, now.on(H4).getLast().port());
    }

    private static java.util.function.Predicate<NodeName> sibling(Arrangement now) {
        return n ->
                now.shards().get(now.shard(n)).stream().noneMatch(s -> s.host().equals(H4));
    }

    @Test
    void noReplicaGoesToItsMastersHostUnlessInsisted() {
        var before = start();
        var replica = replicaOf(before, MASTER1);
        var refused = assertInstanceOf(Refused.class, before.move(replica, H1));
        assertEquals("build.arrange.together", refused.why().key());
        var insisted = refused.insisted().orElseThrow();
        assertEquals(before.shard(MASTER1), insisted.shard(insisted.on(H1).getLast()));
        // the same from the other side
        assertInstanceOf(Refused.class, before.move(MASTER1, replica.host()));
    }

    @Test
    void twoNodesChangePlaces() {
        var before = start();
        var swapped = done(before.swap(MASTER1, MASTER2));
        assertEquals(before.shard(MASTER1), swapped.shard(MASTER2));
        assertTrue(swapped.master(MASTER1) && swapped.master(MASTER2));
        // the replica of shard 1 beside its master
        var replica = replicaOf(before, MASTER1);
        var full = done(before.move(mover(before), H1));
        var beside =
                full.on(H1).stream().filter(n -> !n.equals(MASTER1)).findFirst().orElseThrow();
        assertInstanceOf(Refused.class, full.swap(replica, beside));
    }

    @Test
    void aReplicaBecomesTheMaster() {
        var before = start();
        var replica = replicaOf(before, MASTER1);
        var now = before.promote(replica);
        assertTrue(now.master(replica));
        assertFalse(now.master(MASTER1));
    }

    /** What the operator arranged goes through the file and comes out as the identical plan. */
    @Test
    void aBlueprintCarriesAnArrangement() {
        var blueprint = Building.read(FOUR);
        var moved = done(start().move(mover(start()), H4));
        var tree = BlueprintWriter.tree(blueprint);
        var layout = new LinkedHashMap<Object, Object>((Map<?, ?>) tree.get("layout"));
        layout.put("ports", moved.ports());
        tree.put("layout", layout);
        tree.put(
                "placement",
                moved.shards().stream()
                        .map(s -> s.stream().map(Object::toString).toList())
                        .toList());
        var read = Building.read(BlueprintWriter.text(tree));
        assertEquals(moved, Arrangement.of(read));
        assertEquals(hash(read), hash(Building.read(BlueprintWriter.write(read))));
        assertFalse(hash(read).equals(hash(blueprint)));
    }

    static String hash(Blueprint b) {
        var facts = new LinkedHashMap<HostName, HostFacts>();
        var told = Map.of("arch", List.of("x86_64"), "root", List.of("/r"), "writable", List.of("yes"));
        b.hosts()
                .forEach(h -> facts.put(
                        h.name(),
                        HostFacts.of(
                                h.name(),
                                new Exit(0, told, Optional.empty(), Optional.empty(), List.of()),
                                Instant.EPOCH,
                                Instant.EPOCH)));
        return PlanJson.hash(
                BuildPlanner.plan(new PlanId("p"), b, facts, "0".repeat(32), Path.of("shelf"), Path.of("tls"))
                        .plan());
    }
}
