package io.clusterdeck.redis.build;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.NodeAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master whose host was installed anew, while its replica could not take over: applying once more must not empty the only copy. */
@Tag("local")
@Timeout(180)
class EmptiedTest {

    @TempDir
    Path folder;

    private Building building;
    private BuildPlan last;
    private Blueprint blueprint;

    @BeforeEach
    void begin() throws Exception {
        building = Building.local(folder).password("p");
        blueprint = Building.read("""
            name: carts
            hosts: [{name: here, ssh: local}]
            redis: {source: packaged}
            layout: {root: %s, ports: %d}
            config: {cluster-node-timeout: 2000, cluster-replica-no-failover: yes}
            """.formatted(folder.resolve("root"), Ports.block(6)));
        last = building.plan(blueprint);
        run();
    }

    @AfterEach
    void end() throws Exception {
        building.shutDown(last);
        building.close();
    }

    private void run() throws Exception {
        var run = building.run(last.plan());
        assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), Building.why(run));
    }

    private Reply says(NodeAddress node, String... command) throws Exception {
        try (var links = building.links(last);
                var link = links.act(node)) {
            return link.call(command);
        }
    }

    private Map<String, String> info(NodeAddress node) throws Exception {
        return InfoParser.parse(says(node, "INFO").text());
    }

    private static void gone(Path data) throws Exception {
        try (var all = Files.walk(data)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void theOnlyCopyIsNotEmptied() throws Exception {
        var master = last.masters().stream()
                .min(Comparator.comparing(NodeAddress::port))
                .orElseThrow();
        long kept = 0;
        for (int i = 0; i < 30; i++) {
            kept += says(master, "SET", "k" + i, "v") instanceof Reply.Refused ? 0 : 1;
        }
        assertTrue(kept > 0);
        assertEquals("1", says(master, "WAIT", "1", "5000").text());
        var site = last.spec().sites().stream()
                .filter(s -> s.at(master))
                .findFirst()
                .orElseThrow();
        var replica = last.spec().sites().stream()
                .map(s -> s.address())
                .filter(a -> follows(a, master))
                .findFirst()
                .orElseThrow();
        long pid = Long.parseLong(info(master).get("process_id"));
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        gone(Path.of(site.directory().value()));

        last = building.plan(blueprint);
        assertEquals(
                List.of("would-empty build.pre.would-empty " + kept),
                last.bad().stream()
                        .map(r -> r.rule() + " " + r.why().key() + " "
                                + r.why().args().get("keys"))
                        .toList());

        says(replica, "CLUSTER", "FAILOVER", "TAKEOVER");
        await().until(() -> info(replica).get("role").equals("master"));
        last = building.plan(blueprint);
        assertEquals(List.of(), last.bad());
        run();
        await().atMost(Duration.ofSeconds(60)).until(() -> follows(master, replica));
        var left = Long.toString(kept);
        assertEquals(left, says(replica, "DBSIZE").text());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> says(master, "DBSIZE").text().equals(left));
    }

    private boolean follows(NodeAddress replica, NodeAddress master) {
        try {
            var info = info(replica);
            return info.get("role").equals("slave") && info.get("master_port").equals(Integer.toString(master.port()));
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }
}
