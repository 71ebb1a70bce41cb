package io.clusterdeck.redis.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeighbourTest {

    private static ClusterSpec cluster(String name, HostSpec host, int port) {
        var path = new RemotePath("/r");
        var site = NodeSite.of(new NodeAddress("10.0.0.1", port), host.name(), path, path, path);
        return new ClusterSpec(
                name, false, false, List.of(host), List.of(), ClusterSpec.Access.DIRECT, "", List.of(site));
    }

    private static HostSpec host(String name, String address, String jump) {
        return new HostSpec(new HostName(name), address, 22, "ops", List.of(), jump, false);
    }

    /** By where it is, not by what somebody calls it. */
    @Test
    void clustersShareAMachineByItsAddress() {
        var carts = cluster("carts", host("h1", "10.0.0.1", null), 9000);
        var sessions = cluster("sessions", host("box", "10.0.0.1", null), 7000);
        var elsewhere = cluster("elsewhere", host("h1", "10.9.9.9", null), 7001);
        var behind = cluster("behind", host("h1", "10.0.0.1", "gate"), 7002);
        var kept = List.of(carts, sessions, elsewhere, behind);
        assertEquals(
                List.of(new Neighbour("sessions", new HostName("box"), Set.of(7000))),
                Neighbour.of("carts", carts.hosts().getFirst(), kept));
        assertEquals(List.of(), Neighbour.of("behind", behind.hosts().getFirst(), kept));
    }
}
