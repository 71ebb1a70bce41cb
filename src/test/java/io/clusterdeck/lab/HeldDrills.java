package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.drill.DrillReport;
import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.drill.Library;
import io.clusterdeck.redis.drill.ResultJson;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.Failure;
import io.clusterdeck.words.Words;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Drills on six hosts of the lab: held to their end beside a second client, cancelled, or left by a process that died. */
final class HeldDrills implements AutoCloseable {
    private final List<String> table = new ArrayList<>();
    private final Path folder;
    private final Lab lab;
    private final String blueprint;
    private final Drilled drilled;

    /** Builds the cluster. @param nodeTimeout milliseconds */
    HeldDrills(Path folder, int nodeTimeout) throws Exception {
        this.folder = folder;
        lab = Lab.bare(6);
        blueprint = blueprint(lab, nodeTimeout);
        drilled = new Drilled(folder, blueprint, true);
    }

    private static String blueprint(Lab lab, int nodeTimeout) {
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

    /** Held once beside a second client, told in the table. */
    void measured(String name) throws Exception {
        var before = layout();
        var drill = Library.named(name).orElseThrow();
        var plan = drilled.ready(drill).plan();
        var masters = drilled.ops.now().get().shards().stream()
                .map(s -> s.master().address().toString())
                .toList();
        var client = second(masters.getFirst(), masters);
        DrillResult result;
        long seen;
        try {
            var run = drilled.runs.start(plan).await();
            assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), name + "\n" + Building.why(run));
            result = drilled.drills.result(plan.id().value()).orElseThrow();
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
        table.add(line(result, seen));
        System.out.println(table.getLast());
        assertTrue(result.measured().readBack(), ResultJson.text(result));
        assertTrue(result.asForeseen(), ResultJson.text(result));
        assertTrue(
                Math.abs(measured - seen) <= 400 + measured / 5,
                "probe " + measured + " ms, second client " + seen + " ms\n" + ResultJson.text(result));
        asItWas(before, plan);
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

    private Process second(String first, List<String> masters) throws Exception {
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
    private String layout() throws Exception {
        return drilled.building.infos(drilled.built).stream()
                .map(i -> i.get("role") + " " + i.getOrDefault("master_host", ""))
                .collect(Collectors.joining("\n"));
    }

    /** What a drill must not leave on any host: rules, timers. */
    private String leftovers() {
        return lab.hosts().stream()
                .map(h -> lab.exec(
                        h,
                        "sh",
                        "-c",
                        "nft list tables; ps -eo args | grep -E '[c]lusterdeck-(fault|revive|timer)' || true"))
                .filter(s -> !s.isBlank())
                .collect(Collectors.joining("\n"));
    }

    /** Cancelled as soon as its fault can be seen. */
    void cancelled(String name) throws Exception {
        var before = layout();
        var plan = drilled.ready(Library.named(name).orElseThrow()).plan();
        var run = drilled.runs.start(plan);
        Awaitility.await("the fault of " + name).atMost(Duration.ofSeconds(60)).until(this::broken);
        run.cancel();
        assertEquals(
                Outcome.CANCELLED,
                run.await().ended().orElseThrow().outcome(),
                name + "\n" + Building.why(run.state()));
        asItWas(before, plan);
    }

    private boolean broken() {
        return leftovers().contains("table inet clusterdeck_")
                || drilled.ops.now().get().nodes().values().stream().anyMatch(n -> !n.answers());
    }

    /** Every role, no rule, no timer, and no key of the probe on any node: a replica that lags would still have some. */
    private void asItWas(String before, Plan drill) throws Exception {
        assertEquals(before, layout());
        assertEquals("", leftovers());
        Awaitility.await("no key is left").atMost(Duration.ofSeconds(5)).until(() -> keys(drill), Map.of()::equals);
    }

    /** How many keys of this drill each node still has. */
    private Map<String, Integer> keys(Plan drill) throws Failure, InterruptedException {
        var left = new HashMap<String, Integer>();
        for (var node : drilled.ops.now().get().nodes().values()) {
            try (var link = drilled.ops.links().act(node.address())) {
                var pattern = "clusterdeck:drill:" + drill.id() + ":*";
                var found = (Reply.Many) link.call("SCAN", "0", "MATCH", pattern, "COUNT", "1000000");
                int n = ((Reply.Many) found.items().getLast()).items().size();
                if (n > 0) {
                    left.put(node.address().toString(), n);
                }
            }
        }
        return left;
    }

    /** Begun by a process that gets kill -9: the hosts mend themselves. */
    void diesHalfWay(String name) throws Exception {
        var before = layout();
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfWay.class.getName(),
                        name,
                        Files.createDirectory(folder.resolve("child-" + name)).toString(),
                        Files.writeString(folder.resolve(name + ".yaml"), blueprint)
                                .toString())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectErrorStream(true)
                .start();
        try {
            Awaitility.await("the fault of " + name)
                    .atMost(Duration.ofMinutes(3))
                    .failFast(() -> {
                        if (!child.isAlive()) {
                            throw new AssertionError(Files.readString(folder.resolve(name + ".out")));
                        }
                    })
                    .until(this::broken);
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

    /** The table of what was measured, to be printed. */
    String table() {
        return "| drill | forecast | measured outage by shard | second client, shard 1 (ms) | lost writes |\n"
                + String.join("\n", table);
    }

    @Override
    public void close() throws Exception {
        drilled.building.shutDown(drilled.built);
        drilled.close();
    }
}
