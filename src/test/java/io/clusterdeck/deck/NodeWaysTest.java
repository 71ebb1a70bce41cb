package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.SshFiles;
import io.clusterdeck.ssh.Sshd;
import io.clusterdeck.ssh.Way;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are announced under the address of a gateway, which lets nobody in. */
@Tag("local")
@Timeout(300)
class NodeWaysTest {

    private static final HostSpec HERE = new HostSpec(new HostName("here"), "local", 0, null, List.of(), null, false);

    @TempDir
    Path folder;

    private static ClusterSpec spec(NodeAddress node, HostSpec... hosts) {
        return new ClusterSpec(
                "carts",
                false,
                false,
                List.of(hosts),
                List.of(node),
                Access.THROUGH_HOSTS,
                "",
                List.of(),
                Optional.empty());
    }

    @Test
    void whereTheGatewayRefusesUsAnotherHostIsTried() throws Exception {
        try (var gateway = new Sshd(folder)) {
            var person = new Sshd.Person(false);
            var own =
                    new HostSpec(new HostName("gateway"), "127.0.0.1", gateway.port, "nobody", List.of(), null, false);
            var node = new NodeAddress("127.0.0.1", 7000);
            try (var hosts = new Hosts(person, new SshFiles(folder, folder.resolve("etc-ssh"), null))) {
                hosts.know(List.of(own, HERE));
                var ways = new NodeWays(() -> spec(node, own, HERE), hosts);
                assertInstanceOf(Way.Direct.class, ways.to(node));
                int asked = person.asked.size();
                assertEquals(1, asked);
                ways.to(node);
                assertEquals(asked, person.asked.size(), "the same question again");
                var alone = new NodeWays(() -> spec(node, own), hosts);
                assertThrows(SignInRefused.class, () -> alone.to(node));
            }
        }
    }

    @Test
    void oneThatMayNotBeUsedIsNoObstacle() throws Exception {
        var loop = new HostSpec(new HostName("loop"), "203.0.113.1", 0, null, List.of(), "loop", false);
        var node = new NodeAddress("203.0.113.1", 7000);
        try (var hosts = new Hosts(Unattended.REFUSING)) {
            hosts.know(List.of(loop, HERE));
            assertInstanceOf(Way.Direct.class, new NodeWays(() -> spec(node, loop, HERE), hosts).to(node));
            var alone = new NodeWays(() -> spec(node, loop), hosts);
            assertEquals(
                    "ssh.jump-loop",
                    assertThrows(NotAllowed.class, () -> alone.to(node)).what().key());
        }
    }
}
