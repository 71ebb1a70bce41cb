package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.JournalTap;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.model.ClusterNodesParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real building dies before and after every record of its journal, and is resumed to the same cluster. */
@Tag("local")
class LocalHaltTest {

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

    private End build(int point, boolean[] whole) throws Exception {
        var home = Files.createDirectory(folder.resolve("halt " + point));
        int port = LocalRecipe.freeBlock(3);
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
                var run = run(building, plan);
                whole[0] = run;
                building.tap(JournalTap.NONE);
                if (!run) {
                    var end = goOn(building, plan);
                    assertEquals(
                            Outcome.DONE,
                            end.ended().orElseThrow().outcome(),
                            point + " " + Building.why(end) + end.differences());
                }
                return new End(nodes(building, plan, port), files(home.resolve("root"), port));
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

    @Test
    void atEveryRecord() throws Exception {
        var whole = new boolean[1];
        var wanted = build(Integer.MAX_VALUE, whole);
        assertTrue(whole[0]);
        assertEquals(3, wanted.nodes().size());
        int points = 0;
        for (whole[0] = false; !whole[0]; points++) {
            assertEquals(wanted, build(points, whole), "halted at " + points);
        }
        assertTrue(points > 20, "before and after each of " + points / 2 + " records");
    }
}
