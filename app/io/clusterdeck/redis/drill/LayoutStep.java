package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Await;
import io.clusterdeck.redis.nodes.HandOver;
import io.clusterdeck.redis.nodes.Observers;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.redis.watch.Settled;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is master and who follows whom: remembered before a drill, restored after it, and also when it ends early. Masters that were taken
 * over from are handed their shards back, replicas follow their old masters again. Done when every node agrees and serves.
 *
 * @param remembered set once this run has begun
 */
record LayoutStep(StepId id, HostName on, StepSpec spec, Ops ops, AtomicBoolean remembered) implements Step {
    static final String KIND = "drill.layout";
    private static final int TRIES = 2;

    /** A node as it was. */
    private record Was(NodeId id, NodeAddress address, Optional<NodeId> master) {
        static Was of(String line) {
            var words = line.split(" ", -1);
            return new Was(
                    new NodeId(words[0]),
                    Addressed.address(words[1] + " " + words[2] + " " + words[3]),
                    words[4].equals("-") ? Optional.empty() : Optional.of(new NodeId(words[4])));
        }

        Addressed addressed() {
            return new Addressed(id, address);
        }
    }

    static LayoutStep remember(Ops ops, HostName on, ClusterState state, Terms terms) {
        var before = state.nodes().values().stream()
                .map(n -> n.id() + " " + Addressed.text(n.address()) + " "
                        + n.master().map(NodeId::value).orElse("-"))
                .collect(Collectors.joining("\n"));
        var args = new LinkedHashMap<String, String>();
        args.put("cluster", ops.spec().get().name());
        args.put("before", before);
        args.put("timeout", Long.toString(terms.nodeTimeout()));
        args.put("restores", "false");
        return of(new StepId("remember"), on, new StepSpec(KIND, args), ops);
    }

    static LayoutStep of(StepId id, HostName on, StepSpec spec, Ops ops) {
        return new LayoutStep(id, on, spec, ops, new AtomicBoolean());
    }

    /** The step that restores it. @param expected who may have taken over from whom: what a person has to hand back */
    LayoutStep restoring(Expected expected) {
        var args = new LinkedHashMap<>(spec.args());
        args.put("restores", "true");
        HandBack.note(args, expected, ops.now().get());
        return of(new StepId("restore"), on, new StepSpec(KIND, args), ops);
    }

    private boolean restores() {
        return Boolean.parseBoolean(spec.arg("restores"));
    }

    private List<Was> before() {
        return spec.arg("before").lines().map(Was::of).toList();
    }

    private List<Was> mastersFirst() {
        return before().stream()
                .sorted(Comparator.comparing((Was w) -> w.master().isPresent()))
                .toList();
    }

    private List<NodeAddress> addresses() {
        return before().stream().map(Was::address).toList();
    }

    @Override
    public Say title() {
        return Say.of(restores() ? "drill.step.restore" : "drill.step.remember", "n", before().size());
    }

    @Override
    public List<String> commands() {
        return restores() ? HandBack.lines(spec, new RedisCli(ops.spec().get()), on, addresses()) : List.of();
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        if (!restores()) {
            return remembered.get()
                    ? new Verdict.Done(Say.of("drill.remembered"))
                    : new Verdict.Needed(Say.of("drill.step.remember", "n", before().size()));
        }
        try (var observers = new Observers(ops)) {
            var views = observers.ask();
            if (!asBefore(views)) {
                return new Verdict.Needed(Say.of("drill.not-as-before"));
            }
        }
        var missing = Settled.missing(ops.links(), addresses());
        return missing.isEmpty() ? new Verdict.Done(Say.of("drill.as-before")) : new Verdict.Needed(missing.getFirst());
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        if (restores()) {
            restore(ground, live);
        } else {
            untilElectable(live);
            remembered.set(true);
        }
    }

    /**
     * Asked while the masters are still those of the beginning: afterwards nobody can tell how long they have been. A drill begins when
     * every replica could be elected again, else it measures the election before it, too.
     */
    private void untilElectable(Consumer<Line> live) throws InterruptedException {
        var shards = before().stream()
                .filter(w -> w.master().isEmpty())
                .collect(Collectors.toMap(Was::addressed, this::replicas));
        long wait = ops.elections().barred(ops.links(), shards, terms().nodeTimeout());
        if (wait > 0) {
            live.accept(new Line.Busy(Say.of("drill.waits", "t", wait)));
            Thread.sleep(wait);
        }
    }

