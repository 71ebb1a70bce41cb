package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.drill.Fault.Target;
import io.clusterdeck.redis.drill.Fault.Way;
import io.clusterdeck.redis.probe.Load;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Optional;

/** The drills that come with the program, the gentlest first. Their words lie under {@code drill.NAME.*}. */
public final class Library {
    private static final int SLOW_LOSS = 30;

    private static final List<Drill> ALL = List.of(
            drill("failover", Objective.AS_FORESEEN, new Fault.HandOver(Target.FIRST_MASTER))
                    .under(Load.USUAL),
            drill("graceful-stop", Objective.AS_FORESEEN, new Fault.Stop(Target.FIRST_MASTER)),
            drill("slow-link", Objective.AS_FORESEEN, new Fault.Slow(Optional.empty(), SLOW_LOSS)),
            drill("kill-master", Objective.MAY_LOSE, new Fault.Kill(Target.FIRST_MASTER)),
            drill("hang-node", Objective.MAY_LOSE, new Fault.Hang(Target.FIRST_MASTER)),
            drill("kill-host", Objective.MAY_LOSE, new Fault.KillHost(Optional.empty())),
            drill("cut-host", Objective.MAY_LOSE, new Fault.Cut(Optional.empty(), Way.BOTH)),
            drill("cut-host-one-way", Objective.MAY_LOSE, new Fault.Cut(Optional.empty(), Way.OUT)),
            drill("rolling-restart", Objective.AS_FORESEEN, new Fault.RestartAll()),
            drill(
                    "kill-shard",
                    Objective.MAY_LOSE,
                    new Fault.Kill(Target.FIRST_MASTER),
                    new Fault.Kill(Target.FIRST_REPLICA)),
            drill("kill-majority", Objective.MAY_LOSE, new Fault.KillMajority()));

    private Library() {}

    private static Drill drill(String name, Objective objective, Fault... faults) {
        return new Drill(name, Optional.empty(), List.of(faults), 0, Optional.empty(), objective);
    }

    /** What a drill does; an own one by the operator's words and its faults. */
    public static Say about(Drill drill) {
        return drill.about().isEmpty()
                ? Say.of("drill.what." + drill.name())
                : Say.of(
                        "drill.what.own",
                        "about",
                        drill.about().get(),
                        "faults",
                        drill.faults().stream().map(Fault::word).toList());
    }

    public static List<Drill> all() {
        return ALL;
    }

    public static Optional<Drill> named(String name) {
        return ALL.stream().filter(d -> d.name().equals(name)).findFirst();
    }
}
