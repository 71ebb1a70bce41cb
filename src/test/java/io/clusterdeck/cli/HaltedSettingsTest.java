package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.cli.Halting.Deed;
import io.clusterdeck.cli.Lane.Next;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.store.Home;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As {@link HaltedWordsTest}, of what changes settings and passwords, pauses a node, takes a cluster away. */
@Tag("local")
@Timeout(600)
class HaltedSettingsTest {

    private static final String COPY = " files: +[redis.conf.before-STAMP] -[]";

    @TempDir
    Path folder;

    private Lane pair(LocalRecipe recipe, String... adopting) throws Exception {
        return new Lane(recipe.directives("cluster-node-timeout 5000").start(), folder.resolve("operator"), adopting);
    }

    @Test
    void aSettingIsSetAndWrittenOnce() throws Exception {
        var value = new AtomicInteger(100);
        try (var lane = pair(new LocalRecipe(1, 1).directives("slowlog-max-len 100"))) {
            lane.atEveryRecord(List.of("acted" + COPY, "mate" + COPY), () -> {
                isSet(lane, value.get());
                var to = Integer.toString(value.incrementAndGet());
                return new Next.Of(0, new Deed("set-slowlog", false, "carts", "config", "slowlog-max-len", to));
            });
            isSet(lane, value.get());
        }
    }

    private static void isSet(Lane lane, int value) throws Exception {
        for (int i = 0; i < 2; i++) {
            var line = "slowlog-max-len " + value;
            assertTrue(Files.readAllLines(lane.cluster.server(i).conf()).contains(line), line);
            assertTrue(
                    lane.cluster.call(i, "CONFIG", "GET", "slowlog-max-len").contains(Integer.toString(value)), line);
        }
    }

    @Test
    void aPasswordIsLetInBesideTheOthersAndKept() throws Exception {
        var number = new AtomicInteger();
        try (var lane = pair(
                new LocalRecipe(1, 1).password("secret-0"),
                "--password-file",
                secret(0).toString())) {
            lane.atEveryRecord(List.of("acted passwords: +1", "mate passwords: +1", "acted" + COPY), () -> {
                isKept(lane, number.get());
                var file = secret(number.incrementAndGet()).toString();
                return new Next.Of(
                        0, new Deed("password", false, "carts", "password", "carts", "--new-password-file", file));
            });
            isKept(lane, number.get());
        }
    }

    private Path secret(int n) throws Exception {
        return Files.writeString(folder.resolve("secret " + n), "secret-" + n);
    }

    private static void isKept(Lane lane, int n) throws Exception {
        var clear = "secret-" + n;
        var hash = Packed.sha256(clear.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 2; i++) {
            var conf = Files.readString(lane.cluster.server(i).conf()).replace("\"", "");
            assertTrue(
                    conf.contains("requirepass " + clear + "\n") && conf.contains("masterauth " + clear + "\n"), conf);
            assertTrue(lane.cluster.call(i, "ACL", "LIST").contains(hash), clear);
        }
        var kept = Home.at(lane.operator.home()).secrets();
        assertEquals(List.of("clusters/carts/requirepass"), List.copyOf(kept.names()));
        assertEquals(clear, kept.get("clusters/carts/requirepass").orElseThrow().reveal());
    }

    @Test
    void anOldPasswordIsRetired() throws Exception {
        var user = "user app on >secret-9 ~* &* +@all";
        var file = secret(9).toString();
        try (var lane = pair(new LocalRecipe(1, 1).directives(user))) {
            lane.atEveryRecord(List.of("acted passwords: +-1", "mate passwords: +-1"), () -> {
                lane.cluster.call(0, "ACL", "SETUSER", "app", ">another");
                lane.cluster.call(1, "ACL", "SETUSER", "app", ">another");
                return new Next.Of(
                        0,
                        new Deed(
                                "retire",
                                true,
                                "carts",
                                "password",
                                "carts",
                                "--acl-user",
                                "app",
                                "--new-password-file",
                                file,
                                "--retire-old"));
            });
        }
    }

    /** Where nobody knows how long it was paused, between its beginning and its end, it is paused again. */
    @Test
    void aPauseThatIsOverIsNotRepeated() throws Exception {
        try (var lane = pair(new LocalRecipe(1, 1))) {
            long pid = lane.cluster.pid(1);
            int point = 0;
            for (boolean whole = false; !whole; point++) {
                lane.whole();
                var deed = new Deed("stop", false, "carts", "kill", lane.address(1), "--pause", "1");
                try (var pauses = new Pauses(pid)) {
                    whole = lane.operator.whole(point, deed);
                    int most = point == 3 ? 2 : 1;
                    int seen = pauses.count();
                    assertTrue(seen >= 1 && seen <= most, seen + " pauses, halted at " + point);
                }
                lane.quiet();
            }
            assertTrue(point > 5, "points: " + point);
        }
    }

    /** How often a process was seen to stop. */
    private static final class Pauses implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger count = new AtomicInteger();
        private final Thread watching;

        Pauses(long pid) {
            watching = Thread.ofPlatform().start(() -> {
                boolean stopped = false;
                while (!over.get()) {
                    boolean now = stopped(pid);
                    if (now && !stopped) {
                        count.incrementAndGet();
                    }
                    stopped = now;
                    Thread.yield();
                }
            });
        }

        private static boolean stopped(long pid) {
            try {
                var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
                Thread.sleep(5);
                return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
            } catch (java.io.IOException | InterruptedException gone) {
                return false;
            }
        }

        int count() {
            return count.get();
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            watching.join();
        }
    }

    @Test
    void whatIsDestroyedIsForgottenToo() throws Exception {
        var operator = new Halting(Files.createDirectory(folder.resolve("operator")));
        int point = 0;
        for (boolean whole = false; !whole; point++) {
            var root = folder.resolve("root " + point);
            var blueprint = Files.writeString(folder.resolve("carts.yaml"), """
                name: carts
                hosts: [{name: here, ssh: local, bind: 127.0.0.1}]
                redis: {source: packaged}
                layout: {root: "%s", ports: %d, replicas: 0}
                access: direct
                """.formatted(root, Ports.block(3)));
            operator.done("apply", blueprint.toString());
            assertTrue(Files.exists(root));
            var deed = new Deed("destroy", true, "carts", "destroy", "carts", "--remove-data");
            whole = operator.whole(point, deed);
            int halted = point;
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertEquals(List.of(), Tree.from(root), "halted at " + halted));
            assertEquals(List.of(), Home.at(operator.home()).clusters(), "halted at " + point);
            assertFalse(Home.at(operator.home()).secrets().names().stream().anyMatch(n -> n.contains("carts")));
        }
        assertTrue(point > 5, "points: " + point);
    }
}
