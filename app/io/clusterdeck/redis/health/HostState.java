package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.health.Findings.whole;

import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Alike;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the hosts are as Redis wants them: their clocks, their kernels' settings, and that they bring their nodes back after a reboot. */
final class HostState {

    /** Above this keys expire at visibly different times after a failover, and logs cannot be laid side by side. */
    static final long SKEW_MILLIS = 1_000;

    /** What a server with the default maxclients needs: 10,000 clients and 32 files of its own (adjustOpenFilesLimit in server.c). */
    static final long OPEN_FILES = 10_032;

    /** tcp-backlog's default: the kernel cuts a larger one down to somaxconn. */
    static final long BACKLOG = 511;

    /** Hosts are looked at once a minute. */
    static final Duration FRESH = Duration.ofMinutes(3);

    /** So many hosts or nodes are named, more are counted. */
    private static final int NAMED = 6;

    /** Between the hosts that a remedy names. */
    private static final String CURED = ",";

    private HostState() {}

    static Stream<Finding> clocks(Case at) {
        var offsets = new TreeMap<String, ClockOffset>();
        at.nodes()
                .forEach(n -> at.facts()
                        .clock(n.id())
                        .ifPresent(c -> offsets.merge(Case.machine(n), c, (a, b) -> a.error() <= b.error() ? a : b)));
        if (offsets.size() < 2) {
            return Stream.empty();
        }
        var first = offsets.entrySet().stream()
                .min(Map.Entry.comparingByValue(Comparator.comparingLong(ClockOffset::micros)))
                .orElseThrow();
        var last = offsets.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.comparingLong(ClockOffset::micros)))
                .orElseThrow();
        long apart = last.getValue().micros() - first.getValue().micros();
        long sure = apart - last.getValue().error() - first.getValue().error();
        return sure / 1000 < SKEW_MILLIS
                ? Stream.empty()
                : Stream.of(whole(
                        "clock-skew",
                        Level.WARN,
                        Optional.empty(),
                        "ahead",
                        last.getKey(),
                        "behind",
                        first.getKey(),
                        "t",
                        apart / 1000,
                        "hosts",
                        offsets.size()));
    }

    /** One finding for all hosts that are set alike, with everything that their kernels should have set otherwise. */
    static Stream<Finding> kernel(Case at) {
        var alike = Alike.of(byHost(at).values().stream(), h -> wrong(h.machine()), h -> Stream.of(h.machine()));
        return alike.stream().filter(a -> !a.what().isEmpty()).map(a -> {
            var first = a.of().getFirst();
            boolean bad = first.overcommit().orElse(1) != 1 || first.somaxconn().orElse(BACKLOG) < BACKLOG;
            var names = a.of().stream().map(Machine::name).toList();
            return dated(
                    at,
                    a.of().stream(),
                    whole(
                            "kernel-settings",
                            bad ? Level.WARN : Level.NOTE,
                            Optional.of("cure:"
                                    + names.stream().map(HostName::value).collect(Collectors.joining(CURED))),
                            "hosts",
                            names,
                            "where",
                            where(names),
                            "settings",
                            a.what()));
        });
    }

    /** Their names, of many their number. */
    private static Object where(List<HostName> names) {
        return names.size() > NAMED ? Say.of("health.hosts", "n", names.size()) : names;
    }

    private static List<Say> wrong(Machine machine) {
        var wrong = new ArrayList<Say>();
        if (machine.overcommit().orElse(1) != 1) {
            wrong.add(Say.of(
                    "health.kernel.overcommit", "value", machine.overcommit().getAsLong()));
        }
        if (machine.hugePagesAlways()) {
            wrong.add(Say.of("health.kernel.huge-pages"));
        }
        if (machine.somaxconn().orElse(BACKLOG) < BACKLOG) {
            wrong.add(Say.of(
                    "health.kernel.somaxconn", "value", machine.somaxconn().getAsLong()));
        }
        return wrong;
    }

    static Stream<Finding> openFiles(Case at) {
        return at.nodes()
                .flatMap(n -> at.facts().machine(n.id()).stream()
                        .flatMap(m -> server(m, n).stream()
                                .filter(s -> s.openFiles().orElse(OPEN_FILES) < OPEN_FILES)
                                .map(s -> dated(
                                        at,
                                        Stream.of(m),
                                        Findings.about(
                                                n,
                                                "open-files",
                                                Level.NOTE,
                                                Optional.empty(),
                                                "limit",
                                                s.openFiles().getAsLong(),
                                                "wanted",
                                                OPEN_FILES)))));
    }

    /** One finding for all hosts: which of their nodes nobody starts when they do. Where systemd runs, a unit is the way. */
    static Stream<Finding> reboot(Case at) {
        var on = byHost(at).values();
        var lost = on.stream().flatMap(HostState::lost).sorted().toList();
        var hosts = on.stream()
                .filter(h -> lost(h).findAny().isPresent())
                .map(OnHost::machine)
                .toList();
        if (hosts.isEmpty()) {
            return Stream.empty();
        }
        var names = hosts.stream().map(Machine::name).toList();
        var finding = whole(
                "no-reboot",
                hosts.stream().anyMatch(Machine::systemd) ? Level.WARN : Level.NOTE,
                Optional.empty(),
                "hosts",
                names,
                "where",
                where(names),
                "nodes",
                lost.size() > NAMED
                        ? Say.of("health.no-reboot.nodes", "n", lost.size(), "first", lost.getFirst())
                        : lost);
        return Stream.of(dated(at, hosts.stream(), finding));
    }

    /** With those of its hosts that could not be looked at since, and the time of the oldest look. */
    private static Finding dated(Case at, Stream<Machine> from, Finding finding) {
        var old = from.filter(m -> m.at().plus(FRESH).isBefore(at.state().at()))
                .sorted(Comparator.comparing(Machine::at))
                .toList();
        return old.isEmpty()
                ? finding
                : Findings.lastSeen(
                        where(old.stream().map(Machine::name).toList()),
                        old.getFirst().at(),
                        finding);
    }

    /** Which of its nodes stay away. */
    private static Stream<String> lost(OnHost host) {
        return host.nodes().stream()
                .filter(n -> server(host.machine(), n)
                        .filter(s -> !s.survivesReboot())
                        .isPresent())
                .map(n -> n.address().toString());
    }

    private record OnHost(Machine machine, List<Node> nodes) {}

    private static Map<String, OnHost> byHost(Case at) {
        var hosts = new TreeMap<String, OnHost>();
        at.nodes()
                .forEach(n -> at.facts()
                        .machine(n.id())
                        .ifPresent(m -> hosts.computeIfAbsent(Case.machine(n), k -> new OnHost(m, new ArrayList<>()))
                                .nodes()
                                .add(n)));
        return hosts;
    }

    /** The process of a node: by its pid as it tells it, else by its port. */
    private static Optional<Machine.Server> server(Machine machine, Node node) {
        long pid = node.info().map(i -> i.number("process_id").orElse(-1)).orElse(-1L);
        return machine.servers().stream()
                .filter(s -> s.pid() == pid)
                .findFirst()
                .or(() -> machine.servers().stream()
                        .filter(s -> s.serves(node.address().port()))
                        .findFirst());
    }
}
