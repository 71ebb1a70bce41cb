package io.clusterdeck.views;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.Consoles;
import io.clusterdeck.deck.Demo;
import io.clusterdeck.deck.Forgotten;
import io.clusterdeck.deck.Found;
import io.clusterdeck.deck.MergedLogs;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.Search;
import io.clusterdeck.deck.paper.Papers;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.config.ConfigOperations;
import io.clusterdeck.redis.drill.DrillOperations;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.forecast.ForecastWords;
import io.clusterdeck.redis.hosts.CableOperations;
import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Mute;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.NodeOperations;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.safety.SafetyOperations;
import io.clusterdeck.redis.timeline.Recorder;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A deck of made-up clusters: what it shows is set by the test. */
public final class SampleDeck extends SampleParts {
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final List<Consumer<List<ClusterSpec>>> listeners = new CopyOnWriteArrayList<>();
    Found searched = Found.NOTHING;
    /** Runs while what was found is kept. */
    Runnable keeping = () -> {};

    final SampleRuns runs = new SampleRuns();

    /** Adds a cluster that shows {@code state}. */
    public Cluster add(ClusterSpec spec, ClusterState state) {
        var cluster = new Cluster(spec, state);
        clusters.put(spec.name(), cluster);
        listeners.forEach(l -> l.accept(clusters()));
        return cluster;
    }

    /** Lets a cluster be seen in another state. */
    public void show(String name, ClusterState state) {
        var cluster = clusters.get(name);
        if (cluster != null) {
            cluster.show(state);
        }
    }

    @Override
    public List<ClusterSpec> clusters() {
        return clusters.values().stream().map(c -> c.spec).toList();
    }

    @Override
    public Subscription eachClusters(Consumer<List<ClusterSpec>> to) {
        listeners.add(to);
        to.accept(clusters());
        return () -> listeners.remove(to);
    }

    @Override
    public OpenCluster open(String name) {
        var cluster = clusters.get(name);
        if (cluster == null) {
            throw new IllegalArgumentException(name);
        }
        return cluster;
    }

    @Override
    public Offer build(Blueprint wish) {
        throw new UnsupportedOperationException("nothing is built on a sample");
    }

    @Override
    public Offer destroy(String cluster, boolean removeData) {
        throw new UnsupportedOperationException("nothing is destroyed on a sample");
    }

    @Override
    public Search search(Adoption wish, Consumer<Found> to) {
        return new SampleSearch(wish, to, searched, () -> keeping.run());
    }

    @Override
    public Forgotten forget(String cluster) {
        var gone = clusters.remove(cluster);
        listeners.forEach(l -> l.accept(clusters()));
        return () -> add(Objects.requireNonNull(gone).spec, gone.state);
    }

    @Override
    public Papers papers() {
        return SamplePapers.ALL;
    }

    @Override
    public Demo demo() {
        throw new UnsupportedOperationException("a sample needs no demo");
    }

    @Override
    public List<Demo> leftoverDemos() {
        return List.of();
    }

    @Override
    public Optional<Say> note() {
        return Optional.empty();
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public void close() {}

    /** Lets a run be seen. */
    public void ran(RunState run) {
        runs.ran(run);
    }

    /** One cluster of it. */
    public static final class Cluster extends SampleIdle implements Watch {
        final List<String> passwords = new CopyOnWriteArrayList<>();
        private ClusterSpec spec;
        private ClusterState state;
        private Recorder recorder;
        private Upkeep upkeep = Upkeep.NONE;
        private volatile Optional<Failure> noLog = Optional.empty();
        private final List<Consumer<ClusterState>> listeners = new CopyOnWriteArrayList<>();

        private Cluster(ClusterSpec spec, ClusterState state) {
            this.spec = spec;
            this.state = state;
        }

        public void refuseLogs(Optional<Failure> why) {
            noLog = why;
        }

        void show(ClusterState now) {
            state = now;
            listeners.forEach(l -> l.accept(now));
        }

        @Override
        public ClusterSpec spec() {
            return spec;
        }

        @Override
        public void keep(ClusterSpec changed) {
            spec = changed;
        }

        @Override
        public void change(UnaryOperator<ClusterSpec> change) {
            spec = change.apply(spec);
        }

        @Override
        public Watch watch() {
            return this;
        }

        @Override
        public NodeOperations nodes() {
            return new NodeOperations(ops(), ForecastWords::beyond);
        }

        private Ops ops() {
            return new Ops(this::spec, this::now, new Nowhere.NoLinks(), new Nowhere.NoGround(), site -> {});
        }

        @Override
        public Offer changePassword(String user, Optional<Secret> to, boolean retire) {
            passwords.add(to.map(Secret::reveal).orElse(""));
            return Consents.refused(Say.of("config.password.none"), Say.of("config.password.none.next"));
        }

        @Override
        public ConfigOperations config() {
            return new ConfigOperations(ops());
        }

        @Override
        public Recorder timelines() {
            if (recorder == null) {
                recorder = SampleFailovers.recorder(() -> spec.withSites(List.of()), this, spec.name());
            }
            return recorder;
        }

        @Override
        public DrillOperations drills() {
            return SampleDrills.of(ops());
        }

        @Override
        public HostOperations hosts() {
            return new HostOperations(ops());
        }

        @Override
        public CableOperations cables() {
            return new CableOperations(ops());
        }

        @Override
        public Consoles consoles() {
            return new Nowhere.NoConsoles();
        }

        @Override
        public MergedLogs logs() {
            return Nowhere::logs;
        }

        @Override
        public SafetyOperations safety() {
            return new SafetyOperations(ops(), new FailoverOperations(ops()));
        }

        @Override
        public Upkeep upkeep() {
            return upkeep;
        }

        @Override
        public void planMasters() {}

        @Override
        public void mute(String rule, Optional<NodeAddress> node, String note) {
            upkeep = upkeep.muting(new Mute(rule, node, "ops@deck1", Sample.NOW, note));
        }

        @Override
        public void unmute(String rule, Optional<NodeAddress> node) {
            upkeep = upkeep.without(rule, node);
        }

        @Override
        public Following log(NodeId node, int back, Consumer<LogLine> to) throws Failure {
            if (noLog.isPresent()) {
                throw noLog.get();
            }
            return Nowhere.log(to);
        }

        @Override
        public ClusterState now() {
            return state;
        }

        @Override
        public Subscription each(Consumer<ClusterState> to) {
            listeners.add(to);
            return () -> listeners.remove(to);
        }

        @Override
        public void close() {
            listeners.clear();
        }
    }
}
