package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.health.Findings.about;
import static io.clusterdeck.redis.health.Findings.whole;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether nodes come near what their memory, or that of their host, can bear. */
final class Strain {

    /** At the limit and with noeviction every write is refused (OOM command not allowed). */
    static final double NEAR = 0.85;

    static final double AT = 0.97;

    /** The share of a host's memory that its servers may hold: a fork for saving or for a full copy needs room beside it. */
    static final double HOST = 0.8;

    /** A fork stops the server for as long as it takes; about 10 ms a GiB is usual, a second is felt by every client. */
    static final long FORK_MICROS = 1_000_000;

    private Strain() {}

    static Stream<Finding> memory(Case at) {
        return at.nodes().filter(Node::answers).flatMap(n -> n.info().stream().flatMap(i -> memory(n, i).stream()));
    }

    private static Optional<Finding> memory(Node n, NodeInfo info) {
        long most = info.number("maxmemory").orElse(0);
        long used = info.number("used_memory").orElse(0);
        if (most == 0 || used < NEAR * most) {
            return Optional.empty();
        }
        var policy = info.text("maxmemory_policy").orElse("noeviction");
        boolean refuses = policy.equals("noeviction");
        if (!refuses && used < AT * most) {
            return Optional.empty();
        }
        return Optional.of(about(
                n,
                refuses ? "memory-near-limit" : "memory-evicts",
                !refuses ? Level.NOTE : used >= AT * most ? Level.BAD : Level.WARN,
                Optional.empty(),
                "used",
                used,
                "most",
                most,
                "share",
                (double) used / most,
                "policy",
                policy,
                "evicted",
                info.number("evicted_keys").orElse(0)));
    }

    /** All servers of a host together; the memory of the host as its servers tell it. */
    static Stream<Finding> hostMemory(Case at) {
        return at
                .nodes()
                .filter(Node::answers)
                .collect(Collectors.groupingBy(Case::machine, java.util.TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(e -> {
                    long total = e.getValue().stream()
                            .mapToLong(n -> number(n, "total_system_memory"))
                            .max()
                            .orElse(0);
                    long resident = e.getValue().stream()
                            .mapToLong(n -> number(n, "used_memory_rss"))
                            .sum();
                    return total > 0 && resident > HOST * total
                            ? Stream.of(whole(
                                    "host-memory",
                                    Level.WARN,
                                    Optional.empty(),
                                    "host",
                                    e.getKey(),
                                    "resident",
                                    resident,
                                    "total",
                                    total,
                                    "share",
                                    (double) resident / total,
                                    "nodes",
                                    e.getValue().size()))
                            : Stream.<Finding>empty();
                });
    }

    /** The last fork took long; huge pages are the usual cause. */
    static Stream<Finding> fork(Case at) {
        return at.nodes()
                .filter(Node::answers)
                .filter(n -> number(n, "latest_fork_usec") >= FORK_MICROS)
                .map(n -> {
                    boolean pages = at.facts()
                            .machine(n.id())
                            .filter(m -> !m.at().plus(HostState.FRESH)
                                    .isBefore(at.state().at())) // else it may be mended
                            .filter(Machine::hugePagesAlways)
                            .isPresent();
                    return about(
                            n,
                            pages ? "slow-fork-huge-pages" : "slow-fork",
                            Level.WARN,
                            pages ? n.host().map(h -> "cure:" + h) : Optional.empty(),
                            "t",
                            number(n, "latest_fork_usec") / 1000,
                            "memory",
                            number(n, "used_memory_rss"));
                });
    }

    private static long number(Node n, String key) {
        return n.info().map(i -> i.number(key).orElse(0)).orElse(0L);
    }
}
