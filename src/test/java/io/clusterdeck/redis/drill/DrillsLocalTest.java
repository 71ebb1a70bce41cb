package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.nodes.Operated;
import io.clusterdeck.redis.probe.Load;
import io.clusterdeck.redis.timeline.PostMortem;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.StageSpan;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.words.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drills on real servers of this computer: what is measured, what is put back, what is refused. Network faults need hosts: see the lab. */
@Tag("local")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillsLocalTest {
    @TempDir
    static Path folder;

    private static Operated operated;

    @BeforeAll
    static void begin() {
        operated = new Operated(LocalCluster.start(3, 1, "cluster-node-timeout 1000", "appendonly yes"), folder);
        operated.cluster.fill(50);
    }

    @AfterAll
    static void end() {
        operated.close();
    }

    private DrillResult drilled(Drill drill) throws Exception {
        operated.cluster.until(
                "healthy as the watch sees it",
                () -> Healthy.ill(operated.ops.now().get()).isEmpty());
        try (var shown = new ShownResults(operated.drills)) {
            var id = operated.run(operated.drills.offer(drill)).plan().id().value();
            assertTrue(shown.has(id), "whoever shows results is told once it is kept");
            return operated.drills.result(id).orElseThrow();
        }
    }

    private static Drill drill(String name) {
        return Library.named(name).orElseThrow();
    }

    private static int keys(LocalCluster cluster) {
        int keys = 0;
        for (int i : List.of(cluster.info(0, "role").equals("master") ? 0 : 3, 1, 2)) {
            keys += Integer.parseInt(cluster.call(i, "DBSIZE"));
        }
        return keys;
    }

    @Test
    @Order(3)
    void aKilledMasterIsMeasuredAndComesBackAsMaster() throws Exception {
        // not the roles that the cluster was made with: who is listed first is a replica now
        operated.run(operated.failover.failover(operated.id(3), FailoverOperations.How.GRACEFUL));
        operated.seesRole(3, true);
        operated.seesRole(0, false);
        DrillResult result;
        try (var second = new Beside(operated.ops.now().get())) {
            result = drilled(drill("kill-master"));
            second.end();
            second.agree(result);
        }
        var shards = result.measured().shards();
        assertEquals(3, shards.size());
        long own = result.withoutWrites(shards.getFirst()).sure();
        assertTrue(own > 1_000, "shorter than the node timeout: " + own);
        assertEquals(
                operated.cluster.server(0).address().toString(),
                result.winners().get(operated.cluster.server(3).address().toString()));
        assertTrue(result.asForeseen(), ResultJson.text(result));
        assertTrue(result.measured().readBack());
        told(result);
        assertTrue(shards.stream().allMatch(s -> s.written() > 10 && s.read() > 10), ResultJson.text(result));
        operated.seesRole(3, true);
        operated.seesRole(0, false);
        assertEquals(50, keys(operated.cluster), "keys of the probe are left");
        assertEquals(result.id(), operated.drills.results().all().getFirst().id());
    }

    /** It ends when it has done what it may, says what it did, and takes its keys along. */
    @Test
    @Order(3)
    void aLoadIsBoundedAndLeavesNothing() throws Exception {
        var load = new Load(300, 2, 1);
        var drill = drill("failover");
        assertTrue(drill.load().isPresent());
        operated.cluster.until(
                "healthy as the watch sees it",
                () -> Healthy.ill(operated.ops.now().get()).isEmpty());
        var offer = operated.drills.offer(drill.under(load));
        assertTrue(Operated.ready(offer).plan().costs().stream()
                .anyMatch(c -> c.key().equals("drill.cost.load")
                        && c.args().get("most").equals(300L)
                        && c.args().get("keys").equals(1_200)));
        var state = operated.run(offer);
        var result = operated.drills.result(state.plan().id().value()).orElseThrow();
        var loaded = result.measured().load().orElseThrow();
        assertTrue(loaded.answered() > 0 && loaded.answered() + loaded.failed() <= load.most() + 6, loaded::toString);
        assertTrue(loaded.took() <= 1_000 && result.measured().took() > 1_000, loaded::toString);
        assertTrue(new DrillReport(result, Words.in(Locale.ENGLISH)).html().contains("Under load"));
        assertEquals(50, keys(operated.cluster));
    }

    /** No log tells of the suspicion; where all suspect at once, it is over before the next look. */
    private static boolean agreedBetweenTwoLooks(StageSpan stage) {
        return stage.stage() == Stage.SUSPECTED && stage.state() == StageSpan.State.UNSEEN;
    }

    /** The two failovers of the drill, all eight stages, and what was measured beside what was foreseen. */
    private static void told(DrillResult result) throws Exception {
        // where much else is being done, somebody is suspected for a moment, and told so
        var failovers = result.failovers().stream()
                .filter(f -> f.timeline().outcome() != Timeline.Outcome.CAME_BACK)
                .toList();
        assertEquals(2, failovers.size(), ResultJson.text(result));
        var first = failovers.getFirst();
        assertEquals(Timeline.Kind.AUTOMATIC, first.timeline().kind());
        assertEquals(Timeline.Outcome.TAKEN_OVER, first.timeline().outcome());
        assertEquals(
                List.of(),
                first.timeline().stages().stream()
                        .filter(s -> s.state() != StageSpan.State.DONE)
                        .filter(s -> !agreedBetweenTwoLooks(s))
                        .toList());
        var measured = first.measured().orElseThrow();
        assertEquals(2, measured.expected().size(), "who took over, and how long it was without writes");
        assertEquals(
                "failovers.expected.same", measured.expected().getFirst().say().key());
        assertTrue(!measured.gaps().isEmpty() && measured.acknowledged() > 0);
        assertEquals(Timeline.Kind.MANUAL, failovers.getLast().timeline().kind());
        assertEquals(result, ResultJson.read(ResultJson.text(result), "result"));
        var report = new DrillReport(result, Words.in(Locale.ENGLISH));
        for (var text : List.of(report.html(), report.markdown())) {
            assertTrue(text.contains("Begins at") && text.contains("8 "), text);
        }
        var pictures = Files.createDirectories(Path.of("target/pictures"));
        Files.writeString(pictures.resolve("drill-report.md"), report.markdown());
        for (var language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            var words = Words.in(language);
            Files.writeString(
                    pictures.resolve("drill-report-" + language + ".html"), new DrillReport(result, words).html());
            Files.writeString(pictures.resolve("post-mortem-" + language + ".html"), PostMortem.html(first, words));
        }
    }

    @Test
    @Order(4)
    void aLostMajorityIsRegained() throws Exception {
        var result = drilled(drill("kill-majority"));
        assertTrue(
                result.measured().shards().stream()
                        .allMatch(s -> result.withoutWrites(s).sure() > 2_000),
                "the third shard must stop, too: " + ResultJson.text(result));
        assertTrue(result.asForeseen(), ResultJson.text(result));
        assertTrue(operated.cluster.settled());
        assertEquals(50, keys(operated.cluster));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill-master", "hang-node", "rolling-restart"})
    @Order(2)
    void aCancelledDrillLeavesEverythingAsItWas(String name) throws Exception {
        operated.cluster.until(
                "healthy as the watch sees it",
                () -> Healthy.ill(operated.ops.now().get()).isEmpty());
        var plan = Operated.ready(operated.drills.offer(drill(name))).plan();
        var run = operated.runs.start(plan);
        operated.cluster.until(
                "a process was signalled",
                () -> run.state().steps().entrySet().stream()
                        .anyMatch(e -> e.getKey().value().matches("(signal|stop)/.*")
                                && e.getValue().phase() == RunState.Phase.DONE));
        run.cancel();
        assertEquals(Outcome.CANCELLED, run.await().ended().orElseThrow().outcome(), run.state()::toString);
        for (int i = 0; i < 6; i++) {
            operated.seesRole(i, i < 3);
        }
        operated.cluster.until("settled", operated.cluster::settled);
        assertEquals(50, keys(operated.cluster));
        assertEquals(Optional.empty(), operated.drills.live().now());
        assertEquals(List.of(), timers(plan));
    }

    /** Timers that this drill left on this computer: those that bear one of its marks, or know one of its processes. */
    private static List<String> timers(Plan plan) {
        var marks = plan.steps().stream()
                .map(s -> s.spec().args())
                .flatMap(a -> Stream.of(a.get("mark"), a.get("pid")))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .flatMap(p -> p.info().commandLine().stream())
                .filter(c -> c.contains("clusterdeck-"))
                .filter(c -> marks.stream().anyMatch(m -> c.matches(".*\\b" + m + "\\b.*")))
                .toList();
    }

    @Test
    @Order(5)
    void whatIsIllOrCanNotBeUndoneIsRefused() throws Exception {
        var cut = Operated.refused(operated.drills.offer(drill("cut-host")));
        assertEquals("drill.one-host", cut.why().key());
        operated.cluster.kill(4);
        operated.seesDown(4);
        var ill = Operated.refused(operated.drills.offer(drill("failover")));
        assertEquals("drill.ill", ill.why().key());
        operated.keep(operated.cluster.spec().readOnly(true));
        assertEquals(
                "nodes.read-only",
                Operated.refused(operated.drills.offer(drill("failover"))).why().key());
    }

    /**
     * The timers run from when they are set, and until everything is measured it may take long; a look at a node takes long enough for the
     * first shard to be taken over before the second master falls.
     */
    @Test
    @Order(1)
    void allIsLookedAtBeforeTheTimersRunAndTheMastersFallAtOnce() throws Exception {
        var stages = Operated.ready(operated.drills.offer(drill("kill-majority"))).plan().stages().stream()
                .collect(Collectors.toMap(s -> s.id(), s -> s.steps(), (a, b) -> a, LinkedHashMap::new));
        assertEquals(
                List.of("before", "probe", "look", "promise", "ready", "fault"),
                stages.keySet().stream().limit(6).toList());
        for (var name : List.of("look", "promise", "fault")) {
            assertEquals(2, stages.get(name).size(), stages::toString);
        }
        assertTrue(stages.get("look").stream().allMatch(s -> s.spec().arg("as").equals("alone")));
        assertTrue(stages.get("fault").stream().noneMatch(s -> s.spec().args().containsKey("as")));
    }

    /** Each of the two would be replaced; without both there is no majority. */
    @Test
    @Order(1)
    void faultsOfOneDrillAreForeseenTogether() throws Exception {
        var second = new Fault.Hang(new Fault.Target(Optional.empty(), 2, Fault.Role.MASTER));
        var plan = Operated.ready(operated.drills.offer(own(new Fault.Kill(Fault.Target.FIRST_MASTER), second)))
                .plan();
        var noted = plan.steps().getLast().spec().arg("expected");
        var expected = Expected.read(new ObjectMapper().readTree(noted));
        assertEquals(2, expected.shards().size(), noted);
        assertTrue(expected.shards().stream().allMatch(s -> s.heirs().isEmpty()), noted);
        assertTrue(expected.others().worst() > Foresight.MOMENT.worst(), noted);
        assertTrue(plan.steps().stream().anyMatch(HoldStep.class::isInstance), "nobody else mends it");
        assertEquals(
                "drill.twice",
                Operated.refused(operated.drills.offer(own(second, second)))
                        .why()
                        .key());
    }

    private static Drill own(Fault... faults) {
        return new Drill("own", Optional.of(""), List.of(faults), 0, Optional.empty(), Objective.MAY_LOSE);
    }

    @Test
    @Order(1)
    void productionWantsItsNameTyped() throws Exception {
        operated.keep(operated.cluster.spec().production(true));
        var ready = Operated.ready(operated.drills.offer(drill("failover")));
        assertEquals("local", ((Consent.Type) ready.consent()).text());
        var majority = Operated.ready(operated.drills.offer(drill("kill-majority")));
        assertEquals("local", ((Consent.Type) majority.consent()).text());
        operated.keep(operated.cluster.spec());
    }
}
