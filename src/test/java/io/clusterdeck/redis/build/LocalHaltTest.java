package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.plan.HaltAt;
import io.clusterdeck.plan.JournalTap;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.Likeness;
import io.clusterdeck.redis.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real building, replicas and all, dies before and after every record of its journal, and is resumed to the same cluster. */
@Tag("local")
class LocalHaltTest {

    private static final int AT_ONCE = 5;

    @TempDir
    Path folder;

    /**
     * What came of it.
     *
     * @param cluster the program's snapshot
     * @param files all that there are; with what they say, where they hold configuration
     */
    private record End(String cluster, TreeMap<String, String> files) {}

    /** @param whole whether the run came to its end before the instant at which it was to die */
    private record Built(int point, End end, boolean whole) {}

    private Built build(int point) throws Exception {
        var home = Files.createDirectory(folder.resolve("halt " + point));
        int port = Ports.block(6);
        var like = new Likeness(port, home);
        try (var building = Building.local(home).password("a password")) {
            var blueprint = Building.read("""
                name: halt
                hosts: [{name: here, ssh: local}]
                redis: {source: packaged}
                layout: {root: "%s/root", ports: %d}
                config: {cluster-node-timeout: 5000}
                """.formatted(home, port));
            var plan = building.plan(blueprint);
            try {
                var tap = HaltAt.instant(point);
                building.tap(tap);
                run(building, plan);
                building.tap(JournalTap.NONE);
                if (!tap.missed()) {
                    var end = goOn(building, plan);
                    assertEquals(
                            Outcome.DONE,
                            end.ended().orElseThrow().outcome(),
                            point + " " + Building.why(end) + end.differences());
                }
                try (var links = building.links(plan)) {
                    return new Built(
                            point,
                            new End(like.of(plan.spec(), links), files(home.resolve("root"), like)),
                            tap.missed());
                }
            } finally {
                building.shutDown(plan);
            }
        }
    }

    private static void run(Building building, BuildPlan plan) throws Exception {
        try {
            building.run(plan.plan());
        } catch (JournalTap.Halted atTheFirstRecord) {
            assertTrue(building.journal(plan.plan()).lines().count() <= 1);
        }
    }

    private static RunState goOn(Building building, BuildPlan plan) throws Exception {
        var all = building.runs().all();
        return all.isEmpty()
                ? building.run(plan.plan())
                : all.getFirst().resumable() ? building.resume(plan.plan()) : all.getFirst();
    }

    private static TreeMap<String, String> files(Path root, Likeness like) throws IOException {
        var files = new TreeMap<String, String>();
        for (var file : Tree.below(root)) {
            var name = like.named(root.relativize(file).toString());
            if (Files.isRegularFile(file) && !name.endsWith(".rdb")) {
                files.put(name, name.endsWith("redis.conf") ? like.named(Files.readString(file)) : "");
            }
        }
        return files;
    }

    /** Some at a time, since nodes that rejoin mostly wait: each has a folder and ports of its own. */
    @Test
    void atEveryRecord() throws Exception {
        var wanted = build(Integer.MAX_VALUE);
        assertTrue(wanted.whole());
        assertEquals(
                6,
                wanted.end().files().keySet().stream()
                        .filter(f -> f.endsWith("/redis.log"))
                        .count());
        int points = 0;
        try (var sides = Executors.newFixedThreadPool(AT_ONCE)) {
            for (boolean whole = false; !whole; ) {
                var wave = new ArrayList<Callable<Built>>();
                for (int point = points; point < points + AT_ONCE; point++) {
                    int at = point;
                    wave.add(() -> build(at));
                }
                for (var built : sides.invokeAll(wave)) {
                    var end = built.get();
                    assertEquals(wanted.end().files(), end.end().files(), "halted at " + end.point());
                    assertEquals(wanted.end().cluster(), end.end().cluster(), "halted at " + end.point());
                    whole = end.whole();
                    points++;
                }
            }
        }
        assertTrue(points > 24, "around each of the records: " + points);
    }
}
