package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.nodes.Layouts.m;
import static io.clusterdeck.redis.nodes.Layouts.r;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.config.Drift;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.Mute;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.words.Words;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules about what hosts tell and what the operator noted; each on a case where it must speak and one where not. */
class HostRulesTest {

    private static final Map<String, List<String>> WELL = Map.of(
            "overcommit", List.of("1"),
            "somaxconn", List.of("4096"),
            "thp", List.of("always [madvise] never"),
            "systemd", List.of("yes"));

    private final Layouts layout = new Layouts(3, 1);
    private final Map<String, Machine> machines = new HashMap<>();
    private final Map<NodeId, ClockOffset> clocks = new HashMap<>();
    private Upkeep upkeep = Upkeep.NONE;
    private Instant looked = Instant.EPOCH;
    private List<Drift.Difference> drift = List.of();
    private final HostFacts facts = new HostFacts() {
        @Override
        public Optional<Disk> disk(NodeId node) {
            return Optional.empty();
        }

        @Override
        public Optional<Machine> machine(NodeId node) {
            return Optional.ofNullable(
                    machines.get(layout.of(node).host().orElseThrow().value()));
        }

        @Override
        public Optional<ClockOffset> clock(NodeId node) {
            return Optional.ofNullable(clocks.get(node));
        }

        @Override
        public List<Drift.Difference> drift() {
            return drift;
        }

        @Override
        public Upkeep upkeep() {
            return upkeep;
        }
    };

    private void host(int n, String... facts) {
        var told = new HashMap<>(WELL);
        for (int i = 0; i < facts.length; i += 2) {
            told.put(facts[i], List.of(facts[i + 1]));
        }
        var exit = new Exit(0, told, Optional.empty(), Optional.empty(), List.of());
        machines.put("h" + n, Machine.of(new LocalHost(new HostName("h" + n)), exit, looked, looked));
    }

    private List<Finding> check() {
        return Rules.check(new Case(layout.state(), Map.of(), false, facts)).stream()
                .filter(f -> !Set.of("slots-unassigned", "no-cluster").contains(f.rule()))
                .toList();
    }

    private Finding only(String rule) {
        var all = check().stream().filter(f -> f.rule().equals(rule)).toList();
        assertEquals(1, all.size(), () -> rule + " in " + check());
        return all.getFirst();
    }

    private void silent(String rule) {
        assertTrue(check().stream().noneMatch(f -> f.rule().equals(rule)), () -> check().toString());
    }

    @Test
    void memoryNearItsLimit() {
        layout.info(m(0), "maxmemory", "1000", "used_memory", "840", "maxmemory_policy", "noeviction");
        silent("memory-near-limit");
        layout.info(m(0), "used_memory", "900");
        assertEquals(Level.WARN, only("memory-near-limit").level());
        layout.info(m(0), "used_memory", "980");
        assertEquals(Level.BAD, only("memory-near-limit").level());
    }

    @Test
    void aFullCacheIsANote() {
        layout.info(m(0), "maxmemory", "1000", "used_memory", "990", "maxmemory_policy", "allkeys-lru");
        silent("memory-near-limit");
        assertEquals(Level.NOTE, only("memory-evicts").level());
    }

    @Test
    void allServersOfAHostTogether() {
        layout.info(m(0), "used_memory_rss", "500", "total_system_memory", "1000");
        silent("host-memory");
        layout.info(r(2, 1), "used_memory_rss", "400", "total_system_memory", "1000");
        assertEquals("h0", only("host-memory").title().args().get("host"));
    }

    @Test
    void slowForksAndTheirCause() {
        layout.info(m(0), "latest_fork_usec", "1500000");
        assertEquals(Optional.empty(), only("slow-fork").remedy());
        host(0, "thp", "[always] madvise never");
        assertEquals(Optional.of("cure:h0"), only("slow-fork-huge-pages").remedy());
        looked = Instant.EPOCH.minusSeconds(600); // by now it may be mended
        host(0, "thp", "[always] madvise never");
        only("slow-fork");
    }

    @Test
    void clocksApartByMoreThanTheErrors() {
        clocks.put(m(0), new ClockOffset(Instant.EPOCH, 700_000, 50_000));
        clocks.put(m(1), new ClockOffset(Instant.EPOCH, -400_000, 100_000));
        silent("clock-skew");
        clocks.put(m(0), new ClockOffset(Instant.EPOCH, 900_000, 50_000));
        var found = only("clock-skew");
        assertEquals("h0", found.why().args().get("ahead"));
        assertEquals(1300L, ((Number) found.why().args().get("t")).longValue());
    }

    @Test
    void kernelSettingsOnceAHost() {
        host(0);
        silent("kernel-settings");
        host(0, "overcommit", "0", "somaxconn", "128", "thp", "[always] madvise never");
        var found = only("kernel-settings");
        assertEquals(Level.WARN, found.level());
        assertEquals(3, ((List<?>) found.why().args().get("settings")).size());
        assertEquals(Optional.of("cure:h0"), found.remedy());
        host(0, "thp", "[always] madvise never");
        assertEquals(Level.NOTE, only("kernel-settings").level());
    }

    /** A host that does not let itself be looked at has not become better by that; beside one that does it is named. */
    @Test
    void whatWasSeenLongAgoIsSaidWithItsTime() {
        host(0, "thp", "[always] madvise never", "server", server(7, 9000, "", "", "1024"));
        assertEquals("health.kernel-settings.why", only("kernel-settings").why().key());
        looked = Instant.EPOCH.plusSeconds(600);
        host(1, "thp", "[always] madvise never");
        var found = Rules.check(new Case(layout.state(looked), Map.of(), false, facts));
        for (var rule : List.of("kernel-settings", "no-reboot", "open-files")) {
            var old = found.stream()
                    .filter(f -> f.rule().equals(rule))
                    .findFirst()
                    .orElseThrow();
            assertEquals("1970-01-01T00:00:00Z", old.why().args().get("at"), rule);
            assertEquals(List.of("h0"), old.why().args().get("hosts"), rule);
        }
    }