    private List<Addressed> replicas(Was master) {
        return before().stream()
                .filter(r -> r.master().filter(master.id()::equals).isPresent())
                .map(Was::addressed)
                .toList();
    }

    @Override
    public void undo(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        restore(ground, live);
    }

    @Override
    public boolean undoable() {
        return !restores();
    }

    private Duration patience() {
        return Duration.ofMillis(30_000 + 4 * Long.parseLong(spec.arg("timeout")));
    }

    private void restore(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        for (int i = 1; ; i++) {
            Settled.await(ops.links(), addresses(), patience(), live);
            try (var observers = new Observers(ops)) {
                if (asBefore(observers.ask())) {
                    break;
                }
                // a replica can only follow who is master again
                for (var was : mastersFirst()) {
                    bringBack(was, observers, ground, live);
                }
                if (!Await.until(patience(), () -> asBefore(observers.ask()))) {
                    throw new CommandFailed(
                            Say.of("drill.not-as-before"), Say.of("drill.not-followed.next"), 1, List.of());
                }
                break;
            } catch (CommandFailed | OutcomeUnknown | Unreachable notThisTime) {
                if (i == TRIES) {
                    throw notThisTime;
                }
            }
        }
        Settled.await(ops.links(), addresses(), patience(), live);
    }

    private void bringBack(Was was, Observers observers, Ground ground, Consumer<Line> live)
            throws Failure, InterruptedException {
        Await.until(patience(), () -> alike(observers.ask(), was.id()));
        var views = observers.ask();
        var now = majority(views, was.id());
        if (now.isEmpty() || now.get().equals(was.master())) {
            return;
        }
        var master = now.get();
        if (was.master().isEmpty() && master.isPresent()) {
            Await.until(
                    patience(),
                    () -> observers
                            .info(was.address())
                            .flatMap(i -> i.text("master_link_status"))
                            .filter("up"::equals)
                            .isPresent());
            var from = new Addressed(master.get(), address(views, master.get()));
            HandOver.of(ops, on, was.addressed(), from, "", terms()).apply(ground, live);
        } else if (was.master().isPresent()) {
            follow(was);
        }
    }

    private void follow(Was was) throws Failure, InterruptedException {
        try (var link = ops.links().act(was.address())) {
            var master = was.master().orElseThrow().value();
            if (link.call("CLUSTER", "REPLICATE", master) instanceof Reply.Refused refused) {
                throw new CommandFailed(
                        Say.of("drill.not-followed", "node", was.address(), "why", refused.message()),
                        Say.of("drill.not-followed.next"),
                        1,
                        List.of());
            }
        }
    }

    private Terms terms() {
        return new Terms(Long.parseLong(spec.arg("timeout")), true, 10, 10);
    }

    private boolean asBefore(Map<NodeAddress, List<NodeRow>> views) {
        return before().stream()
                .allMatch(
                        w -> majority(views, w.id()).filter(w.master()::equals).isPresent());
    }

    /** Whether all say the same of it: most take a master that was replaced for one until it has pinged them as a replica. */
    private static boolean alike(Map<NodeAddress, List<NodeRow>> views, NodeId id) {
        return follows(views, id).distinct().count() == 1;
    }

    private static Stream<Optional<NodeId>> follows(Map<NodeAddress, List<NodeRow>> views, NodeId id) {
        return views.values().stream()
                .flatMap(v -> Observers.row(v, id).stream())
                .map(r -> r.role() == Role.MASTER ? Optional.empty() : r.master());
    }

    /** The master that most say it follows (empty: it is one); empty where most say nothing alike. */
    private static Optional<Optional<NodeId>> majority(Map<NodeAddress, List<NodeRow>> views, NodeId id) {
        var counts = follows(views, id).collect(Collectors.groupingBy(m -> m, Collectors.counting()));
        return counts.entrySet().stream()
                .filter(e -> e.getValue() * 2 > views.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private NodeAddress address(Map<NodeAddress, List<NodeRow>> views, NodeId id) throws CommandFailed {
        return before().stream()
                .filter(w -> w.id().equals(id))
                .map(Was::address)
                .findFirst()
                .or(() -> views.values().stream()
                        .flatMap(v -> Observers.row(v, id).stream())
                        .map(NodeRow::address)
                        .findFirst())
                .orElseThrow(() -> new CommandFailed(
                        Say.of("drill.not-as-before"), Say.of("drill.not-followed.next"), 1, List.of()));
    }
}
