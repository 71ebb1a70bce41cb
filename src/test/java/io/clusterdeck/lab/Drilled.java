package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.OneFolder;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.StepKind;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.redis.drill.DrillGround;
import io.clusterdeck.redis.drill.DrillOperations;
import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.drill.DrillSteps;
import io.clusterdeck.redis.drill.Failovers;
import io.clusterdeck.redis.drill.Records;
import io.clusterdeck.redis.drill.Rehearsals;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.nodes.NodeSteps;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.timeline.Recorder;
import io.clusterdeck.redis.timeline.Remembered;
import io.clusterdeck.redis.watch.ClusterWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A cluster on hosts of the lab that drills are held on: built once, watched, with its own runs. */
final class Drilled implements AutoCloseable {
    final Building building;
    final BuildPlan built;
    final DrillOperations drills;
    final JournaledRuns runs;
    final Ops ops;
    private final Links links;
    private final ClusterWatch watch;
    private volatile ClusterSpec spec;
    private @Nullable Recorder recorder;

    /** @param build false where another process has built it already */
    Drilled(Path folder, String blueprint, boolean build) throws Exception {
        building = Building.over(folder);
        built = building.plan(Building.read(blueprint));
        if (build) {
            var run = building.run(built.plan());
            assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), Building.why(run));
        }
        spec = built.spec();
        links = building.links(built);
        watch = new ClusterWatch(() -> spec, links);
        ops = new Ops(() -> spec, watch::now, links, building, site -> {});
        drills = new DrillOperations(new DrillGround(
                ops, Records.in(folder.resolve("drills")), new Rehearsals(), Failovers.of(this::recorder)));
        var kinds = new HashMap<String, StepKind>(NodeSteps.kinds(name -> ops));
        kinds.putAll(DrillSteps.kinds(name -> drills.ground()));
        var journals = Files.createDirectories(folder.resolve("drill-runs"));
        runs = new JournaledRuns(new OneFolder(journals, building), kinds);
    }

    /** Records failovers from when it is first asked for. */
    private synchronized Recorder recorder() {
        if (recorder == null) {
            recorder = new Recorder(() -> spec, watch, links, building, new Remembered());
        }
        return recorder;
    }

    /** The offer, once the cluster was seen healthy. */
    Offer.Ready ready(Drill drill) throws Exception {
        var last = new Offer[1];
        Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .pollInterval(java.time.Duration.ofMillis(200))
                .failFast(() ->
                        last[0] instanceof Offer.Refused r && !r.why().key().equals("drill.ill"))
                .until(() -> {
                    last[0] = drills.offer(drill);
                    return last[0] instanceof Offer.Ready;
                });
        return (Offer.Ready) last[0];
    }

    Optional<DrillResult> hold(Drill drill) throws Exception {
        var plan = ready(drill).plan();
        var run = runs.start(plan).await();
        assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), drill.name() + "\n" + Building.why(run));
        return drills.result(plan.id().value());
    }

    @Override
    public synchronized void close() {
        if (recorder != null) {
            recorder.close();
        }
        watch.close();
        links.close();
        building.close();
    }
}
