package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** Real servers, and watches of them that end with the test. */
abstract class WatchesServers {

    final List<RealRedis> servers = new ArrayList<>();
    final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (var o : open) {
            o.close();
        }
        servers.forEach(RealRedis::close);
    }

    void six(String... options) throws IOException {
        servers.addAll(RealRedis.formed(3, 1, options));
    }

    static ClusterSpec spec(List<NodeAddress> seeds) {
        var local = new HostSpec(new HostName("here"), "local", 0, null, List.of(), null, false);
        return new ClusterSpec("six", false, false, List.of(local), seeds, ClusterSpec.Access.DIRECT, "", List.of());
    }

    ClusterWatch watch(Login login, RealRedis... seeds) {
        var links = new LettuceLinks(Ways.DIRECT, () -> login);
        var spec = spec(List.of(seeds).stream().map(RealRedis::address).toList());
        var watch = new ClusterWatch(() -> spec, links);
        open.add(watch);
        open.add(links);
        return watch;
    }

    static ClusterState until(Watch watch, Predicate<ClusterState> holds) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(watch::now, holds);
    }

    static boolean whole(ClusterState s) {
        return s.nodes().size() == 6
                && s.nodes().values().stream()
                        .allMatch(n -> n.answers()
                                && n.linkUp()
                                && n.info().isPresent()
                                && n.info().get().stateOk()
                                && (n.isMaster()
                                        || n.info()
                                                .get()
                                                .text("master_link_status")
                                                .equals(Optional.of("up"))));
    }
}
