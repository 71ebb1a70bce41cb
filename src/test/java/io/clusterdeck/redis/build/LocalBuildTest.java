package io.clusterdeck.redis.build;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six nodes on this computer, from the packaged server, by the real plan, scripts and runner, in a folder with a hostile name. */
@Tag("local")
class LocalBuildTest {

    private static final String PASSWORD = "p '\"$(x) \\ 大#";

    @TempDir
    Path folder;

    private Path root;
    private Building building;
    private BuildPlan last;

    @BeforeEach
    void begin() {
        root = folder.resolve("a b'c\"$(id) \\é 大");
        building = Building.local(folder).password(PASSWORD);
    }

    @AfterEach
    void end() throws InterruptedException {
        if (last != null) {
            building.shutDown(last);
        }
        building.close();
    }

    private Blueprint blueprint(int port) {
        return Building.read("""
            name: "try it's"
            hosts: [{name: "here now", ssh: local}]
            redis: {source: packaged}
            layout: {root: %s, ports: %d}
            config: {cluster-node-timeout: 2000}
            """.formatted(yaml(root.toString()), port));
    }

    private static String yaml(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static Outcome outcome(RunState state) {
        return state.ended().orElseThrow().outcome();
    }

    private TreeMap<String, Object> files() throws IOException {
        var files = new TreeMap<String, Object>();
        for (var f : Tree.below(root)) {
            if (Files.isRegularFile(f) && !f.toString().matches(".*(/data/.*|[.]log|/[.]clusterdeck-lease)")) {
                files.put(root.relativize(f).toString(), Files.getLastModifiedTime(f));
            }
        }
        return files;
    }

    @Test
    void buildsSixProvenNodesAndChangesNothingTheSecondTime() throws Exception {
        var blueprint = blueprint(Ports.block(6));
        last = building.plan(blueprint);
        assertEquals(List.of(), last.bad());
        var written = edits();
        assertEquals(12, written.size());
        assertEquals(Optional.of(Say.of("build.basis.ours")), written.getFirst().basis());
        assertNull(written.get(1).before(), "no node has a nodes.conf yet");
        var first = building.run(last.plan());
        assertEquals(Outcome.DONE, outcome(first), Building.why(first));

        var infos = building.infos(last);
        assertEquals(6, infos.size());
        assertEquals(
                3, infos.stream().filter(i -> i.get("role").equals("master")).count());
        assertTrue(infos.stream()
                .filter(i -> i.get("role").equals("slave"))
                .allMatch(i -> i.get("master_link_status").equals("up")));
        var keys = infos.stream().filter(i -> i.containsKey("db0")).toList();
        assertEquals(List.of(), keys, "the proof leaves no key behind");
        await("each master and its replica were told of a key of ours that ends by itself")
                .until(() -> proofs() == 6);

        var files = files();
        var conf = root.resolve(blueprint.layout().ports().getFirst() + "/redis.conf");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(conf)));
        assertTrue(files.containsKey("bin/redis-check-aof"), files.toString());

        last = building.plan(with(blueprint, "maxmemory", "100mb"));
        for (var edit : edits()) {
            assertEquals(Optional.of(Say.of("build.basis.there")), edit.basis());
            var line = "maxmemory 100mb\n";
            assertTrue(edit.after().contains(line), edit::after);
            assertEquals(edit.before(), edit.after().replace(line, ""));
        }
        assertEquals(6, edits().size());

