package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.drill.Expected.OfShard;
import io.clusterdeck.redis.drill.Expected.Span;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The plan of one drill while it is put together: what is promised, broken, awaited, mended; and what is foreseen of each shard. */
final class Rehearsal {
    final DrillGround drills;
    final ClusterState state;
    final Terms terms;
    final Drill drill;
    final PlanId id;
    final HostName first;
    final List<Step> promises = new ArrayList<>();
    final List<Step> looks = new ArrayList<>();
    final List<Step> faults = new ArrayList<>();
    final List<Step> effects = new ArrayList<>();
    final List<Step> mends = new ArrayList<>();
    final List<Step> afterwards = new ArrayList<>();
    final List<Stage> inTurn = new ArrayList<>();
    final List<Say> costs = new ArrayList<>();
    final Map<String, OfShard> expected = new LinkedHashMap<>();
    Span others = Span.NONE;
    /** Whether something stays without service until the drill itself brings it back. */
    boolean lasts;

    Rehearsal(DrillGround drills, ClusterState state, Terms terms, Drill drill) {
        this.drills = drills;
        this.state = state;
        this.terms = terms;
        this.drill = drill;
        this.id = PlanId.now("drill-" + drill.name());
        this.first = state.nodes().values().stream()
                .flatMap(n -> n.host().stream())
                .findFirst()
                .orElse(new HostName(
                        state.nodes().values().iterator().next().address().host()));
    }

    /** A name for timers and rules on hosts: letters and digits, another one for each drill and host. */
    String mark(String what) {
        return Integer.toString(Math.floorMod((id + what).hashCode(), 1_000_000_000), Character.MAX_RADIX);
    }

    /** Where a step that concerns this node is told, and a host that is asked. */
    HostName on(Node node) {
        return node.host().orElse(first);
    }

    void expect(OfShard shard) {
        expected.put(shard.master(), shard);
    }

    void others(Span span) {
        if (span.worst() > others.worst()) {
            others = span;
        }
    }

    Expected expected() {
        return new Expected(List.copyOf(expected.values()), others);
    }

    Plan plan() {
        var stages = new ArrayList<Stage>();
        var by = new Yardstick(drill, expected(), terms.nodeTimeout());
        var before = new ArrayList<Step>();
        var remember = LayoutStep.remember(drills.ops(), first, state, terms);
        before.add(ProbeStep.sweep(drills, first, id.value(), state, by));
        before.add(remember);
        stage(stages, "before", before);
        stage(stages, "probe", List.of(ProbeStep.begin(drills, first, id.value(), expected(), drill.load())));
        stage(stages, "look", looks);
        // as late as can be: their timers run from now on, and until here it may take long
        stage(stages, "promise", promises);
        stage(stages, "ready", List.of(step(DrillResult.FAULT).watching(slots())));
        stage(stages, "fault", faults);
        stages.addAll(inTurn);
        stage(stages, "effect", effects);
        stage(stages, "seen", List.of(step(DrillResult.MEND).watching(slots())));
        stage(stages, "mend", mends);
        stage(stages, "joined", afterwards);
        stage(stages, "turn", List.of(step(DrillResult.RESTORE)));
        stage(stages, "restore", List.of(remember.restoring(expected())));
        stage(stages, "result", List.of(ProbeStep.end(drills, first, id.value(), by)));
        return new Plan(
                id,
                new ClusterRef(state.name()),
                Say.of("drill.plan", "what", Say.of("drill.plan.named", "name", DrillWords.title(drill.name()))),
                stages,
                costs);
    }

    private ProbeStep step(String what) {
        return ProbeStep.of(drills, first, id.value(), what);
    }

    private String slots() {
        return state.shards().stream()
                .map(s -> s.master())
                .filter(m -> !m.slots().isEmpty())
                .map(m -> m.address() + " " + m.slots().getFirst().from())
                .collect(Collectors.joining("\n"));
    }

    private static void stage(List<Stage> stages, String id, List<? extends Step> steps) {
        if (!steps.isEmpty()) {
            stages.add(new Stage(id, Say.of("drill.stage." + id), List.copyOf(steps)));
        }
    }
}
