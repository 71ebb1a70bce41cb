package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.health.Findings.about;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what is in memory is on disk, too, and goes on fitting there. */
final class Disk {

    /** A rewrite of the AOF writes the data a second time beside the first. */
    static final double NEARLY_FULL = 0.15;

    /** Here writing fails soon, and Redis then refuses writes. */
    static final double FULL = 0.05;

    private Disk() {}

    static Stream<Finding> aofNotWritten(Case at) {
        return broken(at, "aof_last_write_status")
                .map(n -> about(n, "aof-not-written", Level.BAD, Reach.remedy("check-aof", n)));
    }

    static Stream<Finding> aofNotRewritten(Case at) {
        return broken(at, "aof_last_bgrewrite_status")
                .map(n -> about(n, "aof-not-rewritten", Level.WARN, Reach.remedy("check-aof", n)));
    }

    static Stream<Finding> rdbNotSaved(Case at) {
        return broken(at, "rdb_last_bgsave_status")
                .map(n -> refusesWrites(n)
                        ? about(n, "writes-refused", Level.BAD, Optional.empty(), "count", n.slotCount())
                        : about(n, "rdb-not-saved", Level.WARN, Optional.empty()));
    }

    /** Masters only, and only with save points and stop-writes-on-bgsave-error (writeCommandsDeniedByDiskError in server.c). */
    private static boolean refusesWrites(Node n) {
        var info = n.info().orElseThrow();
        return n.isMaster()
                && info.text("config:save").filter(s -> !s.isBlank()).isPresent()
                && info.text("config:stop-writes-on-bgsave-error")
                        .filter("yes"::equals)
                        .isPresent();
    }

    /** Neither AOF nor save points: a restart comes up empty, and an emptied master wipes its replicas. */
    static Stream<Finding> persistenceOff(Case at) {
        return at.nodes()
                .filter(Node::answers)
                .filter(n -> n.info().filter(Disk::off).isPresent())
                .map(n -> about(n, "persistence-off", Level.WARN, Optional.empty()));
    }

    static Stream<Finding> full(Case at) {
        return at.nodes()
                .flatMap(n -> at.facts().disk(n.id()).stream()
                        .filter(d -> d.total() > 0 && d.free() < NEARLY_FULL * d.total())
                        .map(d -> about(
                                n,
                                "disk-nearly-full",
                                d.free() < FULL * d.total() ? Level.BAD : Level.WARN,
                                Optional.empty(),
                                "free",
                                d.free(),
                                "total",
                                d.total(),
                                "share",
                                (double) d.free() / d.total(),
                                "memory",
                                n.info()
                                        .map(i -> i.number("used_memory").orElse(0))
                                        .orElse(0L))));
    }

    private static boolean off(NodeInfo info) {
        return "0".equals(info.info().get("aof_enabled"))
                && "".equals(info.info().get("config:save"));
    }

    private static Stream<Node> broken(Case at, String key) {
        return at.nodes()
                .filter(Node::answers)
                .filter(n -> n.info()
                        .flatMap(i -> i.text(key))
                        .filter(s -> !s.equals("ok"))
                        .isPresent());
    }
}