        last = building.plan(blueprint);
        assertEquals(List.of(), edits());
        var again = building.run(last.plan());
        assertEquals(Outcome.DONE, outcome(again), Building.why(again));
        assertTrue(
                again.steps().values().stream().allMatch(s -> s.phase() == Phase.WAS_THERE),
                again.steps().toString());
        assertFalse(building.journal(last.plan()).contains("\"is\":\"begun\""));
        assertEquals(runIds(infos), runIds(building.infos(last)));
        assertEquals(files, files());
        assertFalse(building.journal(last.plan()).contains("$(x)"), "no secret in the journal");
    }

    /** How many AOFs hold a key of ours with a time to live, and its end. */
    private long proofs() throws IOException {
        var proof = Pattern.compile(
                "SET\\s+\\$\\d+\\s+(clusterdeck:proof:\\d+)\\s.*(EX|PX|PXAT|PEXPIREAT)\\s.*DEL\\s+\\$\\d+\\s+\\1\\s",
                Pattern.DOTALL);
        long found = 0;
        for (var aof : Tree.below(root)) {
            if (aof.endsWith("appendonly.aof")
                    && proof.matcher(Files.readString(aof, StandardCharsets.ISO_8859_1))
                            .find()) {
                found++;
            }
        }
        return found;
    }

    private List<FileDiff> edits() {
        return last.plan().steps().stream()
                .filter(s -> s.spec().kind().equals("build.configure"))
                .flatMap(s -> s.edits().stream())
                .toList();
    }

    private static Blueprint with(Blueprint made, String directive, String value) {
        var config = new TreeMap<>(made.config());
        config.put(directive, List.of(value));
        return new Blueprint(
                made.name(),
                made.production(),
                made.hosts(),
                made.redis(),
                made.layout(),
                config,
                made.access(),
                made.password(),
                made.tls(),
                made.placement(),
                made.cure());
    }

    /** As an ACL file takes a password that holds spaces. */
    private static String sha256(String password) throws Exception {
        var digest = java.security.MessageDigest.getInstance("SHA-256");
        return java.util.HexFormat.of().formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
    }

    /** An ACL file that forgets the default user takes the password away, and the server says nothing. */
    @Test
    void nodesThatLetEveryoneInAlthoughTheyWereGivenAPasswordAreNotTakenForBuilt() throws Exception {
        var acl = Files.writeString(folder.resolve("users.acl"), "user app on >x ~* +@all\n");
        var wish = with(blueprint(Ports.block(6)), "aclfile", acl.toString());
        last = building.plan(wish);
        var open = building.run(last.plan());
        assertEquals(Outcome.FAILED, outcome(open));
        assertTrue(Building.why(open).contains("lets everyone in"), Building.why(open));
        building.shutDown(last);

        Files.writeString(acl, "user app on >x ~* +@all\nuser default on #" + sha256(PASSWORD) + " ~* +@all\n");
        last = building.plan(wish);
        assertFalse(Building.why(building.run(last.plan())).contains("lets everyone in"));
    }

    /** Its host sees it running, and a connection to it takes its time. */
    @Test
    void aServerThatIsHeardLateIsNotCalledDown() throws Exception {
        var calm = with(blueprint(Ports.block(6)), "cluster-node-timeout", "15000");
        last = building.plan(calm);
        assertEquals(Outcome.DONE, outcome(building.run(last.plan())));
        long pid = Long.parseLong(building.infos(last).getFirst().get("process_id"));
        last = building.plan(calm);
        building.haltAt("start/here now", () -> {
            LocalCluster.signal(pid, "STOP");
            Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(Duration.ofSeconds(4).toNanos());
                LocalCluster.signal(pid, "CONT");
            });
        });
        var again = building.run(last.plan());
        assertEquals(Outcome.DONE, outcome(again), Building.why(again));
        assertEquals(Phase.WAS_THERE, again.of(new StepId("start/here now")).phase(), again.steps()::toString);
    }

    /** The root lies behind a link, as where /srv leads to another disk, and is not written as Linux tells it. */
    @Test
    void destroysWhatItBuiltAndSetsTheDataAside() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        root = Files.createSymbolicLink(folder.resolve("srv"), disk).resolve("a//b");
        var wish = blueprint(Ports.block(6));
        last = building.plan(wish);
        var built = building.run(last.plan());
        assertEquals(Outcome.DONE, outcome(built), Building.why(built));
        last = building.plan(wish);
        assertEquals(List.of(), last.bad(), "its own servers hold the ports");
        var offer = DestroyPlanner.offer(new PlanId("d1"), last.spec(), building, "now", false);
        var ready = assertInstanceOf(Offer.Ready.class, offer);
        assertInstanceOf(Consent.Ask.class, ready.consent());
        var run = building.run(ready.plan());
        assertEquals(Outcome.DONE, outcome(run), Building.why(run));
        assertFalse(Files.exists(root), "nothing of ours is left");
        for (int port :
                last.spec().sites().stream().map(s -> s.address().port()).toList()) {
            assertTrue(Files.exists(Path.of(root + ".set-aside-now/" + port + "/data/nodes.conf")));
            assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", port).close());
        }
        assertInstanceOf(
                Offer.Refused.class, DestroyPlanner.offer(new PlanId("d2"), last.spec(), building, "now", false));
    }

    private static List<String> runIds(List<java.util.Map<String, String>> infos) {
        return infos.stream().map(i -> i.get("run_id")).toList();
    }
}
