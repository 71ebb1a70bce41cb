package io.clusterdeck.views.shell;

import io.clusterdeck.redis.model.ClusterSpec;
import java.util.List;
import java.util.Optional;

/** Pages as names that are kept from one start to the next: only those that mean something again. */
public final class PageNames {
    private static final String CLUSTER = "cluster/";

    private PageNames() {}

    /** Empty for a page that is not come back to, such as a half-filled form. */
    public static String name(Page page) {
        return switch (page) {
            case Page.Cluster c -> CLUSTER + c.name();
            case Page.Rescue r -> CLUSTER + r.cluster();
            case Page.Hosts h -> CLUSTER + h.cluster();
            case Page.Runs r -> "runs";
            case Page.Audit a -> "audit";
            case Page.Settings s -> "settings";
            default -> "";
        };
    }

    /** The page of that name, unless its cluster is gone. */
    public static Optional<Page> page(String name, List<ClusterSpec> clusters) {
        if (name.startsWith(CLUSTER)) {
            var cluster = name.substring(CLUSTER.length());
            return clusters.stream().anyMatch(c -> c.name().equals(cluster))
                    ? Optional.of(new Page.Cluster(cluster))
                    : Optional.empty();
        }
        return switch (name) {
            case "runs" -> Optional.of(new Page.Runs());
            case "audit" -> Optional.of(new Page.Audit());
            case "settings" -> Optional.of(new Page.Settings());
            default -> Optional.empty();
        };
    }
}
