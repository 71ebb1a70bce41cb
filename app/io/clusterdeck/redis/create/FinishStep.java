package io.clusterdeck.redis.create;

import static io.clusterdeck.redis.create.Emptiness.text;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.create.Draft.Planned;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.watch.Settled;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Waits until every node says ok, all agree, every link is up and every master takes a write; then puts back what was lowered. */
final class FinishStep extends CreateStep {

    /** Of keys that prove that a shard takes writes: written, deleted, and gone by themselves after this many seconds. */
    private static final String LIFE = "10";

    private static final String PREFIX = "clusterdeck:proof:";

    FinishStep(StepId id, HostName on, StepSpec spec, Ops ops) {
        super(id, on, spec, ops);
    }

    @Override
    public List<String> commands() {
        var proof = draft().masters().stream().map(m -> typed(m, "SET " + key(m) + " 1 EX " + LIFE));
        var back = draft().tuned().stream()
                .flatMap(n -> Stream.concat(
                        n.timeout().stream().mapToObj(t -> typed(n, "CONFIG SET " + Tuning.TIMEOUT + " " + t)),
                        n.delay().stream().mapToObj(d -> typed(n, "CONFIG SET " + Tuning.DELAY + " " + d))));
        return Stream.concat(proof, back).toList();
    }

    @Override
    Optional<Say> missing(List<Emptiness.Seen> seen) throws Failure, InterruptedException {
        var missing = Settled.missing(ops().links(), draft().addresses());
        if (!missing.isEmpty()) {
            return Optional.of(missing.getFirst());
        }
        return each(draft().tuned(), Tuning::left).contains(true)
                ? Optional.of(Say.of("create.missing.put-back"))
                : Optional.empty();
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        var limit = Duration.ofSeconds(60).plusMillis(500L * draft().nodes().size());
        Settled.await(ops().links(), draft().addresses(), limit, live);
        each(draft().masters(), FinishStep::write);
        each(draft().tuned(), Tuning::putBack);
    }

    private static boolean write(Planned master, Link link) throws Failure, InterruptedException {
        var key = key(master);
        text(link, "SET", key, "1", "EX", LIFE);
        text(link, "DEL", key);
        return true;
    }

    private static String key(Planned master) {
        var slots = master.slots().orElseThrow();
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> PREFIX + i)
                .filter(k -> slots.from() <= SlotHash.getSlot(k) && SlotHash.getSlot(k) <= slots.to())
                .findFirst()
                .orElseThrow();
    }
}
