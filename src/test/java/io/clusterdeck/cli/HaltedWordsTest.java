package io.clusterdeck.cli;

import io.clusterdeck.cli.Halting.Deed;
import io.clusterdeck.cli.Lane.Next;
import io.clusterdeck.redis.Appended;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.ServerLogs;
import io.clusterdeck.redis.TakeOver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of plan dies around each record of its journal, on real servers, and is gone on with by another session: it ends as one that
 * nobody halted, nothing is done twice, nothing stays behind, and what it asked it asks again.
 */
@Tag("local")
@Timeout(900)
class HaltedWordsTest {

    private static final String NO_PREAMBLE = "aof-use-rdb-preamble no";

    /** Here nobody may be elected unasked: a node that waits for its disk, with all others on it, is silent for a second and more. */
    private static final int CALM = 3_000;

    @TempDir
    Path folder;

    private interface Body {
        void run(Lane lane) throws Exception;
    }

    /** They mostly wait: each has a cluster and an operator of its own. */
    private record Side(LocalRecipe cluster, Body body) {}

    private static Side side(int masters, int replicas, int timeout, Body body) {
        return new Side(
                new LocalRecipe(masters, replicas).directives("cluster-node-timeout " + timeout, NO_PREAMBLE), body);
    }

    private void sideBySide(Side... sides) throws Exception {
        var all = new ArrayList<Callable<Void>>();
        for (var side : sides) {
            int n = all.size();
            all.add(() -> {
                try (var lane = new Lane(side.cluster.start(), folder.resolve("side " + n))) {
                    lane.cluster.fill(300);
                    try {
                        side.body.run(lane);
                    } catch (AssertionError failed) {
                        throw new AssertionError(
                                failed.getMessage() + "\n" + ServerLogs.ends(lane.cluster, 30), failed);
                    }
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(sides.length)) {
            for (var one : threads.invokeAll(all)) {
                one.get();
            }
        }
    }

    @Test
    void nodesEndAndBegin() throws Exception {
        sideBySide(
                side(3, 1, 2_000, HaltedWordsTest::killed),
                side(3, 1, CALM, HaltedWordsTest::stopped),
                side(3, 1, CALM, HaltedWordsTest::restarted),
                side(3, 1, CALM, HaltedWordsTest::started));
    }

    @Test
    void shardsChangeHands() throws Exception {
        sideBySide(side(3, 1, CALM, HaltedWordsTest::failedOver), side(3, 1, CALM, HaltedWordsTest::handedBack));
    }

    @Test
    void filesAreCured() throws Exception {
        sideBySide(
                side(3, 0, 2_000, HaltedWordsTest::rewritten),
                side(3, 0, 2_000, HaltedWordsTest::truncated),
                side(3, 1, CALM, HaltedWordsTest::fetchedAnew));
    }

    private static void killed(Lane lane) throws Exception {
        var seen = List.of("acted is: master → none", "mate is: slave → master", "mate elected: +1");
        lane.atEveryRecord(seen, () -> {
            lane.whole();
            int i = lane.of(lane.shard(), true);
            return new Next.Of(i, new Deed("kill", true, lane.address(i), "kill", lane.address(i)));
        });
    }

    private static void stopped(Lane lane) throws Exception {
        var seen = List.of("acted is: master → none", "mate asked to take over: +1", "epoch: +1");
        lane.atEveryRecord(seen, () -> {
            lane.whole();
            int i = lane.of(lane.shard(), true);
            return new Next.Of(i, new Deed("stop", true, lane.address(i), "stop", lane.address(i)));
        });
    }

    private static void restarted(Lane lane) throws Exception {
        var seen = List.of(
                "acted is: master → slave",
                "acted process: another",
                "acted starts: +1",
                "mate asked to take over: +1");
        lane.atEveryRecord(seen, () -> {
            lane.whole();
            int i = lane.of(lane.shard(), true);
            return new Next.Of(i, new Deed("restart", true, lane.address(i), "restart", lane.address(i)));
        });
    }

    private static void started(Lane lane) throws Exception {
        lane.atEveryRecord(List.of("acted is: none → slave", "acted starts: +1"), () -> {
            lane.whole();
            int i = lane.of(lane.shard(), false);
            lane.cluster.kill(i);
            return new Next.Of(i, new Deed("start", false, lane.address(i), "start", lane.address(i)));
        });
    }

    private static void failedOver(Lane lane) throws Exception {
        lane.atEveryRecord(List.of("acted is: master → slave", "mate asked to take over: +1", "epoch: +1"), () -> {
            lane.whole();
            int shard = lane.shard();
            int heir = lane.of(shard, false);
            var deed = new Deed("failover", true, lane.address(heir), "failover", lane.address(heir));
            return new Next.Of(lane.of(shard, true), deed);
        });
    }

    private static void handedBack(Lane lane) throws Exception {
        lane.atEveryRecord(List.of("acted is: master → slave", "mate asked to take over: +1", "epoch: +1"), () -> {
            lane.whole();
            int shard = lane.shard();
            TakeOver.by(lane.cluster, shard + 3);
            lane.cluster.call(shard, "CLIENT", "UNPAUSE"); // else 6.2.7 leaves it deaf to its new master for 10 s
            lane.whole();
            return new Next.Of(shard + 3, new Deed("hand-back", true, "carts", "hand-back", "carts"));
        });
    }

    private static Path aof(Lane lane, int i) {
        return lane.cluster.server(i).data().resolve("appendonly.aof");
    }

    private static void rewritten(Lane lane) throws Exception {
        lane.atEveryRecord(
                List.of("acted rewrites: +1", "acted files: +[data/appendonly.aof.damaged-STAMP] -[]"), () -> {
                    int i = lane.shard();
                    Appended.await(lane.cluster, i);
                    var bytes = Files.readAllBytes(aof(lane, i));
                    var text = new String(bytes, StandardCharsets.ISO_8859_1);
                    bytes[text.indexOf("\r\n*3\r\n", bytes.length / 10) + 2] = 'X';
                    Files.write(aof(lane, i), bytes);
                    return new Next.Of(i, cure(lane, i, "rewrite", false, 1));
                });
    }

    private static Deed cure(Lane lane, int i, String kind, boolean asks, int n) {
        return new Deed(
                kind + "-aof", asks, lane.address(i), "check-aof", lane.address(i), "--cure", Integer.toString(n));
    }

    private static void truncated(Lane lane) throws Exception {
        var seen = List.of(
                "acted is: none → master", "acted starts: +1", "acted files: +[data/appendonly.aof.damaged-STAMP] -[]");
        lane.atEveryRecord(seen, () -> {
            lane.whole();
            int i = lane.shard();
            lane.cluster.kill(i);
            var bytes = Files.readAllBytes(aof(lane, i));
            Files.write(aof(lane, i), Arrays.copyOf(bytes, bytes.length - 5));
            return new Next.Of(i, cure(lane, i, "truncate", true, 3));
        });
    }

    private static void fetchedAnew(Lane lane) throws Exception {
        var seen = List.of(
                "acted is: none → slave", "acted starts: +1", "acted files: +[data/appendonly.aof.damaged-STAMP] -[]");
        lane.atEveryRecord(seen, () -> {
            lane.whole();
            int i = lane.of(lane.shard(), false);
            lane.cluster.kill(i);
            Files.write(aof(lane, i), "*1\r\n$4\r\nPI".getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
            return new Next.Of(i, cure(lane, i, "resync", false, 2));
        });
    }
}
