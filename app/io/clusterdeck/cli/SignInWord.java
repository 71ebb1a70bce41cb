package io.clusterdeck.cli;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One more host of a kept cluster, or another way to sign in to one: its nodes' processes are looked for there. */
@Command(name = "sign-in")
final class SignInWord extends ClusterWord {

    /** Seconds: a host behind another one is given up after twice the time that one sign-in may take. */
    private static final int PATIENCE = 40;

    /** A node that answers only since a host lets us through is found in the next look. */
    private static final Duration ONCE_MORE = Duration.ofSeconds(2);

    @Parameters(paramLabel = "CLUSTER", index = "0")
    String named = "";

    @Parameters(paramLabel = "HOST", index = "1", arity = "1..*")
    List<String> hosts = List.of();

    @Option(names = "--through", paramLabel = "HOST")
    String through = "";

    SignInWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        name = named;
        var cluster = cluster();
        seen(cluster);
        var ways = hosts.stream().map(HostSpec::parse).map(this::how).toList();
        for (var way : ways) {
            cluster.signIn(way);
        }
        Sight.until(
                cluster,
                s -> ways.stream().allMatch(w -> tried(cluster, w)),
                Duration.ofSeconds(Math.max(wait, PATIENCE)));
        long in = ways.stream().filter(w -> told(cluster, w)).count();
        var state = Sight.until(cluster, s -> looked(cluster, s), Duration.ofSeconds(wait));
        var unmatched = state.nodes().values().stream()
                .filter(n -> cluster.unmatched(n).isPresent())
                .toList();
        if (state.nodes().isEmpty()) {
            var slow = Sight.awaited(cluster, state);
            session.note(
                    slow.isEmpty()
                            ? Say.of("cli.nobody-there")
                            : Say.of("cli.nothing-heard", "seconds", wait, "nodes", slow, "more", 3 * wait));
            return in < ways.size() ? Code.FAILED : Code.UNKNOWN;
        }
        if (unmatched.isEmpty()) {
            forgetGuesses(cluster, state);
        }
        unmatched.forEach(n -> cluster.unmatched(n)
                .ifPresent(why -> session.note(
                        Say.of("cli.adopt.unmatched", "node", n.address(), "why", why.what(), "next", why.next()))));
        int all = state.nodes().size();
        session.result(Say.of("cli.signed-in", "name", named, "n", all, "matched", all - unmatched.size()));
        return in == ways.size() && unmatched.isEmpty() ? Code.DONE : Code.FAILED;
    }

    private static boolean seen(OpenCluster cluster, HostSpec way) {
        return !cluster.unseen().contains(way.name());
    }

    private static boolean tried(OpenCluster cluster, HostSpec way) {
        return seen(cluster, way) || cluster.unseen(way).isPresent();
    }

    /** Every host was looked at since, and every node was found, or looked for once more. */
    private static boolean looked(OpenCluster cluster, ClusterState state) {
        var looked = cluster.looked();
        var nodes = state.nodes().values();
        return looked.isPresent()
                && !nodes.isEmpty()
                && (nodes.stream().allMatch(n -> cluster.unmatched(n).isEmpty())
                        || nodes.stream().allMatch(Node::answers)
                                && looked.get().plus(ONCE_MORE).isBefore(state.at()));
    }

    /** Says of one host what came of it; whether it let us in. */
    private boolean told(OpenCluster cluster, HostSpec way) {
        var why = cluster.unseen(way);
        if (seen(cluster, way)) {
            session.result(Say.of("cli.sign-in.in", "host", way.name()));
            return true;
        }
        if (why.isPresent()) {
            session.failed(why.get().what(), why.get().next());
        } else {
            session.note(Say.of("cli.sign-in.slow", "host", way.name(), "seconds", Math.max(wait, PATIENCE)));
        }
        return false;
    }

    private HostSpec how(HostSpec host) {
        return through.isEmpty()
                ? host
                : new HostSpec(
                        host.name(), host.address(), host.port(), host.user(), host.keys(), through, host.password());
    }

    private static void forgetGuesses(OpenCluster cluster, ClusterState state) throws Failure {
        var announced = state.nodes().values().stream()
                .map(Node::address)
                .map(NodeAddress::host)
                .collect(Collectors.toSet());
        if (real(cluster.spec(), announced).size() < cluster.spec().hosts().size()) {
            cluster.change(now -> now.withHosts(real(now, announced)));
        }
    }

    /**
     * Without hosts that were only thought of, since nodes announce such addresses: that run none of them, and lead to no other host, as a
     * gateway does.
     */
    static List<HostSpec> real(ClusterSpec spec, Set<String> announced) {
        var used = new HashSet<String>();
        spec.sites().forEach(s -> used.add(s.host().value()));
        for (var host : spec.hosts()) {
            if (host.jump() != null) {
                Stream.of(host.jump().split(",", -1))
                        .map(String::strip)
                        .forEach(j -> used.addAll(List.of(j, HostSpec.parse(j).address())));
            }
        }
        return spec.hosts().stream()
                .filter(h -> !announced.contains(h.address())
                        || used.contains(h.name().value())
                        || used.contains(h.address()))
                .toList();
    }
}
