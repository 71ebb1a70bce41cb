package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.Settings;
import io.clusterdeck.redis.probe.Probe;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Offers drills, and remembers how they went. Looks at hosts and nodes; call off the FX thread. */
public final class DrillOperations {
    private final DrillGround drills;

    public DrillOperations(DrillGround drills) {
        this.drills = drills;
    }

    public DrillGround ground() {
        return drills;
    }

    /** The probe that measures at present, and word of the next one. */
    public Rehearsals live() {
        return drills.live();
    }

    /** The plan of a drill, or why there can't be one now. */
    public Offer offer(Drill drill) throws InterruptedException {
        var spec = drills.ops().spec().get();
        var readOnly = Consents.readOnly(spec);
        if (readOnly.isPresent()) {
            return readOnly.get();
        }
        if (drills.live().now().isPresent()) {
            return Consents.refused(Say.of("drill.runs"), Say.of("drill.runs.next"));
        }
        try {
            var state = Healthy.state(drills.ops());
            var terms = Settings.terms(drills.ops(), Map.of());
            var rehearsal = new Rehearsal(drills, state, terms, drill);
            new Breaking(rehearsal, new Targets(state, terms)).all();
            rehearsal.costs.add(Say.of("drill.cost.probe"));
            drill.load()
                    .ifPresent(l -> rehearsal.costs.add(Say.of(
                            "drill.cost.load",
                            "rate",
                            l.rate(),
                            "clients",
                            l.clients(),
                            "t",
                            l.seconds() * 1_000L,
                            "most",
                            l.most(),
                            "keys",
                            l.keys(state.shards().size()))));
            if (state.shards().size() > Probe.OFTEN) {
                rehearsal.costs.add(Say.of("drill.cost.seldom", "most", Probe.OFTEN));
            }
            long wait = drills.ops()
                    .elections()
                    .barred(
                            drills.ops().links(),
                            state.shards().stream()
                                    .collect(Collectors.toMap(
                                            s -> Addressed.of(s.master()),
                                            s -> s.replicas().stream()
                                                    .map(Addressed::of)
                                                    .toList())),
                            terms.nodeTimeout());
            if (wait > 0) {
                rehearsal.costs.add(Say.of("drill.cost.waits", "t", wait));
            }
            return Consents.ready(spec, rehearsal.plan(), rehearsal.lasts ? Stake.DATA : Stake.SERVICE, spec.name());
        } catch (Failure hindered) {
            return Consents.refused(hindered);
        }
    }

    /**
     * How drills went.
     *
     * @param all newest first
     * @param unread which are kept and can't be read, and why
     */
    public record Results(List<DrillResult> all, List<Say> unread) {}

    /** How the drills of this cluster went; one that can't be read hides no other. */
    public Results results() throws Failure {
        var all = new ArrayList<DrillResult>();
        var unread = new ArrayList<Say>();
        for (var file : drills.records().all()) {
            try {
                all.addFirst(ResultJson.read(drills.records().read(file), file.toString()));
            } catch (Failure broken) {
                unread.add(broken.what());
            }
        }
        return new Results(all, unread);
    }

    public Optional<DrillResult> result(String run) throws Failure {
        return results().all().stream().filter(r -> r.id().equals(run)).findFirst();
    }
}
