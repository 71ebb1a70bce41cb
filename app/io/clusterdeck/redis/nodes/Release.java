package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.NodeInfo;
import java.util.Optional;

/** Which server can replicate from which: an older release can't read the RDB of a newer one (rdb.h: RDB_VERSION 9 in 6.x, 10 in 7.0, 11 in 7.2). */
public final class Release {
    private Release() {}

    /** Whether {@code follower} can become a replica of {@code leader}; true when a version is unknown. */
    public static boolean follows(Optional<NodeInfo> leader, Optional<NodeInfo> follower) {
        int from = leader.map(Release::of).orElse(0);
        int to = follower.map(Release::of).orElse(0);
        return from == 0 || to == 0 || to >= from;
    }

    /**
     * Whether a master that handed over leaves its clients paused until 10 s after it was asked to: 6.2.0 to 6.2.7 (resetManualFailover
     * in cluster.c does not end the pause; 6.0 did, and 6.2.8 and 7.0 do again).
     */
    public static boolean staysPaused(NodeInfo info) {
        return info.version().matches("6\\.2\\.[0-7]");
    }

    /** Whose RDB format it writes: up to Valkey 8 that of the Redis which it says to be compatible with. */
    private static String format(NodeInfo info) {
        var version = info.version();
        if (!version.startsWith(NodeInfo.VALKEY)) {
            return version;
        }
        var own = version.substring(NodeInfo.VALKEY.length());
        return own.matches("[1-8]\\..*") ? info.text("redis_version").orElse("") : own;
    }

    /** 602 for 6.2.3; 0 when unknown. Within 6.x the format did not change. */
    private static int of(NodeInfo info) {
        var parts = format(info).split("\\.", -1);
        try {
            int major = Integer.parseInt(parts[0]);
            return major < 7 ? major * 100 : major * 100 + Integer.parseInt(parts[1]);
        } catch (NumberFormatException | IndexOutOfBoundsException odd) {
            return 0;
        }
    }
}
