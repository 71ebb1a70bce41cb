package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildPlannerTest {

    static final String THREE = BlueprintTest.GOOD;
    private static final String BUILD = "0123456789abcdef0123456789abcdef";

    @Test
    void whatWasSetByHandOnAKeptClusterStays() {
        var plan = plan(THREE, Map.of());
        var tls = Optional.of(new io.clusterdeck.redis.model.Tls("/ca.pem", "", ""));
        var kept = plan.spec().production(true).readOnly(true).withTls(tls);
        var asked = new Consent.Type(io.clusterdeck.say.Say.of("nodes.consent.production"), "orders");
        var over = plan.over(kept, asked);
        assertTrue(over.spec().production());
        assertTrue(over.spec().readOnly());
        assertEquals(tls, over.spec().tls());
        assertEquals(asked, ((Offer.Ready) over.offer()).consent());
        assertEquals(plan.plan(), over.plan());
    }

    @Test
    void aProofThatWasJournaledBeforeItsProgramWasStillReads() {
        var proof = plan(THREE, Map.of()).plan().steps().getLast();
        var args = new LinkedHashMap<>(proof.spec().args());
        args.remove("cli");
        var then = new ProveStep(proof.id(), proof.on(), new StepSpec("build.prove", args));
        var line = then.commands().getFirst();
        assertTrue(line.startsWith("redis-cli -h ") && line.contains(" SET " + ProveStep.PREFIX), line);
    }

    /** A bare host as facts.sh would tell of it, with some facts changed: {@code arch=aarch64}. */
    private static HostFacts facts(HostName host, String... changed) {
        var facts = new HashMap<String, List<String>>(Map.of(
                "os_name", List.of("Debian"),
                "arch", List.of("x86_64"),
                "libc", List.of("glibc 2.36"),
                "cores", List.of("2"),
                "mem_mb", List.of("4000"),
                "disk_mb", List.of("9000"),
                "writable", List.of("yes"),
                "user", List.of("ops"),
                "sudo", List.of("free"),
                "root", List.of("/home/ops/redis-cluster")));
        facts.put("ephemeral", List.of("32768 60999"));
        for (var change : changed) {
            int equals = change.indexOf('=');
            facts.put(
                    change.substring(0, equals),
                    List.of(change.substring(equals + 1).split("\\|")));
        }
        return HostFacts.of(
                host, new Exit(0, facts, Optional.empty(), Optional.empty(), List.of()), Instant.now(), Instant.now());
    }

    /** @param changed by host: {@code h2: port}, all others are bare */
    static BuildPlan plan(String blueprint, Map<String, List<String>> changed) {
        var wish = Building.read(blueprint);
        var all = new LinkedHashMap<HostName, HostFacts>();
        wish.hosts()
                .forEach(h -> all.put(
                        h.name(),
                        facts(
                                h.name(),
                                changed.getOrDefault(h.name().value(), List.of())
                                        .toArray(String[]::new))));
        return BuildPlanner.plan(new PlanId("p"), wish, all, BUILD, Path.of("shelf"), Path.of("tls"));
    }

    static List<StepSpec> specs(BuildPlan plan) {
        return plan.plan().steps().stream().map(Step::spec).toList();
    }

    static List<String> ids(BuildPlan plan) {
        return plan.plan().steps().stream().map(s -> s.id().value()).toList();
    }

    @Test
    void theStagesOfThePicture() {
        var plan = plan(THREE, Map.of());
        assertEquals(
                List.of("look", "tools", "source", "compile", "install", "configure", "start", "create", "prove"),
                plan.plan().stages().stream().map(Stage::id).toList());
        assertEquals(
                List.of("tools/h1", "source/h1", "compile/h1", "install/h1", "install/h2", "install/h3"),
                ids(plan).stream()
                        .filter(i -> i.matches("(tools|source|compile|install)/.*"))
                        .toList());
        assertTrue(plan.offer() instanceof Offer.Ready);
        assertEquals(
                "/home/ops/redis-cluster/bin/redis-cli --askpass --cluster create 10.0.0.1:9000 10.0.0.2:9000 10.0.0.3:9000 10.0.0.2:9001 10.0.0.3:9001"
                        + " 10.0.0.1:9001 --cluster-replicas 1",
                plan.equivalent());
    }

    @Test
    void theSameWishAndFactsGiveTheSamePlan() {
        assertEquals(specs(plan(THREE, Map.of())), specs(plan(THREE, Map.of())));
    }

    @Test
    void aBuildingThatWasBegunIsTakenUpAgain() {
        var fresh = plan(THREE, Map.of());
        var begun = plan(THREE, Map.of("h2", List.of("made_cluster=carts", "made_build=" + "f".repeat(32))));
        assertEquals(Optional.of("f".repeat(32)), BuildPlanner.begun(begun.plan()));
        assertNotEquals(
                fresh.plan().steps().getLast().spec().arg("members"),
                begun.plan().steps().getLast().spec().arg("members"));
        assertEquals(List.of(), begun.bad());
    }

    @Test
    void oneHostOfEachKindCompiles() {
        var plan = plan(THREE, Map.of("h2", List.of("arch=aarch64")));
        assertEquals(
                List.of("compile/h1", "compile/h2"),
                ids(plan).stream().filter(i -> i.startsWith("compile")).toList());
        var h3 = plan.plan().steps().stream()
                .filter(s -> s.id().value().equals("install/h3"))
                .findFirst()
                .orElseThrow();
        assertEquals("h1", h3.spec().arg("builder"));
        assertEquals(List.of("h1", "h2"), compiling(plan));
        var there = List.of("release=" + h3.spec().arg("release"));
        assertEquals(List.of(), compiling(plan(THREE, Map.of("h1", there))));
        assertEquals(List.of("h1"), compiling(plan(THREE, Map.of("h1", List.of("release=6.0.16 abc jemalloc")))));
    }

    /** Where the plan's costs say that something is compiled. */
    private static List<Object> compiling(BuildPlan plan) {
        return plan.plan().costs().stream()
                .filter(c -> c.key().equals("build.cost.compile"))
                .map(c -> c.args().get("host"))
                .toList();
    }

    @Test
    void noStepHoldsAPassword() {
        for (var step : plan(THREE, Map.of()).plan().steps()) {
            assertFalse(
                    step.commands().toString().contains("requirepass"),
                    step.commands().toString());
            step.edits()
                    .forEach(e -> assertFalse(
                            String.valueOf(e.after()).contains("requirepass x"), String.valueOf(e.after())));
        }
    }

    /** What is found but does not forbid the building is said by whoever offers the plan, with what helps. */
    @Test
    void findingsComeWithTheOffer() {
        var offer =
                (Offer.Ready) plan(THREE, Map.of("h3", List.of("overcommit=0"))).offer();
        assertEquals(
                List.of(
                        "build.at-host build.pre.overcommit.next",
                        "build.placement.any-host build.placement.any-host.next"),
                offer.notes().stream()
                        .map(n -> n.what().key() + " " + n.next().key())
                        .toList());
        assertEquals(
                List.of(true, false),
                offer.notes().stream().map(Offer.Note::warns).toList());
        var cured = (Offer.Ready) plan(THREE + "cure: yes\n", Map.of("h3", List.of("overcommit=0")))
                .offer();
        assertEquals(1, cured.notes().size(), "what a step of the plan cures needs nobody's attention");
    }

    @Test
    void theNodeTimeoutStandsInTheFileToBeRead() {
        var standing = conf(plan(THREE, Map.of()));
        assertTrue(standing.contains("\ncluster-node-timeout 15000\n"), standing);
        var chosen = conf(plan(THREE + "config: {cluster-node-timeout: 3000}\n", Map.of()));
        assertTrue(chosen.contains("\ncluster-node-timeout 3000\n"), chosen);
        assertFalse(chosen.contains("15000"), chosen);
    }

    private static String conf(BuildPlan plan) {
        var step = plan.plan().steps().stream()
                .filter(s -> s.id().value().equals("configure/h1"))
                .findFirst()
                .orElseThrow();
        return NodeSettings.edit(RedisConf.of(new byte[0]), step.spec(), 9000, Optional.empty())
                .said();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.1.1, false",
        "100.64.0.1, false",
        "169.254.1.1, false",
        "127.0.0.1, false",
        "fd00::1, false",
        "8.8.8.8, true",
        "172.32.0.1, true",
        "100.128.0.1, true",
        "2001:db8::1, true",
        "0.0.0.0, true",
    })
    void withoutAPasswordOnlyOnPrivateAddresses(String bind, boolean refused) {
        var open = THREE.replace("ssh: 10.0.0.2", "ssh: 10.0.0.2, bind: '" + bind + "'") + "password: none\n";
        var facts = Map.of("h2", List.of("address=10.0.0.2|203.0.113.9"));
        assertEquals(
                refused, plan(open, facts).bad().stream().anyMatch(r -> r.rule().equals("open-to-all")));
        assertEquals(List.of(), plan(open.replace("none", "generate"), facts).bad());
    }

    @Test
    void portsThatAreReservedMayLieInTheEphemeralRange() {
        var plan = plan(THREE, Map.of("h1", List.of("ephemeral=9000 20000", "reserved=9000-9001,19000-19001")));
        assertEquals(
                List.of(),
                plan.remarks().stream()
                        .filter(r -> r.rule().equals("ephemeral"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# Could not create server TCP listening socket 127.0.0.1:9000: bind: Address already in use |"
                        + " build.start.port-taken",
                "# Failed listening on port 9000 (TCP), aborting. | build.start.port-taken",
                "# Sorry, the cluster configuration file nodes.conf is already used by a different Redis Cluster node."
                        + " | build.start.config-used",
                "# Aborting Redis startup because of ACL errors: Error loading ACLs, opening file | build.start.acl",
                "# Unrecoverable error: corrupted cluster config file. | build.start.config-corrupt",
                "# Bad file format reading the append only file: make a backup of your AOF file |"
                        + " build.start.aof-damaged",
                "# Unexpected end of file reading the append only file. | build.start.aof-short",
            })
    void aLogNamesTheCause(String line, String key) {
        var cause = StartFailures.of(List.of("1:M * hello", line), "/r", 9000);
        assertEquals(key, cause.orElseThrow().key());
    }
}
