package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.JournalTap;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.model.ClusterNodesParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real building dies before and after every record of its journal, and is resumed to the same cluster. */
@Tag("local")
class LocalHaltTest {

    private static final int AT_ONCE = 3;

    @TempDir
    Path folder;

    private static JournalTap at(int at) {
        var count = new AtomicInteger();
        return new JournalTap() {
            @Override
            public void before(String record) {
                here(record);
            }

            @Override
            public void after(String record) {
                here(record);
            }

            private void here(String record) {
                if (count.getAndIncrement() == at) {
                    throw new Halted(record);
                }
            }
        };
    }

    /** What came of it: slots, role and epoch by distance from the first port, as each node itself says, and the files that there are. */
    private record End(TreeMap<Integer, String> nodes, TreeSet<String> files) {}

    /** @param whole whether the run came to its end before the record at which it was to die */
    private record Built(End end, boolean whole) {}

    private Built build(int point) throws Exception {
        var home = Files.createDirectory(folder.resolve("halt " + point));
        int port = Ports.block(3);
        try (var building = Building.local(home).password("a password")) {
            var blueprint = Building.read("""
                name: halt
                hosts: [{name: here, ssh: local}]
                redis: {source: packaged}
                layout: {root: "%s/root", ports: %d, replicas: 0}
                config: {cluster-node-timeout: 1000}
                """.formatted(home, port));
            var plan = building.plan(blueprint);
            try {
                building.tap(at(point));
                boolean whole = run(building, plan);
                building.tap(JournalTap.NONE);
                if (!whole) {
                    var end = goOn(building, plan);
                    assertEquals(
                            Outcome.DONE,
                            end.ended().orElseThrow().outcome(),
                            point + " " + Building.why(end) + end.differences());
                }
                return new Built(new End(nodes(building, plan, port), files(home.resolve("root"), port)), whole);
            } finally {
                building.shutDown(plan);
            }
        }
    }

    private static boolean run(Building building, BuildPlan plan) throws Exception {
        try {
            return building.run(plan.plan())
                    .ended()
                    .filter(e -> e.outcome() == Outcome.DONE)
                    .isPresent();
        } catch (JournalTap.Halted atTheFirstRecord) {
            return false;
        }
    }

    private static RunState goOn(Building building, BuildPlan plan) throws Exception {
        var all = building.runs().all();
        return all.isEmpty()
                ? building.run(plan.plan())
                : all.getFirst().resumable() ? building.resume(plan.plan()) : all.getFirst();
    }

    private static TreeMap<Integer, String> nodes(Building building, BuildPlan plan, int port) throws Exception {
        var nodes = new TreeMap<Integer, String>();
        try (var links = building.links(plan)) {
            for (var site : plan.spec().sites()) {
                try (var link = links.act(site.address())) {
                    for (var row : ClusterNodesParser.parse(
                            link.call("CLUSTER", "NODES").text())) {
                        var said = row.role() + " " + row.slots() + " " + row.epoch() + " " + row.linkUp();
                        assertEquals(said, nodes.getOrDefault(row.address().port() - port, said));
                        nodes.put(row.address().port() - port, said);
                    }
                }
            }
        }
        return nodes;
    }

    private static TreeSet<String> files(Path root, int port) throws IOException {
        var files = new TreeSet<String>();
        try (var all = Files.walk(root)) {
            all.filter(Files::isRegularFile)
                    .map(f -> root.relativize(f).toString())
                    .filter(f -> !f.endsWith(".rdb"))
                    .forEach(f -> files.add(
                            f.startsWith("1") || f.startsWith("2")
                                    ? Integer.parseInt(f.substring(0, 5)) - port + f.substring(5)
                                    : f));
        }
        return files;
    }

    /** Some at a time, since nodes that rejoin mostly wait: each has a folder and ports of its own. */
    @Test
    void atEveryRecord() throws Exception {
        var wanted = build(Integer.MAX_VALUE);
        assertTrue(wanted.whole());
        assertEquals(3, wanted.end().nodes().size());
        int points = 0;
        try (var sides = Executors.newFixedThreadPool(AT_ONCE)) {
            for (boolean whole = false; !whole; ) {
                var wave = new ArrayList<Callable<Built>>();
                for (int point = points; point < points + AT_ONCE; point++) {
                    int at = point;
                    wave.add(() -> build(at));
                }
                for (var built : sides.invokeAll(wave)) {
                    assertEquals(wanted.end(), built.get().end(), "halted at " + points);
                    whole = built.get().whole();
                    points++;
                }
            }
        }
        assertTrue(points > 20, "before and after each of " + points / 2 + " records");
    }
}
