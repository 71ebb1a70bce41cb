package io.clusterdeck.redis.build;

import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands against building on a host, and what is unwise: one list of rules, asked when a plan is made and again before it runs.
 *
 * @param ports of the nodes on this host
 * @param bind where they will listen
 * @param needsMb of disk for what is built there, without data
 * @param build the number of this building; empty when none was begun
 */
record Preflight(HostFacts facts, List<Integer> ports, List<String> bind, long needsMb, String cluster, String build) {

    List<Remark> remarks() {
        var found = new ArrayList<Remark>();
        folder(found);
        ports(found);
        kernel(found);
        return found.stream().map(r -> r.at(facts.host())).toList();
    }

    private boolean mine() {
        return facts.made().filter(m -> m.build().equals(build)).isPresent();
    }

    private void folder(List<Remark> found) {
        facts.made()
                .filter(m -> !mine())
                .ifPresent(m -> found.add(bad(
                        "folder-taken", Say.of("build.pre.folder-taken", "root", facts.root(), "other", m.cluster()))));
        if (facts.made().isEmpty() && !facts.holds().isEmpty()) {
            found.add(bad("foreign-data", Say.of("build.pre.foreign-data", "files", facts.holds())));
        }
        if (facts.diskMb() < needsMb && !mine()) {
            found.add(bad(
                    "disk",
                    Say.of(
                            "build.pre.disk",
                            "root",
                            facts.root(),
                            "free",
                            facts.diskMb() * 1_048_576,
                            "needed",
                            needsMb * 1_048_576)));
        }
        if (facts.memoryMb() > 0 && facts.memoryMb() < 64L * ports.size()) {
            found.add(new Remark(
                    "memory",
                    Level.WARN,
                    Optional.empty(),
                    Say.of("build.pre.memory", "free", facts.memoryMb() * 1_048_576, "nodes", ports.size()),
                    Optional.empty()));
        }
    }

    private void ports(List<Remark> found) {
        for (int port : ports) {
            if (facts.ours().contains(port)) {
                continue;
            }
            if (facts.taken(port, bind)) {
                found.add(bad("port-taken", Say.of("build.pre.port-taken", "port", port)));
            }
            if (facts.taken(port + 10_000, bind)) {
                found.add(bad("bus-port-taken", Say.of("build.pre.bus-taken", "port", port, "bus", port + 10_000)));
            }
        }
        var lent = ports.stream()
                .flatMap(p -> java.util.stream.Stream.of(p, p + 10_000))
                .filter(p -> p >= facts.ephemeralFrom() && p <= facts.ephemeralTo() && !reserved(p))
                .sorted()
                .toList();
        if (!lent.isEmpty()) {
            found.add(Remark.warn(
                            "ephemeral",
                            Say.of(
                                    "build.pre.ephemeral",
                                    "ports",
                                    lent,
                                    "from",
                                    facts.ephemeralFrom(),
                                    "to",
                                    facts.ephemeralTo()))
                    .cured("ports"));
        }
    }

    /** Whether a port is in {@code ip_local_reserved_ports}, such as {@code 8080,9148-9150}. */
    private boolean reserved(int port) {
        for (var part : facts.reserved().split(",")) {
            var ends = part.trim().split("-");
            if (ends[0].matches("\\d+")
                    && port >= Integer.parseInt(ends[0])
                    && port <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    private void kernel(List<Remark> found) {
        if (facts.overcommit().orElse(1) != 1) {
            found.add(Remark.warn(
                            "overcommit",
                            Say.of(
                                    "build.pre.overcommit",
                                    "value",
                                    facts.overcommit().getAsLong()))
                    .cured("overcommit"));
        }
        if (facts.somaxconn().orElse(511) < 511) {
            found.add(Remark.warn(
                            "somaxconn",
                            Say.of(
                                    "build.pre.somaxconn",
                                    "value",
                                    facts.somaxconn().getAsLong()))
                    .cured("somaxconn"));
        }
        if (facts.hugePages().contains("[always]")) {
            found.add(Remark.note("huge-pages", Say.of("build.pre.huge-pages")).cured("huge-pages"));
        }
        if (facts.openFiles().orElse(Long.MAX_VALUE) < 10_032) {
            found.add(Remark.note(
                    "open-files",
                    Say.of("build.pre.open-files", "limit", facts.openFiles().getAsLong())));
        }
        if (Math.abs(facts.skew()) > 5000) {
            found.add(Remark.warn("clock", Say.of("build.pre.clock", "skew", Math.abs(facts.skew()))));
        }
    }

    private static Remark bad(String rule, Say why) {
        return new Remark(rule, Level.BAD, Optional.empty(), why, Optional.empty());
    }
}
