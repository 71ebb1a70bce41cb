package io.clusterdeck.redis;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A failover by hand behind the program's back. */
public final class TakeOver {

    private TakeOver() {}

    /**
     * Until the replica is master. It is asked again only where the request lapsed, which nobody tells (cluster.c: after 5 s).
     *
     * @param how FORCE, or nothing
     */
    public static void by(LocalCluster cluster, int replica, String... how) {
        var command =
                Stream.concat(Stream.of("CLUSTER", "FAILOVER"), Stream.of(how)).toArray(String[]::new);
        var lapsed = new AtomicReference<>(Instant.EPOCH);
        cluster.until("taken over by " + replica, () -> {
            if (Instant.now().isAfter(lapsed.get())) {
                cluster.call(replica, command);
                lapsed.set(Instant.now().plusSeconds(6));
            }
            return cluster.info(replica, "role").equals("master");
        });
    }
}
