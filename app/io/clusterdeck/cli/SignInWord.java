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

    /** Seconds: hosts that can not be reached are given up one after another. */
    private static final int PATIENCE = 40;

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
        for (var host : hosts) {
            cluster.signIn(how(HostSpec.parse(host)));
        }
        var state = Sight.until(
                cluster,
                s -> s.nodes().values().stream()
                        .allMatch(n -> cluster.unmatched(n).isEmpty()),
                Duration.ofSeconds(Math.max(wait, PATIENCE)));
        var unmatched = state.nodes().values().stream()
                .filter(n -> cluster.unmatched(n).isPresent())
                .toList();
        if (unmatched.isEmpty()) {
            forgetGuesses(cluster, state);
        }
        unmatched.forEach(n -> cluster.unmatched(n)
                .ifPresent(why -> session.note(
                        Say.of("cli.adopt.unmatched", "node", n.address(), "why", why.what(), "next", why.next()))));
        int all = state.nodes().size();
        session.result(Say.of("cli.signed-in", "name", named, "n", all, "matched", all - unmatched.size()));
        return unmatched.isEmpty() ? Code.DONE : Code.FAILED;
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
