package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** On which host a node is: by the cluster's sites, else by the hosts' addresses; loopback is the host that is this computer. */
final class Places {

    private final ClusterSpec spec;
    private final Map<String, HostName> byNode = new HashMap<>();
    private final Map<String, HostName> byAddress = new HashMap<>();

    Places(ClusterSpec spec) {
        this.spec = spec;
        spec.sites().forEach(s -> byNode.put(s.address().toString(), s.host()));
        for (var host : spec.hosts()) {
            byAddress.put(host.address(), host.name());
        }
        var local = spec.hosts().stream().filter(HostSpec::local).toList();
        if (local.size() == 1) {
            byAddress.putIfAbsent("127.0.0.1", local.getFirst().name());
            byAddress.putIfAbsent("::1", local.getFirst().name());
        }
    }

    ClusterSpec spec() {
        return spec;
    }

    Optional<HostName> of(NodeAddress node) {
        return Optional.ofNullable(byNode.get(node.toString()))
                .or(() -> Optional.ofNullable(byAddress.get(node.host())));
    }
}
