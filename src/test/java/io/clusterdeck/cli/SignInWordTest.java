package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which hosts of a cluster are forgotten once all its nodes are found on others. */
class SignInWordTest {

    private static HostSpec host(String name, String address, String jump) {
        return new HostSpec(new HostName(name), address, 2222, "ops", List.of("/keys/one"), jump, false);
    }

    @Test
    void aGatewayThatOthersAreReachedThroughStays() {
        var named = host("gateway", "203.0.113.1", null);
        var addressed = host("outer", "203.0.113.2", null);
        var guessed = host("203.0.113.3", "203.0.113.3", null);
        var inner = host("h1", "10.0.0.1", "gateway");
        var far = host("h2", "10.0.0.2", "ops@203.0.113.2:2222,ops@10.0.0.9");
        var node = new NodeAddress("203.0.113.1", 17000);
        var file = new RemotePath("/redis");
        var site = NodeSite.of(node, inner.name(), file, file, file).listening(7000);
        var spec = new ClusterSpec(
                "far",
                false,
                false,
                List.of(named, addressed, guessed, inner, far),
                List.of(node),
                Access.THROUGH_HOSTS,
                "",
                List.of(site),
                Optional.empty());
        assertEquals(
                List.of(named, addressed, inner, far),
                SignInWord.real(spec, Set.of("203.0.113.1", "203.0.113.2", "203.0.113.3")));
    }
}
