package io.clusterdeck.redis;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** The least that can be watched: one real server of this computer, which is said to log to a file of the test's own. */
public final class OneNode implements AutoCloseable {
    /** As {@link io.clusterdeck.ssh.Sshd} names its own. */
    public static final HostName HOST = new HostName("h1");

    public final LettuceLinks links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
    public final ClusterSpec spec;
    public final ClusterWatch watch;
    private final RealRedis server;

    public OneNode(Path log) throws IOException {
        server = RealRedis.cluster(1).getFirst();
        var address = new NodeAddress("127.0.0.1", server.port());
        var somewhere = new RemotePath("/nowhere");
        var site = NodeSite.of(address, HOST, somewhere, somewhere, somewhere)
                .logging(Optional.of(new RemotePath(log.toString())))
                .made();
        spec = new ClusterSpec(
                "one",
                false,
                false,
                List.of(new HostSpec(HOST, "local", 0, null, List.of(), null, false)),
                List.of(address),
                ClusterSpec.Access.DIRECT,
                "",
                List.of(site));
        watch = new ClusterWatch(() -> spec, links);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> watch.now().nodes().values().stream()
                                .filter(Node::answers)
                                .count()
                        == 1);
    }

    public ClusterState state() {
        return watch.now();
    }

    public NodeId id() {
        return state().nodes().keySet().iterator().next();
    }

    /** Its host is whichever this gives. */
    public Ground on(Supplier<Host> host) {
        return new Ground() {
            @Override
            public Host host(HostName name) {
                return host.get();
            }

            @Override
            public Optional<Secret> secret(String name) {
                return Optional.empty();
            }
        };
    }

    @Override
    public void close() {
        watch.close();
        links.close();
        server.close();
    }
}
