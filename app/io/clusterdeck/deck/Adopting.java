package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Finds out what a cluster consists of, starting from one address. */
final class Adopting {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Adopting() {}

    /** Waits until one node told the whole cluster; fails with what that one address said otherwise. */
    static ClusterState seen(NodeAddress seed, Watch watch) throws Failure, InterruptedException {
        var found = new CountDownLatch(1);
        try (var each = watch.each(state -> {
            if (whole(state)) {
                found.countDown();
            }
        })) {
            boolean seen = found.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            var now = watch.now();
            if (seen || whole(now)) {
                return now;
            }
            throw why(seed, now);
        }
    }

    private static boolean whole(ClusterState state) {
        return !state.views().isEmpty()
                && state.nodes().values().stream().noneMatch(n -> n.contact() instanceof Contact.Unknown);
    }

    private static Failure why(NodeAddress seed, ClusterState now) {
        for (var node : now.nodes().values()) {
            if (node.contact() instanceof Contact.Refuses refuses) {
                return new SignInRefused(
                        Say.of("deck.adopt.refused", "node", seed, "why", refuses.why()),
                        Say.of("deck.adopt.refused.next"));
            }
            if (node.contact() instanceof Contact.Gone gone) {
                return new Unreachable(
                        Say.of("deck.adopt.gone", "node", seed, "why", gone.why()), Say.of("deck.adopt.gone.next"));
            }
        }
        return new Unreachable(Say.of("deck.adopt.silent", "node", seed), Say.of("deck.adopt.gone.next"));
    }

    /** With every node as a seed, and a host for every address that no given host stands for. */
    static ClusterSpec complete(ClusterSpec spec, ClusterState seen) {
        var seeds = new LinkedHashSet<NodeAddress>(spec.seeds());
        var hosts = new ArrayList<HostSpec>(spec.hosts());
        seen.nodes().values().stream().map(Node::address).forEach(seeds::add);
        if (spec.access() == ClusterSpec.Access.DIRECT || hosts.size() != 1) {
            seeds.stream()
                    .map(NodeAddress::host)
                    .distinct()
                    .filter(a -> hosts.stream().noneMatch(h -> h.address().equals(a)))
                    .forEach(a -> hosts.add(host(a, spec.hosts())));
        }
        return spec.withSeeds(List.copyOf(seeds)).withHosts(hosts);
    }

    /** Loopback is this computer; another machine is signed in to as the first that was given. */
    private static HostSpec host(String address, List<HostSpec> given) {
        var plain = HostSpec.of(address);
        if (address.startsWith("127.") || address.equals("::1") || address.equals("localhost")) {
            return new HostSpec(plain.name(), "local", 0, null, List.of(), null, false);
        }
        return given.isEmpty()
                ? plain
                : new HostSpec(
                        plain.name(),
                        address,
                        given.getFirst().port(),
                        given.getFirst().user(),
                        given.getFirst().keys(),
                        given.getFirst().jump(),
                        given.getFirst().password());
    }
}
