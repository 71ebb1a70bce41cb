package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Why nodes could not be matched to a host and a process. Safe for use by many threads. */
final class Unmatched {

    private final Map<NodeId, Failure> nodes = new ConcurrentHashMap<>();
    private final Map<String, Failure> hosts = new ConcurrentHashMap<>();

    void node(NodeId node, Failure why) {
        nodes.put(node, why);
    }

    /** @param address of the host, as it is signed in to */
    void host(String address, Failure why) {
        hosts.put(address, why);
    }

    /** It went well. */
    void forget(NodeId node) {
        nodes.remove(node);
    }

    /** It could be looked at. */
    void forgetHost(String address) {
        hosts.remove(address);
    }

    /** To be tried again. */
    void forget(String address) {
        hosts.remove(address);
        nodes.clear();
    }

    /** Why a host can't be looked at. */
    Optional<Failure> why(String address) {
        return Optional.ofNullable(hosts.get(address));
    }

    /** Nothing for a node whose process and files are known. */
    Optional<Failure> why(ClusterSpec spec, Node node) {
        var address = node.address();
        if (spec.sites().stream().anyMatch(s -> s.at(address))) {
            return Optional.empty();
        }
        var own = spec.hosts().stream()
                .filter(h -> h.address().equals(address.host()))
                .map(HostSpec::address)
                .findFirst();
        var told = Optional.ofNullable(nodes.get(node.id())).or(() -> own.flatMap(this::why));
        if (told.isPresent()) {
            return told;
        }
        for (var host : spec.hosts()) {
            if (own.isEmpty() && hosts.containsKey(host.address())) {
                return why(host.address());
            }
        }
        if (own.isPresent() && !node.answers()) {
            return Optional.of(new NotAllowed(
                    Say.of("adopt.unmatched.silent", "node", address), Say.of("adopt.unmatched.silent.next")));
        }
        if (own.isPresent()) {
            return Optional.of(new NotAllowed(
                    Say.of("adopt.unmatched.not-yet", "node", address, "host", address.host()),
                    Say.of("adopt.unmatched.not-yet.next")));
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
}
