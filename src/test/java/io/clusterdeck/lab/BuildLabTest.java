package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.ssh.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** From bare hosts to a proven cluster, over SSH. The first test compiles; the others take its programs. */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BuildLabTest {

    private static final String MARK = "pl4nted";
    private static final String PASSWORD = MARK + " '\"$(x) secret 大";

    @TempDir
    static Path kept;

    @TempDir
    Path folder;

    private Lab lab;
    private Building building;

    @BeforeEach
    void begin() {
        building = Building.over(folder).password(PASSWORD);
    }

    @AfterEach
    void end() {
        building.close();
    }

    private Blueprint blueprint(int hosts, String user, String redis, String more) {
        var list = lab.hosts().stream()
                .limit(hosts)
                .map(h -> "  - {name: %s, ssh: %s, user: %s, auth: [keys, %s]}"
                        .formatted(h, lab.address(h), user, lab.key("id_ed25519")))
                .collect(Collectors.joining("\n"));
        return Building.read("name: carts\nhosts:\n%s\nredis: %s\n%s\n".formatted(list, redis, more));
    }

    private static String programs() {
        return "{version: %s, source: programs, file: %s}".formatted(LabRedis.version(), LabRedis.pack(kept));
    }

    private static Outcome outcome(RunState state) {
        return state.ended().orElseThrow().outcome();
    }

    private RunState done(BuildPlan plan) throws Exception {
        assertEquals(List.of(), plan.bad());
        var run = building.run(plan.plan());
        assertEquals(Outcome.DONE, outcome(run), Building.why(run));
        return run;
    }

    private void six(BuildPlan plan) throws Exception {
        var infos = building.infos(plan);
        assertEquals(6, infos.size());
        assertEquals(
                3, infos.stream().filter(i -> i.get("role").equals("master")).count());
        assertEquals(
                3,
                infos.stream()
                        .filter(i -> "up".equals(i.get("master_link_status")))
                        .count());
    }

    /** What failed, by its key, and on which step. */
    private static String failed(RunState run) {
        return run.steps().entrySet().stream()
                .filter(e -> e.getValue().phase() == Phase.FAILED)
                .map(e -> e.getKey() + " " + e.getValue().busy().orElseThrow().key())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Phase phase(RunState run, String step) {
        return run.of(new StepId(step)).phase();
    }

    @Test
    @Order(1)
    void threeBareHostsFromATarball() throws Exception {
        lab = Lab.bare(3);
        var tarball = Lab.tarball();
        var url = lab.serve(tarball.file().getParent())
                .resolve(tarball.file().getFileName().toString());
        var redis = "{version: %s, url: '%s', sha256: %s, malloc: libc}"
                .formatted(LabRedis.version(), url, tarball.sha256());
        var commanded = new Commanded(lab, folder);
        var first = Commanded.phases(commanded.apply(redis));
        assertEquals("done", first.get("tools/h1"), "h1 had no compiler");
        assertEquals("done", first.get("cure-overcommit/h2"));
        LabRedis.keep(kept, lab, "h1", "/home/ops/redis-cluster");
        commanded.whole();

        var before = commanded.pids();
        var again = Commanded.phases(commanded.apply(redis));
        assertEquals(Set.of("was-there"), Set.copyOf(again.values()), again::toString);
        assertEquals(before, commanded.pids());
        commanded.oneLess();
    }

    /** Signed in to with a password, and root only with one, too: neither they nor that of the nodes are ever to be seen. */
    @Test
    @Order(2)
    void secretsAreNowhereToBeSeen() throws Exception {
        lab = Lab.bare(3);
        building.close();
        building = Building.over(folder, Optional.of(Secret.of(lab.password()))).password(PASSWORD);
        var list = lab.hosts().stream()
                .limit(3)
                .map(h -> "{name: %s, ssh: %s, user: opspw, auth: password}".formatted(h, lab.address(h)))
                .collect(Collectors.joining(", "));
        var plan = building.plan(Building.read("""
            name: carts
            hosts: [%s]
            redis: %s
            layout: {root: /srv/redis, user: plain}
            cure: yes
            """.formatted(list, programs())));
        try (var planted = new Planted(lab, MARK, lab.password())) {
            assertEquals(Phase.DONE, phase(done(plan), "cure-overcommit/h2"), "as root");
            six(plan);
            assertEquals(List.of(), planted.seen());
            assertEquals(List.of(), planted.in(folder));
            var confs = List.of("/srv/redis/9000/redis.conf", "/srv/redis/9001/redis.conf");
            assertEquals(confs, planted.on("h2", "/srv /home /root /tmp /var /run /etc"));
            assertFalse(lab.showing(":9000 [cluster]").isEmpty(), "the search sees processes");
            assertFalse(building.journal(plan.plan()).isEmpty(), "and the journal");
        }
    }

    @Test
    @Order(2)
    void sixBareHostsOfOneNode() throws Exception {
        lab = Lab.bare(6);
        var plan = building.plan(blueprint(6, "root", programs(), "layout: {root: \"/srv/a b'c\", ports: 7000}"));
        done(plan);
        six(plan);
    }

    @Test
    @Order(3)
    void takenPortsAreFoundBeforeAnythingIsChanged() throws Exception {
        lab = Lab.bare(3);
        TakenPort.on(lab, "h2", 9001);
        TakenPort.on(lab, "h3", 19000);
        var plan = building.plan(blueprint(3, "root", programs(), ""));
        assertEquals(
                List.of("h2 port-taken", "h3 bus-port-taken"),
                plan.bad().stream()
                        .map(r -> r.host().orElseThrow() + " " + r.rule())
                        .toList());
        var run = building.run(plan.plan());
        assertEquals("look/h2 build.pre.port-taken, look/h3 build.pre.bus-taken", failed(run));
        assertEquals("", lab.exec("h2", "sh", "-c", "ls /root/redis-cluster 2>/dev/null || true"));
    }

    @Test
    @Order(4)
    void aFirewallOnTheBusPortOneWayIsNamed() throws Exception {
        lab = Lab.bare(3);
        lab.cut("h2", "in", "--port", "19000");
        try {
            var plan = building.plan(blueprint(3, "root", programs(), ""));
            var run = building.run(plan.plan());
            assertEquals("ways/h1 build.ways.silent", failed(run));
        } finally {
            lab.heal("h2");
        }
        var plan = building.plan(blueprint(3, "root", programs(), ""));
        done(plan);
        six(plan);
    }

    @Test
    @Order(5)
    void aWrongChecksumStopsBeforeAnythingIsUnpacked() throws Exception {
        lab = Lab.bare(3, "compiler=h1");
        var tarball = Lab.tarball();
        var url = lab.serve(tarball.file().getParent())
                .resolve(tarball.file().getFileName().toString());
        var redis = "{version: %s, url: '%s', sha256: %s}".formatted(LabRedis.version(), url, "0".repeat(64));
        var run = building.run(building.plan(blueprint(3, "ops", redis, "")).plan());
        assertEquals("source/h1 build.source.wrong-sum", failed(run));
        assertEquals("", lab.exec("h1", "sh", "-c", "ls /home/ops/redis-cluster/src"));
    }

    @Test
    @Order(6)
    void aHostThatDropsOffStopsTheRunAndIsTakenUpAgain() throws Exception {
        lab = Lab.bare(3);
        var plan = building.plan(blueprint(3, "ops", programs(), ""));
        building.haltAt("configure/h3", () -> lab.crash("h3"));
        var run = building.run(plan.plan());
        assertEquals(Outcome.FAILED, outcome(run));
        assertTrue(failed(run).contains("/h3 "), failed(run));
        lab.boot("h3");
        var resumed = building.resume(plan.plan());
        assertEquals(Outcome.DONE, outcome(resumed), Building.why(resumed));
        six(plan);
    }

    @Test
    @Order(7)
    void aFullDiskIsNamedAndTheRunGoesOnFromThere() throws Exception {
        lab = Lab.bare(3);
        // where ops may not write: root makes the folder, and all in it is done as ops
        var blueprint = blueprint(3, "ops", programs(), "layout: {root: /srv/full/r}");
        lab.fill("h2", "/srv/full", "200M", "100M");
        var plan = building.plan(blueprint);
        building.haltAt("install/h2", () -> lab.exec("h2", "sh", "-c", "head -c 99M /dev/zero >/srv/full/ballast"));
        var run = building.run(plan.plan());
        assertTrue(failed(run).startsWith("install/h2 "), failed(run));
        lab.exec("h2", "rm", "/srv/full/ballast");
        var resumed = building.resume(plan.plan());
        assertEquals(Outcome.DONE, outcome(resumed), Building.why(resumed));
        six(plan);
        assertEquals("", lab.exec("h2", "find", "/srv/full/r", "!", "-user", "ops"));
    }

    @Test
    @Order(8)
    void somebodysDataIsNeverBuiltOver() throws Exception {
        lab = Lab.bare(3);
        lab.exec(
                "h2",
                "sh",
                "-c",
                "mkdir -p /root/redis-cluster/9000/data && echo x >/root/redis-cluster/9000/data/nodes.conf");
        var plan = building.plan(blueprint(3, "root", programs(), ""));
        assertEquals(
                List.of("foreign-data"), plan.bad().stream().map(r -> r.rule()).toList());
        var run = building.run(plan.plan());
        assertEquals("look/h2 build.pre.foreign-data", failed(run));
        assertEquals("x", lab.exec("h2", "cat", "/root/redis-cluster/9000/data/nodes.conf"));
    }

    @Test
    @Order(9)
    void nodesUnderSystemdSurviveAReboot() throws Exception {
        lab = Lab.bare(3, "systemd");
        var plan = building.plan(blueprint(3, "ops", programs(), ""));
        done(plan);
        six(plan);
        assertTrue(plan.spec().sites().stream().allMatch(s -> s.unit().isPresent()));
        lab.crash("h2");
        lab.boot("h2");
        done(building.plan(blueprint(3, "ops", programs(), "")));
    }

    @Test
    @Order(10)
    void serversRunAsTheAccountThatIsNamed() throws Exception {
        lab = Lab.bare(3);
        var plan = building.plan(blueprint(3, "ops", programs(), "layout: {root: /srv/redis, user: plain}"));
        done(plan);
        six(plan);
        var owners = lab.exec(
                "h1",
                "sh",
                "-c",
                "stat -c %U /srv/redis/9000/redis.conf; for p in /proc/[0-9]*; do case $(readlink $p/exe) in"
                        + " */redis-server) stat -c %U $p;; esac; done | sort -u");
        assertEquals("plain\nplain", owners);
    }
}
