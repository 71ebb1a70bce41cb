package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.drill.Beside;
import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.drill.DrillWords;
import io.clusterdeck.redis.drill.Library;
import io.clusterdeck.redis.drill.ResultJson;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.say.Failure;
import io.clusterdeck.words.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

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
        measured(Library.named(name).orElseThrow());
    }

    void measured(Drill drill) throws Exception {
        var before = layout();
        var plan = drilled.ready(drill).plan();
        try (var second = new Beside(drilled.ops.now().get())) {
            var run = drilled.runs.start(plan).await();
            second.end();
            assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), drill.name() + "\n" + Building.why(run));
            var result = drilled.drills.result(plan.id().value()).orElseThrow();
            table.add(line(result, second));
            System.out.println(table.getLast());
            assertTrue(result.measured().readBack(), ResultJson.text(result));
            assertTrue(result.asForeseen(), ResultJson.text(result));
            atLeast(result);
            second.agree(result);
            ToldFailovers.check(result);
        }
        asItWas(before, plan);
    }

    /** Nor was a shard away for a shorter time than was foreseen: "about" is a quarter. */
    private static void atLeast(DrillResult result) {
        for (var shard : result.measured().shards()) {
            long from = result.expected().of(shard.master().toString()).from();
            assertTrue(result.withoutWrites(shard).length() >= from * 3 / 4, ResultJson.text(result));
        }
    }

    private static String line(DrillResult result, Beside second) {
        var words = Words.in(Locale.ENGLISH);
        return "| %s | %s | %s | %s | %s | %d of %d | %s |"
                .formatted(
                        result.drill(),
                        each(
                                result,
                                s -> words.say(DrillWords.span(
                                        result.expected().of(s.master().toString())))),
                        each(result, s -> shown(result.withoutWrites(s))),
                        each(result, s -> shown(result.withoutReads(s))),
                        each(result, s -> shown(second.withoutWrites(result, s))),
                        result.lost().size(),
                        result.written(),
                        result.passed() ? "passed" : "failed");
    }

    private static String each(DrillResult result, Function<Measured.OfShard, String> what) {
        return result.measured().shards().stream().map(what).collect(Collectors.joining(" / "));
    }

    private static String shown(Gap gap) {
        return gap.own() > 0 ? gap.length() + " (own " + gap.own() + ")" : Long.toString(gap.length());
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

    boolean broken() {
        return leftovers().contains("table inet clusterdeck_")
                || drilled.ops.now().get().nodes().values().stream().anyMatch(n -> !n.answers());
    }

    /** Every role, no rule, no timer, and no key of the probe on any node: a replica that lags would still have some. */
    private void asItWas(String before, Plan drill) throws Exception {
        assertEquals(before, layout());
        assertEquals("", leftovers());
        Awaitility.await("no key is left").atMost(Duration.ofMinutes(1)).until(() -> keys(drill), Map.of()::equals);
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

    /** Every fault that leaves something on a host, each on a host of its own: its network cut, or slow, its servers killed, or stopped. */
    String everything() {
        Awaitility.await("three shards, each with a replica")
                .atMost(Duration.ofSeconds(60))
                .until(() -> drilled.ops.now().get().shards().stream()
                                .filter(s -> !s.replicas().isEmpty())
                                .count()
                        == 3);
        var shards = drilled.ops.now().get().shards();
        var masters = shards.stream().map(Shard::master).toList();
        var replicas = shards.stream()
                .map(s -> s.replicas().getFirst().host().orElseThrow())
                .toList();
        return """
                name: everything
                about: at once
                load: {rate: 100}
                faults:
                  - cut: {host: %s, way: both}
                  - cut: {host: %s, way: out}
                  - kill-host: {host: %s}
                  - slow: {host: %s}
                  - hang: {node: "%s"}
                """.formatted(
                        replicas.get(0),
                        replicas.get(1),
                        replicas.get(2),
                        masters.get(0).host().orElseThrow(),
                        masters.get(1).address());
    }

    /** Whether each of these faults is there. */
    boolean everythingBroken() {
        var left = leftovers();
        return left.split("table inet clusterdeck_", -1).length == 4
                && left.contains("clusterdeck-revive")
                && left.contains("clusterdeck-timer")
                && drilled.ops.now().get().nodes().values().stream()
                                .filter(n -> !n.answers())
                                .count()
                        >= 2;
    }

    /** Begun by a process that gets kill -9: the hosts mend themselves, and who takes the run up puts the roles back. @param drill YAML */
    void diesHalfWay(String name, String drill, BooleanSupplier broken) throws Exception {
        var before = layout();
        var home = Files.createDirectory(folder.resolve("child-" + name));
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfWay.class.getName(),
                        Files.writeString(folder.resolve(name + ".drill.yaml"), drill)
                                .toString(),
                        home.toString(),
                        Files.writeString(folder.resolve(name + ".yaml"), blueprint)
                                .toString())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectErrorStream(true)
                .start();
        try {
            Awaitility.await("the fault of " + name)
                    .atMost(Duration.ofMinutes(4))
                    .failFast(() -> {
                        if (!child.isAlive()) {
                            throw new AssertionError(Files.readString(folder.resolve(name + ".out")));
                        }
                    })
                    .until(broken::getAsBoolean);
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(leftovers() + "\n" + Files.readString(folder.resolve(name + ".out")), never);
        } finally {
            child.destroyForcibly().waitFor();
        }
        Awaitility.await("taken back by the timer")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> leftovers().isEmpty());
        Awaitility.await("all run")
                .atMost(Duration.ofMinutes(4))
                .until(() -> drilled.ops.now().get().nodes().values().stream().allMatch(Node::answers));
        Awaitility.await("healthy again")
                .atMost(Duration.ofMinutes(1))
                .until(() -> drilled.building.infos(drilled.built).stream()
                        .noneMatch(i -> "down".equals(i.get("master_link_status"))));
        takenUp(home, before);
    }

    /** The next process finds the run, takes the rest of it back and measures nothing. */
    private void takenUp(Path home, String before) throws Exception {
        try (var next = new Drilled(home, blueprint, false)) {
            var left = next.runs.all().getFirst();
            var run = next.runs.resume(left.plan().id()).await();
            assertEquals(Outcome.FAILED, run.ended().orElseThrow().outcome(), Building.why(run));
            assertTrue(Building.why(run).contains("The process that measured this drill is gone"), Building.why(run));
            asItWas(before, left.plan());
        }
    }

    /** The table of what was measured, to be printed: milliseconds, shard by shard. */
    String table() {
        return "| drill | forecast | without writes | without reads | second client | lost | verdict |\n|---|---|---|---|---|---|---|\n"
                + String.join("\n", table);
    }

    @Override
    public void close() throws Exception {
        drilled.building.shutDown(drilled.built);
        drilled.close();
    }
}
