package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Observers;
import io.clusterdeck.redis.probe.Leftover;
import io.clusterdeck.redis.probe.Load;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.redis.probe.Probe;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Begins to measure, notes that the next part of a drill begins, or ends the measuring and keeps the result. Another one stands before
 * everything else, so that it is undone last, when every shard is served again: it keeps what a run that failed has measured, and else
 * removes the keys of a probe that was not ended. Runs on this computer: the host it names is only the one that is asked first.
 *
 * @param did set once this run has done it
 */
record ProbeStep(StepId id, HostName on, StepSpec spec, DrillGround drills, AtomicBoolean did) implements Step {
    static final String KIND = "drill.probe";
    static final String SWEEP = "sweep";
    static final String BEGIN = "begin";
    static final String END = "end";

    /** @param what {@link #SWEEP}, {@link #BEGIN}, {@link #END}, or a mark */
    static ProbeStep of(DrillGround drills, HostName on, String run, String what) {
        var args = new LinkedHashMap<String, String>();
        args.put("cluster", drills.ops().spec().get().name());
        args.put("run", run);
        args.put("what", what);
        return of(new StepId("probe/" + what), on, new StepSpec(KIND, args), drills);
    }

    static ProbeStep of(StepId id, HostName on, StepSpec spec, DrillGround drills) {
        return new ProbeStep(id, on, spec, drills, new AtomicBoolean());
    }

    /** What stands before everything else. @param state whose nodes lead to the keys */
    static ProbeStep sweep(DrillGround drills, HostName on, String run, ClusterState state, Yardstick by) {
        var plain = of(drills, on, run, SWEEP);
        var args = new LinkedHashMap<>(plain.spec().args());
        args.put(
                "nodes",
                state.nodes().values().stream()
                        .map(n -> Addressed.text(n.address()))
                        .collect(Collectors.joining("\n")));
        by.note(args);
        return of(plain.id(), on, new StepSpec(KIND, args), drills);
    }

    /** The beginning. @param broken whose shards must be measured, whatever others there are */
    static ProbeStep begin(DrillGround drills, HostName on, String run, Expected broken, Optional<Load> load) {
        var plain = of(drills, on, run, BEGIN);
        var args = new LinkedHashMap<>(plain.spec().args());
        args.put("shards", String.join("\n", broken.masters()));
        load.ifPresent(l -> args.put("load", l.text()));
        return of(plain.id(), on, new StepSpec(KIND, args), drills);
    }

    /** The end, with what the result is to be compared with. */
    static ProbeStep end(DrillGround drills, HostName on, String run, Yardstick by) {
        var plain = of(drills, on, run, END);
        var args = new LinkedHashMap<>(plain.spec().args());
        by.note(args);
        return of(plain.id(), on, new StepSpec(KIND, args), drills);
    }

    private String what() {
        return spec.arg("what");
    }

    private String run() {
        return spec.arg("run");
    }

    @Override
    public Say title() {
        return switch (what()) {
            case SWEEP -> Say.of("drill.step.sweep");
            case BEGIN -> Say.of("drill.step.probe");
            case END -> Say.of("drill.step.result");
            default -> Say.of("drill.step.mark." + what());
        };
    }

    @Override
    public List<String> commands() {
        return switch (what()) {
            case BEGIN ->
                Stream.of(":{…}:N N EX 3600", ":load…:{…}:N … EX 900")
                        .limit(load().isPresent() ? 2 : 1)
                        .flatMap(key -> Stream.of("SET clusterdeck:drill:" + run() + key, "GET …"))
                        .toList();
            case END -> List.of("MGET …", "DEL …");
            default -> List.of();
        };
    }

    @Override
    public Verdict check(Ground ground) throws Failure {
        if (what().equals(BEGIN) && !did.get() && Files.exists(drills.records().acks(run()))) {
            return new Verdict.Blocked(Say.of("drill.probe.lost"), Say.of("drill.probe.lost.next"));
        }
        if (!did.get()) {
            return new Verdict.Needed(Say.of("drill.probe.not-yet"));
        }
        return new Verdict.Done(
                switch (what()) {
                    case SWEEP -> Say.of("drill.probe.sweeps");
                    case BEGIN -> Say.of("drill.probe.measures");
                    case END -> Say.of("drill.probe.kept");
                    default -> Say.of("drill.probe.marked");
                });
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        switch (what()) {
            case SWEEP -> {}
            case BEGIN -> begin();
            case END -> end(live);
            default -> mark();
        }
        did.set(true);
    }

