package io.clusterdeck.redis.create;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.JournalTap;
import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.OneFolder;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that became something else between the plan and its run: no cluster is made of them, and none is merged with theirs. */
@Tag("local")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class StrangersTest implements Ground {
    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private List<RealRedis> servers = List.of();
    private RealRedis stranger;
    private Ops ops;

    /** Three that are to become a cluster, and one that is none of them. */
    @BeforeEach
    void start() throws Exception {
        var all = RealRedis.cluster(4);
        open.addAll(all);
        servers = all.subList(0, 3);
        stranger = all.getLast();
        ops = ops();
    }

    @AfterEach
    void end() throws Exception {
        for (var o : open.reversed()) {
            o.close();
        }
    }

    private Ops ops() throws Exception {
        var seeds = servers.stream().map(RealRedis::address).toList();
        var spec = new ClusterSpec("three", false, false, List.of(), seeds, ClusterSpec.Access.DIRECT, "", List.of());
        var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
        var watch = new ClusterWatch(() -> spec, links);
        open.add(links);
        open.add(watch);
        watch.look(Duration.ofSeconds(20));
        return new Ops(() -> spec, watch::now, links, this, site -> {});
    }

    private Plan plan() {
        var create = new CreateOperations(ops);
        return ((Offer.Ready) await().until(() -> create.offer(0), Offer.Ready.class::isInstance)).plan();
    }

    /** Runs it, which must fail for this reason. */
    private void refused(String why, Plan plan, JournalTap tap) throws Exception {
        var state = new JournaledRuns(new OneFolder(folder, this), CreateSteps.kinds(name -> ops), tap)
                .start(plan)
                .await();
        assertEquals(Outcome.FAILED, state.ended().orElseThrow().outcome(), state::toString);
        assertTrue(state.toString().contains(why), state::toString);
    }

    private static String id(RealRedis server) {
        var lines = server.inline("CLUSTER MYID").lines().toList();
        return lines.getLast();
    }

    private static void meet(RealRedis one, RealRedis other) {
        assertEquals("+OK", one.inline("CLUSTER MEET 127.0.0.1 " + other.port()));
        await().until(() -> one.inline("CLUSTER NODES").contains(id(other))
                && other.inline("CLUSTER NODES").contains(id(one))
                && !one.inline("CLUSTER NODES").contains("handshake"));
    }

    private static boolean knowsOnly(RealRedis server, int count) {
        return server.inline("CLUSTER INFO").contains("cluster_known_nodes:" + count);
    }

    @Test
    void oneThatHoldsKeys() throws Exception {
        var plan = plan();
        var full = servers.get(1);
        var slot = full.inline("CLUSTER KEYSLOT x").substring(1);
        assertEquals("+OK", full.inline("CONFIG SET cluster-require-full-coverage no"));
        assertEquals("+OK", full.inline("CLUSTER ADDSLOTS " + slot));
        await().until(() -> full.inline("SET x 1").equals("+OK"));
        assertEquals("+OK", full.inline("CLUSTER DELSLOTS " + slot));
        assertEquals(":1", full.inline("DBSIZE"));
        refused("create.has-keys", plan, JournalTap.NONE);
        assertTrue(knowsOnly(servers.getFirst(), 1));
        // as soon as the watch has seen that the slot is nobody's again
        CreateTest.refused("create.has-keys", ops, 0);
        assertEquals(":1", full.inline("DBSIZE"), "it is nobody's to delete");
    }

    @Test
    void oneThatKnowsOthers() throws Exception {
        var plan = plan();
        meet(servers.get(2), stranger);
        refused("create.knows-others", plan, JournalTap.NONE);
        assertTrue(knowsOnly(servers.getFirst(), 1));
        assertTrue(knowsOnly(stranger, 2));
    }

    /** The trap of CLUSTER MEET: it joins a cluster that came between the last look and the step. */
    @Test
    void oneThatJoinsOthersAtTheLastMoment() throws Exception {
        var met = new AtomicBoolean();
        refused("create.knows-others", plan(), new JournalTap() {
            @Override
            public void after(String record) {
                if (record.contains("begun") && record.contains("meet") && met.compareAndSet(false, true)) {
                    meet(servers.get(2), stranger);
                }
            }
        });
        assertTrue(met.get());
        assertTrue(knowsOnly(stranger, 2), () -> stranger.inline("CLUSTER NODES"));
    }

    @Test
    void anotherServerAtThatAddress() throws Exception {
        var plan = plan();
        assertEquals("+OK", servers.get(1).inline("CLUSTER RESET HARD"));
        refused("create.other-node", plan, JournalTap.NONE);
    }

    @Test
    void oneThatFollowsWhomItShouldNot() throws Exception {
        var plan = plan();
        meet(servers.get(1), servers.getFirst());
        await().until(() -> servers.get(1)
                .inline("CLUSTER REPLICATE " + id(servers.getFirst()))
                .equals("+OK"));
        refused("create.follows", plan, JournalTap.NONE);
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
