package io.clusterdeck.redis.build;

import io.clusterdeck.ssh.HostSpec;
import java.util.List;
import java.util.Optional;

/** Where the servers of a host listen. */
public final class Listening {

    private Listening() {}

    /**
     * As said, else the address that SSH reached, else loopback for this computer alone; empty where nobody could say.
     *
     * @param said addresses, in the order in which a server is told them
     * @param address by which SSH knows the host
     * @param hosts how many the cluster has
     */
    public static List<String> of(List<String> said, String address, HostFacts facts, int hosts) {
        if (!said.isEmpty()) {
            return said;
        }
        if (HostSpec.local(address)) {
            return hosts == 1 ? List.of("127.0.0.1") : List.of();
        }
        return facts.sshAddress()
                .or(() -> Optional.of(address).filter(HostReader::isAddress))
                .map(List::of)
                .orElse(List.of());
    }
}