    private void begin() throws Failure, InterruptedException {
        drills.failovers().begin();
        var probe = new Probe(
                drills.ops().links(),
                drills.ops().now().get(),
                spec.arg("shards").lines().toList(),
                run(),
                drills.records().acks(run()));
        drills.live().begin(run(), probe);
        probe.warm();
        load().ifPresent(probe::load);
    }

    private Optional<Load> load() {
        return Optional.ofNullable(spec.args().get("load")).map(Load::of);
    }

    private void mark() throws Failure, InterruptedException {
        if (what().equals(DrillResult.FAULT)) {
            // it was when it was offered: minutes ago, where a name was typed or an election waited for
            Healthy.state(drills.ops());
        }
        var live = drills.live().of(run());
        if (live.isPresent()) {
            if (what().equals(DrillResult.MEND)) {
                live.get().winners().putAll(winners());
            }
            live.get().probe().mark(what());
        }
    }

    /** Who serves the first slot of each shard as most nodes see it, by the shard's first master. */
    private Map<String, String> winners() throws InterruptedException {
        var winners = new LinkedHashMap<String, String>();
        try (var observers = new Observers(drills.ops())) {
            var views = observers.ask();
            for (var shard : slots()) {
                var words = shard.split(" ", -1);
                int slot = Integer.parseInt(words[1]);
                views.values().stream()
                        .flatMap(v -> v.stream().filter(r -> owns(r, slot)))
                        .collect(Collectors.groupingBy(r -> r.address().toString(), Collectors.counting()))
                        .entrySet()
                        .stream()
                        .filter(e -> e.getValue() * 2 > views.size())
                        .findFirst()
                        .ifPresent(e -> winners.put(words[0], e.getKey()));
            }
        }
        return winners;
    }

    private List<String> slots() {
        return spec.args().getOrDefault("slots", "").lines().toList();
    }

    /** The same mark, which also notes who serves these slots: lines {@code ADDRESS SLOT}. */
    ProbeStep watching(String slots) {
        var args = new LinkedHashMap<>(spec.args());
        args.put("slots", slots);
        return of(id, on, new StepSpec(KIND, args), drills);
    }

    private static boolean owns(NodeRow row, int slot) {
        return row.role() == Role.MASTER
                && !row.has(io.clusterdeck.redis.model.Flag.FAIL)
                && row.slots().stream().anyMatch(s -> s.from() <= slot && slot <= s.to());
    }

    private void end(Consumer<Line> tell) throws Failure, InterruptedException {
        var live = drills.live().of(run());
        if (live.isEmpty()) {
            // resumed by another process: everything is put back, and nothing was measured
            tell.accept(new Line.Said(Say.of("drill.probe.unmeasured")));
            return;
        }
        keep(live.get(), Optional.empty(), tell);
    }

    private void keep(Rehearsals.Live live, Optional<Say> failure, Consumer<Line> tell)
            throws Failure, InterruptedException {
        var result = Yardstick.result(spec, measured(live, tell), live.winners(), failure);
        var told = new Told(result);
        var failovers = new ArrayList<Kept>();
        for (var failover : drills.failovers().since(result.zero())) {
            var whole = told.in(failover);
            failovers.add(whole);
            whole.measured()
                    .ifPresent(m -> drills.failovers().measured(whole.timeline().id(), m));
        }
        drills.records().keep(run(), ResultJson.text(result.with(failovers)));
        drills.live().kept();
    }

    private Measured measured(Rehearsals.Live live, Consumer<Line> tell) throws InterruptedException {
        try {
            return live.probe().end(left -> tell.accept(new Line.Said(left)));
        } finally {
            drills.live().end(run());
        }
    }

    @Override
    public void undo(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        undo(ground, Optional.empty(), live);
    }

    /** A drill that fails once its fault has begun has a result all the same: where not even that came which was foreseen, it counts most. */
    @Override
    public void undo(Ground ground, Optional<Say> failure, Consumer<Line> tell) throws Failure, InterruptedException {
        var live = drills.live().of(run());
        boolean broken = failure.isPresent()
                && live.filter(l -> l.probe().marked(DrillResult.FAULT)).isPresent();
        if (what().equals(SWEEP)) {
            if (broken) {
                keep(live.get(), failure, tell);
            } else {
                drills.live().end(run());
                var nodes = spec.arg("nodes").lines().map(Addressed::address).toList();
                Leftover.remove(drills.ops().links(), nodes, drills.records().acks(run()));
            }
        } else if (broken && !live.get().probe().marked(DrillResult.MEND)) {
            // the first to be undone after the network is whole again: who serves now was not put there by us
            live.get().winners().putAll(winners());
            live.get().probe().mark(DrillResult.MEND);
        }
    }

    @Override
    public boolean undoable() {
        return what().equals(SWEEP) || what().equals(DrillResult.FAULT);
    }
}
