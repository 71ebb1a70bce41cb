package io.clusterdeck.redis.create;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.JournalTap;
import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.OneFolder;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.redis.watch.Settled;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("local")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CreateTest implements Ground {

    @TempDir
    private Path folder;

    private final List<RealRedis> servers = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Path runs = Path.of("");

    @AfterEach
    void end() throws Exception {
        for (var o : open) {
            o.close();
        }
        servers.forEach(RealRedis::close);
    }

    /** Operations on the servers, with a watch that has seen them all. */
    private Ops ops() throws Exception {
        var local = new HostSpec(new HostName("here"), "local", 0, null, List.of(), null, false);
        var spec = new ClusterSpec(
                "six",
                false,
                false,
                List.of(local),
                servers.stream().map(RealRedis::address).toList(),
                ClusterSpec.Access.DIRECT,
                "",
                List.of());
        var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
        var watch = new ClusterWatch(() -> spec, links);
        open.add(watch);
        open.add(links);
        watch.look(Duration.ofSeconds(20));
        return new Ops(() -> spec, watch::now, links, this, site -> {});
    }

    /** Once every server was seen to answer: on a busy machine one of them may be silent for a moment. */
    private Plan plan(Ops ops, int replicas) {
        var create = new CreateOperations(ops);
        var offer = await().until(() -> create.offer(replicas), Offer.Ready.class::isInstance);
        return ((Offer.Ready) offer).plan();
    }

    /** For this reason, once every server was seen; and at no time is it offered. */
    static void refused(String why, Ops ops, int replicas) {
        var create = new CreateOperations(ops);
        await().until(
                        () -> assertInstanceOf(Offer.Refused.class, create.offer(replicas))
                                .why()
                                .key(),
                        why::equals);
    }

    private RunState run(Ops ops, Plan plan, JournalTap tap) throws Exception {
        return new JournaledRuns(new OneFolder(runs, this), CreateSteps.kinds(name -> ops), tap)
                .start(plan)
                .await();
    }

    private void assertCreated(Ops ops) throws Exception {
        var addresses = servers.stream().map(RealRedis::address).toList();
        assertEquals(List.of(), Settled.missing(ops.links(), addresses));
        for (var server : servers) {
            assertTrue(
                    server.inline("CONFIG GET cluster-node-timeout").endsWith("\r\n15000"),
                    server.inline("CONFIG GET cluster-node-timeout"));
            assertTrue(server.inline("CONFIG GET repl-diskless-sync-delay").endsWith("\r\n5"));
            assertTrue(server.inline("DBSIZE").equals(":0"));
            assertTrue(server.inline("CLUSTER INFO").contains("cluster_slots_ok:16384"));
        }
    }

    @Test
    void sixServersBecomeACluster() throws Exception {
        servers.addAll(RealRedis.cluster(6));
        runs = folder;
        var ops = ops();
        var plan = plan(ops, 1);
        assertTrue(plan.costs().stream().anyMatch(c -> c.key().equals("create.cost.equivalent")));
        assertTrue(plan.steps().stream().noneMatch(s -> s.commands().isEmpty()));
        var state = run(ops, plan, JournalTap.NONE);
        assertEquals(Outcome.DONE, state.ended().orElseThrow().outcome(), state.toString());
        assertCreated(ops);
        var seen = await().until(
                        ops.now()::get,
                        s -> s.owners().covered() == 16384
                                && s.health().stream().noneMatch(f -> f.level() == Level.BAD)
                                && s.shards().stream()
                                                .filter(h -> h.replicas().size() == 1)
                                                .count()
                                        == 3);
        assertEquals(
                List.of(1L, 2L, 3L),
                seen.nodes().values().stream()
                        .filter(Node::isMaster)
                        .map(Node::epoch)
                        .sorted()
                        .toList());

        // a second look offers nothing: there is a cluster
        refused("create.exists", ops, 1);
    }

    @Test
    void twentyWithTwoReplicasEachAndMore() throws Exception {
        servers.addAll(RealRedis.cluster(20));
        assertMade();
    }

    /** More than meet each by each: gossip takes its time. */
    @Test
    @Tag("soak")
    void thirtySixInWaves() throws Exception {
        servers.addAll(RealRedis.cluster(36));
        assertMade();
    }

    private void assertMade() throws Exception {
        runs = folder;
        var ops = ops();
        var state = run(ops, plan(ops, 2), JournalTap.NONE);
        assertEquals(Outcome.DONE, state.ended().orElseThrow().outcome(), state.toString());
        assertCreated(ops);
    }

    /** Dies before and after every record of the journal, goes on, and ends with the same cluster and the nodes' own settings. */
    @Test
    void haltedAtEveryRecord() throws Exception {
        boolean ended = false;
        for (int point = 0; !ended; point++) {
            servers.addAll(RealRedis.cluster(6));
            runs = Files.createDirectory(folder.resolve("halt" + point));
            var ops = ops();
            var plan = plan(ops, 1);
            var count = new AtomicInteger();
            int at = point;
            try {
                ended = run(ops, plan, new JournalTap() {
                            @Override
                            public void before(String record) {
                                here();
                            }

                            @Override
                            public void after(String record) {
                                here();
                            }

                            private void here() {
                                if (count.getAndIncrement() == at) {
                                    throw new Halted("record " + at);
                                }
                            }
                        })
                        .ended()
                        .isPresent();
            } catch (JournalTap.Halted atTheFirst) {
                ended = false;
            }
            if (!ended) {
                var again = new JournaledRuns(new OneFolder(runs, this), CreateSteps.kinds(name -> ops));
                var all = again.all();
                var state = all.isEmpty()
                        ? again.start(plan).await()
                        : all.getFirst().resumable() ? again.resume(plan.id()).await() : all.getFirst();
                assertEquals(Outcome.DONE, state.ended().orElseThrow().outcome(), "halted at " + at + " " + state);
            }
            assertCreated(ops);
            end();
            open.clear();
            servers.clear();
        }
    }

    /** Cancelled while the timeout is lowered: it is put back, and nothing else is left behind. */
    @Test
    void whatWasLoweredIsUndone() throws Exception {
        servers.addAll(RealRedis.cluster(6));
        runs = folder;
        var ops = ops();
        var tune = plan(ops, 1).steps().getFirst();
        tune.apply(this, line -> {});
        assertTrue(servers.getFirst().inline("CONFIG GET cluster-node-timeout").endsWith("\r\n" + Draft.HURRIED));
        servers.getLast().kill();
        tune.undo(this, line -> {});
        for (var server : servers.subList(0, 5)) {
            assertTrue(server.inline("CONFIG GET cluster-node-timeout").endsWith("\r\n15000"));
        }
    }

    @Test
    void serversThatAreNotEmptyAreRefused() throws Exception {
        servers.addAll(RealRedis.cluster(6));
        runs = folder;
        var ops = ops();
        var plan = plan(ops, 1);
        assertEquals("+OK", servers.get(2).inline("CLUSTER ADDSLOTS 866"));
        assertEquals("+OK", servers.get(2).inline("CLUSTER SET-CONFIG-EPOCH 9"));
        refused("create.exists", ops(), 1);
        // and a plan that was made before looks again
        var state = run(ops, plan, JournalTap.NONE);
        assertEquals(Outcome.FAILED, state.ended().orElseThrow().outcome());
        assertEquals(
                "create.has-slots",
                state.steps().values().iterator().next().busy().map(Say::key).orElseThrow());
        assertTrue(servers.getFirst().inline("CLUSTER INFO").contains("cluster_known_nodes:1"));
        assertEquals("+OK", servers.get(2).inline("CLUSTER DELSLOTS 866"));
        refused("create.has-epoch", ops(), 1);
    }

    @Test
    void aServerThatIsAwayIsNotLeftOut() throws Exception {
        servers.addAll(RealRedis.cluster(7));
        servers.getLast().kill();
        refused("create.away", ops(), 1);
    }

    @Test
    void tooFewMasters() throws Exception {
        servers.addAll(RealRedis.cluster(5));
        refused("create.too-few", ops(), 1);
    }

    @Override
    public Host host(HostName name) {
        throw new AssertionError("no host is needed");
    }

    @Override
    public Optional<Secret> secret(String name) {
        return Optional.empty();
    }
}
