package io.clusterdeck.deck;

import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A search over a cluster that is watched but not kept. */
final class Searching implements Search {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Keeps a cluster on the disk, with what was told to find it. */
    interface Keeper {
        void keep(ClusterSpec spec) throws Failure;
    }

    private final Opened cluster;
    private final NodeAddress seed;
    private final Keeper keeper;
    private final Consumer<Found> to;
    private final Instant began = Instant.now();
    private final Watch watch;
    private final Subscription each;
    private volatile Found found = Found.NOTHING;
    private volatile List<?> told = List.of();

    Searching(Opened cluster, NodeAddress seed, Keeper keeper, Consumer<Found> to) {
        this.cluster = cluster;
        this.seed = seed;
        this.keeper = keeper;
        this.to = to;
        this.watch = cluster.watch();
        var watching = watch.each(this::see);
        this.each = watching::close;
    }

    /** On the watch's thread. */
    private void see(ClusterState state) {
        if (!state.views().isEmpty()) {
            var spec = cluster.spec();
            var full = Adopting.complete(spec, state, cluster.look()::sought);
            if (!full.equals(spec)) {
                cluster.knowMore(seen -> Adopting.complete(seen, state, cluster.look()::sought));
            }
        }
        var now = of(state);
        var marks = marks(now);
        found = now;
        if (!marks.equals(told)) {
            told = marks;
            to.accept(now);
        }
    }

    private Found of(ClusterState state) {
        var spec = cluster.spec();
        var look = cluster.look();
        if (state.views().isEmpty()) {
            var contact = watch.contact(seed);
            boolean told = contact instanceof Contact.Refuses || contact instanceof Contact.Gone;
            boolean late = began.plus(PATIENCE).isBefore(Instant.now());
            var failure = told || late ? Optional.of(Adopting.why(seed, contact)) : Optional.<Failure>empty();
            return new Found(List.of(), hosts(spec, look), false, failure);
        }
        var nodes = state.nodes().values().stream()
                .map(n -> new Found.One(n, site(spec, n.address()), look.unmatched(n)))
                .toList();
        return new Found(nodes, hosts(spec, look), look.looked().isPresent(), Optional.empty());
    }

    private static Optional<NodeSite> site(ClusterSpec spec, NodeAddress address) {
        return spec.sites().stream().filter(s -> s.at(address)).findFirst();
    }

    private static List<Found.Machine> hosts(ClusterSpec spec, HostLook look) {
        return spec.hosts().stream()
                .map(h -> new Found.Machine(
                        h,
                        look.seen(h)
                                || spec.sites().stream().anyMatch(s -> s.host().equals(h.name())),
                        look.unseen(h)))
                .toList();
    }

    /** What of it is worth telling: not every new answer of every node. */
    private static List<?> marks(Found found) {
        return List.of(
                found.nodes().stream()
                        .map(n -> List.of(
                                n.node().address(),
                                n.node().role(),
                                n.node().contact().getClass(),
                                n.site().isPresent(),
                                n.why().map(Failure::what).map(Object::toString).orElse("")))
                        .toList(),
                found.hosts().stream()
                        .map(h -> List.of(
                                h.host(),
                                h.in(),
                                h.why().map(Failure::what).map(Object::toString).orElse("")))
                        .toList(),
                found.failure().map(Failure::what).map(Object::toString).orElse(""));
    }

    @Override
    public Found now() {
        return found;
    }

    @Override
    public void signIn(HostSpec how) throws Failure {
        cluster.signIn(how);
    }

    @Override
    public Adopted keep(String name) throws Failure {
        var kept = cluster.spec().named(name);
        keeper.keep(kept);
        var last = found;
        close();
        return new Adopted(kept, last);
    }

    @Override
    public void close() {
        each.close();
        cluster.close();
    }
}
