package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.nodes.Await;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.watch.Settled;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether a cluster may be drilled: only a healthy one shows what a fault does. */
final class Healthy {
    /** One answer that comes late, on a computer or a way with much to do, is no illness. */
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private Healthy() {}

    /** The state once it is healthy, for which it waits a moment; fails with what is wrong. */
    static ClusterState state(Ops ops) throws Failure, InterruptedException {
        return state(ops.now(), MOMENT);
    }

    static ClusterState state(Supplier<ClusterState> now, Duration patience) throws Failure, InterruptedException {
        var state = Await.seen(patience, now::get, s -> ill(s).isEmpty());
        var ill = ill(state);
        if (!ill.isEmpty()) {
            throw new NotAllowed(Say.of("drill.ill", "why", ill), Say.of("drill.ill.next"));
        }
        return state;
    }

    /** What keeps a cluster from being drilled. */
    static List<Say> ill(ClusterState state) {
        var why = new ArrayList<Say>();
        if (state.nodes().isEmpty()) {
            return List.of(Say.of("drill.unseen"));
        }
        why.addAll(Settled.missing(
                state.nodes(), state.disagreements(), state.nodes().keySet()));
        if (state.owners().covered() < SlotRange.SLOTS) {
            why.add(Say.of(
                    "drill.uncovered", "slots", SlotRange.SLOTS - state.owners().covered()));
        }
        state.health().stream()
                .filter(f -> f.level() == Level.BAD)
                .map(Finding::title)
                .forEach(why::add);
        return why.stream().distinct().toList();
    }
}
