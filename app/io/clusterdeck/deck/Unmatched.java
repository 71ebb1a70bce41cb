package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Why nodes could not be matched to a host and a process. Safe for use by many threads. */
final class Unmatched {

    private final Map<NodeId, Failure> nodes = new ConcurrentHashMap<>();
    private final Function<HostSpec, Optional<Failure>> hosts;

    /** @param hosts tells why a host can't be looked at */
    Unmatched(Function<HostSpec, Optional<Failure>> hosts) {
        this.hosts = hosts;
    }

    void node(NodeId node, Failure why) {
        nodes.put(node, why);
    }

    /** It went well. */
    void forget(NodeId node) {
        nodes.remove(node);
    }

    /** All are to be looked for once more. */
    void again() {
        nodes.clear();
    }

    /**
     * Nothing for a node whose process and files are known.
     *
     * @param sought whether it was looked for on all hosts
     */
    Optional<Failure> why(ClusterSpec spec, Node node, boolean sought) {
        var address = node.address();
        if (spec.sites().stream().anyMatch(s -> s.at(address))) {
            return Optional.empty();
        }
        var own = spec.hosts().stream()
                .filter(h -> h.address().equals(address.host()))
                .findFirst();
        var told = Optional.ofNullable(nodes.get(node.id())).or(() -> own.flatMap(hosts));
        if (told.isPresent()) {
            return told;
        }
        if (own.isEmpty()) {
            var unseen =
                    spec.hosts().stream().flatMap(h -> hosts.apply(h).stream()).findFirst();
            if (unseen.isPresent()) {
                return unseen;
            }
        }
        if (own.isPresent() && !node.answers()) {
            return Optional.of(new NotAllowed(
                    Say.of("adopt.unmatched.silent", "node", address), Say.of("adopt.unmatched.silent.next")));
        }
        if (own.isPresent()) {
            return notYet(node, List.of(address.host()));
        }
        if (node.answers() && !sought && !spec.hosts().isEmpty()) {
            return notYet(node, spec.hosts().stream().map(HostSpec::address).toList());
        }
        return Optional.of(new NotAllowed(
                Say.of(
                        "adopt.unmatched.no-host",
                        "node",
                        address,
                        "hosts",
                        spec.hosts().size()),
                Say.of("adopt.unmatched.no-host.next")));
    }

    private static Optional<Failure> notYet(Node node, List<String> hosts) {
        return Optional.of(new NotAllowed(
                Say.of("adopt.unmatched.not-yet", "node", node.address(), "host", hosts),
                Say.of("adopt.unmatched.not-yet.next")));
    }
}
