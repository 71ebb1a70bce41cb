package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.deck.Unattended;
import io.clusterdeck.redis.Likeness;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program is killed (kill -9) at random instants of its runs, and a new process goes on with them. */
@Tag("local")
@Timeout(600)
class KilledProgramTest {

    @TempDir
    Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<Process> programs = new ArrayList<>();

    /** Where it failed, a program is left, and servers, which work below the folder. */
    @AfterEach
    void nothingIsLeft() throws Exception {
        for (var program : programs) {
            program.destroyForcibly().waitFor();
        }
        var below = folder.toRealPath();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            var left = ProcessHandle.allProcesses()
                    .filter(p -> worksBelow(p, below))
                    .toList();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
        });
    }

    private static boolean worksBelow(ProcessHandle process, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .startsWith(folder);
        } catch (IOException gone) {
            return false;
        }
    }

    /** The command line as it is started by {@code ./clusterdeck}. */
    static final class Program {
        public static void main(String[] args) throws IOException {
            var home = Home.open();
            Runtime.getRuntime().exit(Cli.run(args, person -> DeckApp.open(home, person), Screen.NONE));
        }
    }

    private Process program(String... args) throws IOException {
        var command = Stream.concat(
                Stream.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName()),
                Stream.of(args));
        var process = new ProcessBuilder(command.toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        process.environment().put("XDG_DATA_HOME", folder.toString());
        var started = process.start();
        programs.add(started);
        return started;
    }

    private void ends(int code, String... args) throws Exception {
        assertEquals(code, ended(args), Files.readString(folder.resolve("said")) + ", seed " + seed);
    }

    private int ended(String... args) throws Exception {
        var process = program(args);
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "seed " + seed);
        return process.exitValue() == Code.UNKNOWN ? ended(args) : process.exitValue();
    }

    /** As an operator would, once more where servers are too slow for it. */
    private void goesOn(String... agreed) throws Exception {
        var words = Stream.concat(Stream.of("resume"), Stream.of(agreed)).toArray(String[]::new);
        if (ended(words) != Code.DONE) {
            ends(Code.DONE, words);
        }
    }

    /** Killed once its journal has so many lines more, or a moment later; whether that was before its own end. */
    private boolean killed(int lines, String... args) throws Exception {
        var before = records();
        var process = program(args);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !process.isAlive() || records() >= before + lines);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
        int code = process.destroyForcibly().waitFor();
        if (code != 137 && records() == before) { // nothing was begun: a busy computer may hear nobody at first
            return killed(lines, args);
        }
        assertTrue(code == 0 || code == 137, code + " " + Files.readString(folder.resolve("said")) + ", seed " + seed);
        return code == 137;
    }

    private int from(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @Test
    void aNewProcessGoesOn() throws Exception {
        System.out.println("KilledProgramTest: seed " + seed);
        int first = Ports.block(6);
        ends(Code.DONE, "apply", blueprint("whole", first).toString());
        var wanted = snapshot("whole", first);
        ends(Code.DONE, "destroy", "whole", "--remove-data", "--yes", "--type", "whole");

        int port = Ports.block(6);
        assertTrue(killed(from(2, 6), "apply", blueprint("halved", port).toString()));
        assertTrue(killed(from(1, 4), "resume"));
        goesOn();
        assertEquals(wanted, snapshot("halved", port), "seed " + seed);

        int node = masters().getFirst();
        int heir = replica(node);
        assertTrue(killed(from(2, 6), "restart", "here:" + node, "--yes"));
        ends(Code.MISUSED, "resume");
        goesOn("--yes");
        assertEquals(2, logged(node, "Redis is starting"), "seed " + seed);
        assertEquals(1, Traces.asked(Files.readString(log(heir))), "seed " + seed);

        int next = masters().stream().filter(m -> m != heir).findFirst().orElseThrow();
        assertTrue(killed(from(2, 3), "kill", "here:" + next, "--yes"));
        goesOn("--yes");
        ends(Code.DONE, "start", "here:" + next, "--yes");
        assertEquals(2, logged(next, "Redis is starting"), "seed " + seed);

        if (killed(from(1, 2), "destroy", "halved", "--remove-data", "--yes", "--type", "halved")) {
            goesOn("--yes", "--type", "halved");
        }
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !Files.exists(folder.resolve("halved")));
        assertEquals(List.of(), Home.at(folder.resolve("clusterdeck")).clusters());
    }

    private long records() {
        long all = 0;
        for (var file : Tree.below(folder.resolve("clusterdeck"))) {
            if (file.toString().endsWith(".jsonl") && file.getParent().endsWith("runs")) {
                try {
                    all += Files.readString(file).chars().filter(c -> c == '\n').count();
                } catch (IOException vanished) {
                    continue;
                }
            }
        }
        return all;
    }

    private Path blueprint(String name, int port) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
            name: %s
            hosts:
              - {name: here, ssh: local, bind: 127.0.0.1}
            redis: {source: packaged}
            layout: {root: "%s", ports: %d}
            config: {cluster-node-timeout: 2000}
            access: direct
            """.formatted(name, folder.resolve(name), port));
    }

    private Path log(int port) {
        return folder.resolve("halved/" + port + "/redis.log");
    }

    private long logged(int port, String words) throws IOException {
        return Files.readAllLines(log(port)).stream()
                .filter(l -> l.contains(words))
                .count();
    }

    private List<Integer> masters() throws Exception {
        return state("halved").nodes().values().stream()
                .filter(Node::isMaster)
                .map(n -> n.address().port())
                .sorted()
                .toList();
    }

    private int replica(int master) throws Exception {
        var state = state("halved");
        var of = state.nodes().values().stream()
                .filter(n -> n.address().port() == master)
                .findFirst()
                .orElseThrow();
        return state.replicasOf(of.id()).getFirst().address().port();
    }

    private ClusterState state(String name) throws Exception {
        return taken(name).state();
    }

    /** As the program tells it. */
    private Snapshot taken(String name) throws Exception {
        try (var deck = DeckApp.open(Home.at(folder.resolve("clusterdeck")), Unattended.REFUSING)) {
            return deck.archive().read(deck.archive().take(name));
        }
    }

    private String snapshot(String name, int port) throws Exception {
        var like = new Likeness(port, folder.resolve(name));
        return like.of(SnapshotJson.text(taken(name))).replace(name, "NAME");
    }
}