    /** One line for all that are set alike, with one plan for them. */
    @Test
    void theHostsWhoseKernelsAreSetAlikeAreOneFinding() {
        host(0, "overcommit", "0");
        host(1, "overcommit", "0");
        host(2);
        var found = only("kernel-settings");
        assertEquals(List.of("h0", "h1"), found.title().args().get("hosts"));
        assertEquals(Optional.of("cure:h0,h1"), found.remedy());
    }

    private static String server(int pid, int port, String unit, String enabled, String files) {
        return "%d\nredis\n/opt/redis-server\n/data\n%d %d \n%s\n%s\n1000\n%s\n\nredis-server *:%d [cluster]"
                .formatted(pid, port, port + 10_000, unit, enabled, files, port);
    }

    @Test
    void whoComesBackAfterAReboot() {
        host(0, "server", server(7, 9000, "redis-9000.service", "enabled", "65536"));
        silent("no-reboot");
        host(0, "server", server(7, 9000, "redis-9000.service", "disabled", "65536"));
        assertEquals(Level.WARN, only("no-reboot").level());
        host(0, "systemd", "no", "server", server(7, 9000, "", "", "1024"));
        assertEquals(Level.NOTE, only("no-reboot").level());
        assertEquals(List.of("10.0.0.0:9000"), only("no-reboot").why().args().get("nodes"));
        assertEquals(1024L, ((Number) only("open-files").title().args().get("limit")).longValue());
    }

    /** One line that names the hosts, however many they are. */
    @Test
    void theHostsThatStartNobodyAreOneFinding() {
        for (int host = 0; host < 3; host++) {
            host(host, "systemd", host == 1 ? "yes" : "no", "server", server(7, 9000, "", "", "65536"));
        }
        var found = only("no-reboot");
        assertEquals(Level.WARN, found.level());
        assertEquals(List.of("h0", "h1", "h2"), found.title().args().get("hosts"));
        assertEquals(
                "Nobody starts the nodes of h0, h1, h2 after a reboot",
                Words.in(Locale.ENGLISH).say(found.title()));
    }

    @Test
    void aHiddenServerIsKnownByItsTitle() {
        host(0, "server", "7\nredis\n\n\n\n\n\n1000\n\n\nredis-server 10.0.0.0:9000 [cluster]");
        assertEquals(List.of(9000), machines.get("h0").servers().getFirst().ports());
    }

    @Test
    void mastersElsewhereThanPlanned() {
        upkeep = upkeep.planned(Set.of(
                layout.of(m(0)).address(),
                layout.of(m(1)).address(),
                layout.of(m(2)).address()));
        silent("masters-moved");
        upkeep = upkeep.planned(
                Set.of(layout.of(r(0, 1)).address(), layout.of(m(1)).address()));
        assertEquals(Optional.of("hand-back"), only("masters-moved").remedy());
        layout.fail(r(0, 1));
        silent("masters-moved");
        assertEquals(Optional.empty(), only("masters-moved-waits").remedy());
    }

    @Test
    void settingsThatDiffer() {
        silent("config-drift");
        drift = List.of(new Drift.Difference(
                "maxmemory",
                List.of(new Drift.Value("0", List.of(m(0), m(1))), new Drift.Value("100mb", List.of(m(2))))));
        assertEquals(1, ((Number) only("config-drift").title().args().get("count")).intValue());
    }

    @Test
    void whatIsMutedIsShownLastAndDoesNotCount() {
        layout.info(m(0), "maxmemory", "1000", "used_memory", "980", "maxmemory_policy", "noeviction");
        layout.info(m(1), "maxmemory", "1000", "used_memory", "900", "maxmemory_policy", "noeviction");
        var full = layout.of(m(0)).address();
        upkeep = upkeep.muting(new Mute(
                "memory-near-limit",
                Optional.of(new NodeAddress(full.host(), full.port())),
                "ops@deck",
                Instant.EPOCH,
                "planned"));
        var found = check().stream()
                .filter(f -> f.rule().equals("memory-near-limit"))
                .toList();
        assertEquals(List.of(true, false), found.stream().map(Finding::counts).toList());
        assertEquals("planned", found.getLast().muted().orElseThrow().note());
        assertEquals(check().getLast(), found.getLast());
        upkeep = upkeep.without("memory-near-limit", Optional.of(full));
        assertEquals(Level.BAD, check().getFirst().level());
    }

    @Test
    void aMutedOutageIsNoOutage() {
        var state = layout.state();
        var bad = new Finding("x", Level.BAD, Optional.empty(), say(), say(), say(), Optional.empty());
        assertEquals(Health.FAIL, with(state, bad).verdict());
        assertEquals(
                Health.OK,
                with(state, bad.muted(new Mute("x", Optional.empty(), "me", Instant.EPOCH, "known")))
                        .verdict());
    }

    private static io.clusterdeck.say.Say say() {
        return io.clusterdeck.say.Say.of("x");
    }

    private static io.clusterdeck.redis.model.ClusterState with(
            io.clusterdeck.redis.model.ClusterState s, Finding finding) {
        return new io.clusterdeck.redis.model.ClusterState(
                s.name(),
                s.at(),
                s.nodes(),
                s.views(),
                s.disagreements(),
                List.of(finding),
                s.owners(),
                1,
                s.tick(),
                0);
    }
}
