package io.clusterdeck.views;

import io.clusterdeck.redis.hosts.Cable;
import io.clusterdeck.redis.hosts.Cable.Port;
import io.clusterdeck.redis.hosts.Cable.State;
import io.clusterdeck.redis.hosts.Cables;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.Mute;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Made-up hosts and the ways between them. */
final class HostSamples {
    private HostSamples() {}

    /** h1 with two nodes of orders-prod, one of them without a unit, and a server that belongs to nobody. */
    static Machine machine() {
        var facts = Map.ofEntries(
                Map.entry("os_name", List.of("Debian GNU/Linux 12 (bookworm)")),
                Map.entry("kernel", List.of("6.1.0-26-amd64")),
                Map.entry("arch", List.of("x86_64")),
                Map.entry("cores", List.of("16")),
                Map.entry("load", List.of("1.42 1.18 0.97")),
                Map.entry("uptime", List.of("3456000")),
                Map.entry("mem_total", List.of("67108864000")),
                Map.entry("mem_free", List.of("41231686000")),
                Map.entry("swap_total", List.of("2147483648")),
                Map.entry("swap_free", List.of("2147483648")),
                Map.entry("zone", List.of("+0800")),
                Map.entry("systemd", List.of("yes")),
                Map.entry("overcommit", List.of("0")),
                Map.entry("somaxconn", List.of("4096")),
                Map.entry("thp", List.of("[always] madvise never")),
                Map.entry("disk", List.of("105226698752 61226698752 /", "1099511627776 812511627776 /srv")),
                Map.entry(
                        "server",
                        List.of(
                                server(1834, "redis", 9000, "redis-9000.service", "enabled", 1_412_000_000L),
                                server(1871, "redis", 9003, "", "", 1_398_000_000L),
                                server(24117, "deploy", 6379, "", "", 8_400_000L))));
        return Machine.of(
                new LocalHost(new HostName("h1")),
                new Exit(0, facts, Optional.empty(), Optional.empty(), List.of()),
                Sample.NOW,
                Sample.NOW);
    }

    private static String server(int pid, String user, int port, String unit, String enabled, long memory) {
        return "%d\n%s\n/home/%s/redis-cluster/bin/redis-server\n/home/%s/redis-cluster/%d/data\n%d %d\n%s\n%s\n%d\n65536\n6.2.3\nredis-server *:%d"
                .formatted(pid, user, user, user, port, port, port + 10_000, unit, enabled, memory, port);
    }

    /** So many hosts; the bus port of the second is closed for the first, and a host was not reached. */
    static Cables cables(int hosts) {
        var names = new ArrayList<HostName>();
        for (int h = 1; h <= hosts; h++) {
            names.add(new HostName("h" + h));
        }
        var tried = new ArrayList<Cable>();
        var heard = new ArrayList<Cables.Heard>();
        for (int from = 0; from < hosts; from++) {
            for (int to = 0; to < hosts; to++) {
                if (from == to) {
                    continue;
                }
                var node = new NodeAddress("10.20.0." + (174 + to), 9000 + to);
                for (var port : Port.values()) {
                    var state = from == 0 && to == 1 && port == Port.BUS
                            ? State.FILTERED
                            : hosts > 3 && to == hosts - 1 && from == 2 && port == Port.CLIENT
                                    ? State.REFUSED
                                    : hosts > 3 && from == hosts - 1 ? State.UNKNOWN : State.OPEN;
                    tried.add(new Cable(
                            names.get(from),
                            names.get(to),
                            node,
                            port,
                            state,
                            state == State.OPEN ? OptionalLong.of(180 + 37L * from + 11L * to) : OptionalLong.empty()));
                }
                heard.add(new Cables.Heard(names.get(from), names.get(to), from == 0 && to == 1 ? 2 : 4, 4));
            }
        }
        return new Cables(
                Sample.NOW,
                names,
                tried,
                heard,
                hosts > 3 ? Map.of(names.getLast(), io.clusterdeck.say.Say.of("sample.refused")) : Map.of());
    }

    /** Whose first finding was muted. */
    static ClusterState muted() {
        var state = Samples.healthy();
        var findings = new ArrayList<>(state.health());
        findings.set(
                0,
                findings.getFirst()
                        .muted(new Mute(
                                "huge-pages",
                                Optional.empty(),
                                "ops@deck1",
                                Sample.NOW,
                                "new kernel comes on Sunday")));
        return new ClusterState(
                state.name(),
                state.at(),
                state.nodes(),
                state.views(),
                state.disagreements(),
                findings.reversed(),
                state.owners(),
                state.currentEpoch(),
                state.tick(),
                state.cost());
    }
}
