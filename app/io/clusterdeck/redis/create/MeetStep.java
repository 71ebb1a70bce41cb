package io.clusterdeck.redis.create;

import static io.clusterdeck.redis.create.Emptiness.text;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.create.Draft.Planned;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes all nodes known to each other: every node meets every other in a small cluster (known after about 0.1 s), otherwise the first
 * meets the rest in waves, each when the one before is known to it; gossip does what is left.
 */
final class MeetStep extends CreateStep {

    private static final int WAVE = 16;
    private static final Duration PAUSE = Duration.ofMillis(20);

    MeetStep(StepId id, HostName on, StepSpec spec, Ops ops) {
        super(id, on, spec, ops);
    }

    @Override
    public List<String> commands() {
        return meeting().stream()
                .flatMap(from -> others(from).stream().map(to -> typed(from, "CLUSTER MEET " + words(to))))
                .toList();
    }

    /** Those who send MEET. */
    private List<Planned> meeting() {
        return draft().small() ? draft().nodes() : draft().nodes().subList(0, 1);
    }

    private List<Planned> others(Planned from) {
        return draft().nodes().stream().filter(n -> !n.equals(from)).toList();
    }

    private static String words(Planned to) {
        return to.at().host() + " " + to.at().port()
                + (plainBus(to) ? "" : " " + to.at().busPort());
    }

    private static boolean plainBus(Planned to) {
        return to.at().busPort() == to.at().port() + 10_000;
    }

    @Override
    Optional<Say> missing(List<Emptiness.Seen> seen) {
        int others = draft().nodes().size() - 1;
        long whole = seen.stream().filter(s -> s.knows().size() == others).count();
        return whole < seen.size()
                ? Optional.of(Say.of("create.missing.meet", "whole", whole, "count", seen.size()))
                : Optional.empty();
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        guarded();
        if (draft().small()) {
            each(draft().nodes(), (from, link) -> meet(link, others(from)));
        } else {
            inWaves(live);
        }
        await(live);
    }

    private void inWaves(Consumer<Line> live) throws Failure, InterruptedException {
        var first = draft().nodes().getFirst();
        var rest = others(first);
        try (var link = ops().links().act(first.at())) {
            for (int from = 0; from < rest.size(); from += WAVE) {
                var wave = rest.subList(from, Math.min(rest.size(), from + WAVE));
                var ids = wave.stream().map(Planned::id).collect(Collectors.toSet());
                meet(link, wave);
                long until = System.nanoTime() + limit().toNanos();
                while (!known(first, link).containsAll(ids)) {
                    late(
                            until,
                            Say.of(
                                    "create.missing.meet",
                                    "whole",
                                    from,
                                    "count",
                                    draft().nodes().size()));
                    Thread.sleep(PAUSE);
                }
                live.accept(new Line.Progress(100 * from / rest.size(), "CLUSTER MEET"));
            }
        }
    }

    private Set<NodeId> known(Planned node, Link link) throws Failure, InterruptedException {
        return Emptiness.look(draft(), node, link).knows();
    }

    private void await(Consumer<Line> live) throws Failure, InterruptedException {
        long until = System.nanoTime() + limit().toNanos();
        for (var missing = missing(look()); missing.isPresent(); missing = missing(look())) {
            late(until, missing.get());
            Thread.sleep(PAUSE);
        }
        live.accept(new Line.Progress(100, "CLUSTER MEET"));
    }

    /** Gossip needs seconds for a hundred nodes (14 s, measured, with one MEET each from one node). */
    private Duration limit() {
        return Duration.ofSeconds(20).plusMillis(500L * draft().nodes().size());
    }

    private void late(long until, Say missing) throws CommandFailed {
        if (System.nanoTime() > until) {
            throw new CommandFailed(
                    Say.of("create.not-met", "limit", limit().toMillis(), "missing", missing),
                    Say.of("create.not-met.next"),
                    1,
                    List.of());
        }
    }

    private static boolean meet(Link link, List<Planned> others) throws Failure, InterruptedException {
        for (var to : others) {
            var port = Integer.toString(to.at().port());
            if (plainBus(to)) {
                text(link, "CLUSTER", "MEET", ip(to), port);
            } else {
                text(
                        link,
                        "CLUSTER",
                        "MEET",
                        ip(to),
                        port,
                        Integer.toString(to.at().busPort()));
            }
        }
        return true;
    }

    /** MEET takes no names. */
    private static String ip(Planned to) throws CommandFailed {
        try {
            return InetAddress.getByName(to.at().host()).getHostAddress();
        } catch (UnknownHostException unknown) {
            throw new CommandFailed(
                    Say.of("create.no-address", "node", to.at()), Say.of("create.no-address.next"), 1, List.of());
        }
    }

    /** For {@link ReplicateStep}: a MEET carries the sender's new role at once, gossip only seconds later. */
    static boolean tellEverybody(Draft draft, Planned from, Link link) throws Failure, InterruptedException {
        return meet(
                link,
                IntStream.range(0, draft.nodes().size())
                        .mapToObj(draft.nodes()::get)
                        .filter(n -> !n.equals(from))
                        .toList());
    }
}
