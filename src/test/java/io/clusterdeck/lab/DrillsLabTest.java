package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.redis.drill.DrillReport;
import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.drill.Library;
import io.clusterdeck.redis.drill.ResultJson;
import io.clusterdeck.words.Words;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every drill of the library once, on six hosts, beside a second client; and one that dies half-way. */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillsLabTest {
    private static final List<String> TABLE = new ArrayList<>();

    @TempDir
    static Path folder;

    private static Lab lab;
    private static String blueprint;
    private static Drilled drilled;

    @BeforeAll
    static void build() throws Exception {
        lab = Lab.bare(6);
        blueprint = blueprint(lab, Integer.getInteger("drill.timeout", 2_000));
        drilled = new Drilled(folder, blueprint, true);
    }

    static String blueprint(Lab lab, int nodeTimeout) {
        var hosts = lab.hosts().stream()
                .limit(6)
                .map(h -> "  - {name: %s, ssh: %s, user: ops, auth: [keys, %s]}"
                        .formatted(h, lab.address(h), lab.key("id_ed25519")))
                .collect(Collectors.joining("\n"));
        return """
            name: drilled
            hosts:
            %s
            redis: {source: packaged}
            password: none
            access: direct
            layout: {ports: 9000, masters: 3, replicas: 1}
            config: {cluster-node-timeout: %d, appendonly: yes}
            """.formatted(hosts, nodeTimeout);
    }

    static List<String> names() {
        var only = List.of(System.getProperty("drill.only", "").split(",", -1));
        return Library.all().stream()
                .map(Drill::name)
                .filter(name -> only.contains("") || only.contains(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    @Order(1)
    void eachDrillIsMeasuredAndLeavesEverythingAsItWas(String name) throws Exception {
        measured(name);
    }

    private static void measured(String name) throws Exception {
        var before = layout();
        var drill = Library.named(name).orElseThrow();
        var offer = drilled.ready(drill);
        var masters = drilled.ops.now().get().shards().stream()
                .map(s -> s.master().address().toString())
                .toList();
        var client = second(masters.getFirst(), masters);
        DrillResult result;
        long seen;
        try {
            var run = drilled.runs.start(offer.plan()).await();
            assertEquals(
                    io.clusterdeck.plan.RunEvent.Outcome.DONE,
                    run.ended().orElseThrow().outcome(),
                    name + "\n" + io.clusterdeck.redis.build.Building.why(run));
            result = drilled.drills.result(offer.plan().id().value()).orElseThrow();
        } finally {
            client.getOutputStream().write('\n');
            client.getOutputStream().close();
            seen = Long.parseLong(
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))
                            .readLine());
            client.waitFor();
        }
        var first = result.measured().shards().getFirst();
        long measured = Math.max(result.withoutWrites(first), result.restoring(first));
        TABLE.add(line(result, seen));
        System.out.println(TABLE.getLast());
        assertTrue(result.measured().readBack(), ResultJson.text(result));
        assertTrue(result.asForeseen(), ResultJson.text(result));
        assertTrue(
                Math.abs(measured - seen) <= 400 + measured / 5,
                "probe " + measured + " ms, second client " + seen + " ms");
        assertEquals(before, layout());
        assertEquals("", leftovers());
    }

    /** Two clocks, two programs: only the longest time without a write can be compared. */
    private static String line(DrillResult result, long second) {
        var words = Words.in(Locale.ENGLISH);
        var spans = result.measured().shards().stream()
                .map(s -> words.say(
                        DrillReport.span(result.expected().of(s.master().toString()))))
                .distinct()
                .collect(Collectors.joining(" / "));
        var gaps = result.measured().shards().stream()
                .map(s -> result.withoutWrites(s) + "")
                .collect(Collectors.joining(" / "));
        return "| %s | %s | %s ms | %d | %d of %d |"
                .formatted(result.drill(), spans, gaps, second, result.lost().size(), result.written());
    }

    private static Process second(String first, List<String> masters) throws Exception {
        var command = new ArrayList<String>();
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "target/test-classes",
                "io.clusterdeck.redis.drill.SecondClient",
                first));
        command.addAll(masters);
        drilled.ops.now().get().nodes().values().stream()
                .map(n -> n.address().toString())
                .filter(a -> !masters.contains(a))
                .forEach(command::add);
        var client = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var ready = new StringBuilder();
        for (int b = client.getInputStream().read();
                b != '\n';
                b = client.getInputStream().read()) {
            if (b < 0) {
                throw new AssertionError("the second client ended: " + ready);
            }
            ready.append((char) b);
        }
        return client;
    }

    /** Who is master of whom. */
    private static String layout() throws Exception {
        return drilled.building.infos(drilled.built).stream()
                .map(i -> i.get("role") + " " + i.getOrDefault("master_host", ""))
                .collect(Collectors.joining("\n"));
    }

    /** What a drill must not leave on any host: rules, timers. */
    private static String leftovers() {
        return lab.hosts().stream()
                .map(h -> lab.exec(
                        h, "sh", "-c", "nft list tables; ps -eo args | grep -E '[c]lusterdeck-(fault|revive)' || true"))
                .filter(s -> !s.isBlank())
                .collect(Collectors.joining("\n"));
    }

    /** kill -9 of the process that drills: the host mends itself. */
    @Test
    @Order(2)
    void aDrillThatDiesHalfWayIsTakenBackByTheHost() throws Exception {
        var before = layout();
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfWay.class.getName(),
                        Files.createDirectory(folder.resolve("child")).toString(),
                        Files.writeString(folder.resolve("child.yaml"), blueprint)
                                .toString())
                .redirectOutput(folder.resolve("child.out").toFile())
                .redirectErrorStream(true)
                .start();
        try {
            Awaitility.await("a rule on some host")
                    .atMost(Duration.ofSeconds(90))
                    .failFast("the child ended: " + folder.resolve("child.out"), () -> !child.isAlive())
                    .until(() -> leftovers().contains("table inet clusterdeck_"));
        } finally {
            child.destroyForcibly().waitFor();
        }
        Awaitility.await("taken back by the timer")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> leftovers().isEmpty());
        Awaitility.await("healthy again")
                .atMost(Duration.ofMinutes(1))
                .until(() -> drilled.building.infos(drilled.built).stream()
                        .noneMatch(i -> "down".equals(i.get("master_link_status"))));
        assertEquals(before.lines().count(), layout().lines().count());
    }

    @AfterAll
    static void table() throws Exception {
        System.out.println(
                "| drill | forecast | measured outage by shard | second client, shard 1 (ms) | lost writes |");
        TABLE.forEach(System.out::println);
        if (drilled != null) {
            drilled.building.shutDown(drilled.built);
            drilled.close();
        }
    }
}
