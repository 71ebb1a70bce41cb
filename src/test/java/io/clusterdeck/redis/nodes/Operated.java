package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.OneFolder;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.StepKind;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.aof.AofOperations;
import io.clusterdeck.redis.aof.AofSteps;
import io.clusterdeck.redis.config.ConfigOperations;
import io.clusterdeck.redis.config.ConfigSteps;
import io.clusterdeck.redis.drill.DrillGround;
import io.clusterdeck.redis.drill.DrillOperations;
import io.clusterdeck.redis.drill.DrillSteps;
import io.clusterdeck.redis.drill.Failovers;
import io.clusterdeck.redis.drill.Records;
import io.clusterdeck.redis.drill.Rehearsals;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.forecast.ForecastWords;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.timeline.Recorder;
import io.clusterdeck.redis.timeline.Remembered;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.Way;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A real cluster on this computer as Clusterdeck operates it: watched, with plans that run through a journal. Closes the cluster, too. */
public final class Operated implements AutoCloseable {
    public final LocalCluster cluster;
    public final Map<NodeAddress, NodeSite> learned = new ConcurrentHashMap<>();
    public final NodeOperations nodes;
    public final FailoverOperations failover;
    public final AofOperations aof;
    public final ConfigOperations config;
    public final DrillOperations drills;
    public final Ops ops;
    public final JournaledRuns runs;
    private final Set<NodeAddress> cutOff = ConcurrentHashMap.newKeySet();
    private final LettuceLinks links = new LettuceLinks(this::way, () -> Login.NONE);
    private final LocalHost host = new LocalHost(LocalCluster.HOST);
    private final ClusterWatch watch;
    private volatile ClusterSpec spec;
    private @Nullable Recorder recorder;

    /** @param down servers that do not run, so that this never saw them answer */
    public Operated(LocalCluster cluster, Path folder, Integer... down) {
        this.cluster = cluster;
        spec = cluster.spec();
        watch = new ClusterWatch(() -> spec, links);
        ops = new Ops(() -> spec, watch::now, links, ground(), s -> learned.put(s.address(), s));
        nodes = new NodeOperations(ops, ForecastWords::beyond);
        failover = new FailoverOperations(ops);
        aof = new AofOperations(ops);
        config = new ConfigOperations(ops);
        drills = new DrillOperations(new DrillGround(
                ops, Records.in(folder.resolve("drills")), new Rehearsals(), Failovers.of(this::recorder)));
        var kinds = new HashMap<String, StepKind>(NodeSteps.kinds(name -> ops));
        kinds.putAll(ConfigSteps.kinds(name -> ops));
        kinds.putAll(AofSteps.kinds(name -> aof));
        kinds.putAll(DrillSteps.kinds(name -> drills.ground()));
        runs = new JournaledRuns(new OneFolder(folder, ground()), kinds);
        sees(
                "every node",
                n -> n.size() == cluster.servers().size()
                        && n.stream().filter(Node::answers).count() == n.size() - down.length);
    }

    private Way way(NodeAddress to) throws Failure, InterruptedException {
        if (cutOff.contains(to)) {
            throw new Unreachable(Say.of("cut"), Say.of("cut"));
        }
        return Ways.DIRECT.to(to);
    }

    /** From now on we alone don't reach this server; the others do. */
    public void cutOff(int i) {
        cutOff.add(cluster.server(i).address());
        cluster.call(i, "CLIENT", "KILL", "TYPE", "normal");
        seesDown(i);
    }

    private Ground ground() {
        return new Ground() {
            @Override
            public Host host(HostName name) {
                assertEquals(LocalCluster.HOST, name);
                return host;
            }

            @Override
            public Optional<Secret> secret(String name) {
                return Optional.empty();
            }
        };
    }

    /** Records failovers from when it is first asked for. */
    private synchronized Recorder recorder() {
        if (recorder == null) {
            recorder = new Recorder(() -> spec, watch, links, ground(), new Remembered());
        }
        return recorder;
    }

    /** What is kept of the cluster is now this. */
    public void keep(ClusterSpec changed) {
        spec = changed;
    }

    public NodeId id(int i) {
        return cluster.server(i).id();
    }

    public Node node(int i) {
        return ops.now().get().node(id(i)).orElseThrow();
    }

    /** Waits until the watch sees it so. */
    public void sees(String what, Predicate<Collection<Node>> holds) {
        cluster.until("seen: " + what, () -> holds.test(ops.now().get().nodes().values()));
    }

    public void seesDown(int i) {
        cluster.until("seen down: " + i, () -> !node(i).answers());
    }

    /** Waits until the watch sees this server answer in this role, a replica with its link up. */
    public void seesRole(int i, boolean master) {
        cluster.until(
                "seen as " + (master ? "master" : "replica") + ": " + i,
                () -> node(i).answers()
                        && node(i).isMaster() == master
                        && (master || Successors.linkedToMaster(node(i))));
    }

    public static Offer.Ready ready(Offer offer) {
        return assertInstanceOf(Offer.Ready.class, offer, offer.toString());
    }

    public static Offer.Refused refused(Offer offer) {
        return assertInstanceOf(Offer.Refused.class, offer, offer.toString());
    }

    /** Runs it to its good end. */
    public RunState run(Offer offer) throws Exception {
        var state = runs.start(ready(offer).plan()).await();
        assertEquals(Outcome.DONE, state.ended().orElseThrow().outcome(), state.steps()::toString);
        return state;
    }

    /** Runs it to its end, whatever that is. */
    public RunState runToEnd(Offer offer) throws Exception {
        return runs.start(ready(offer).plan()).await();
    }

    /** Leaves the cluster alone, as a process that ends. */
    public synchronized void leave() {
        if (recorder != null) {
            recorder.close();
        }
        watch.close();
        links.close();
    }

    @Override
    public void close() {
        leave();
        cluster.close();
    }
}
