package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a replica to take its shard over, and waits until it is elected. The OK of CLUSTER FAILOVER means accepted only (clusterCommand in
 * cluster.c), and it may be given up without a word after 5 s (CLUSTER_MF_TIMEOUT); it is then asked a second time where nothing changed
 * and the heir's log tells of a lost message. Before, it waits where {@link Elections} says that the replica could not be elected yet.
 *
 * @param how empty, FORCE or TAKEOVER, as the command takes it
 * @param nodeTimeout milliseconds
 * @param unseen whether FORCE was agreed to although the master may serve unseen
 * @param unpauses whether the old master's release leaves its clients paused
 */
record Candidacy(Ops ops, Succession between, String how, long nodeTimeout, boolean unseen, boolean unpauses) {

    /** What the heir's log says of it where it was lost; nothing where it was elected. */
    Optional<HeirLog.Last> stand(Observers observers, Ground ground, Consumer<Line> live)
            throws Failure, InterruptedException {
        var lost = attempt(observers, ground, live);
        if (lost.isEmpty() || !lost.get().worthAnother()) {
            return lost;
        }
        // voters that hung give their votes late, and refuse another one about this master for 2 × node-timeout
        long pause = lost.get().asked() ? 2 * nodeTimeout : 0;
        live.accept(new Line.Said(
                Say.of("failover.again", "node", at(), "why", lost.get().why(), "t", pause)));
        Thread.sleep(pause);
        // only while all is as it was shown: it may have been elected late, or another may have taken over
        var views = observers.ask();
        if (between.elected(views)) {
            return Optional.empty();
        }
        return between.pending(views) ? attempt(observers, ground, live) : lost;
    }

    private NodeAddress at() {
        return between.heir().address();
    }

    /** Asks once. */
    private Optional<HeirLog.Last> attempt(Observers observers, Ground ground, Consumer<Line> live)
            throws Failure, InterruptedException {
        untilElectable(observers, live);
        untilKnown(observers, live);
        if (!new LastLook(between, how).wanted(observers, unseen)) {
            return elected(observers) ? Optional.empty() : Optional.of(new HeirLog(ops, at()).last(ground));
        }
        boolean sent = false;
        try (var link = ops.links().act(at())) {
            var words =
                    how.isEmpty() ? new String[] {"CLUSTER", "FAILOVER"} : new String[] {"CLUSTER", "FAILOVER", how};
            if (link.call(words) instanceof Reply.Refused refused) {
                throw new NotAllowed(
                        Say.of("failover.refused", "node", at(), "why", refused.message()),
                        Asking.next(refused, "failover.refused.next"));
            }
            sent = true;
            return elected(observers) ? Optional.empty() : Optional.of(new HeirLog(ops, at()).last(ground));
        } catch (OutcomeUnknown unknown) {
            if (sent || !elected(observers)) {
                throw unknown;
            }
            return Optional.empty();
        } finally {
            unpause(observers, live);
        }
    }

    private boolean elected(Observers observers) throws Failure, InterruptedException {
        return Await.until(patience(), () -> between.elected(observers.ask()));
    }

    /** Before its time a failover is worse than none: see {@link Elections}. A takeover asks nobody. */
    private void untilElectable(Observers observers, Consumer<Line> live) throws Failure, InterruptedException {
        if (how.equals("TAKEOVER")) {
            return;
        }
        var heir = between.heir();
        var old = between.old();
        var replicas = new ArrayList<>(List.of(heir));
        observers.ask().getOrDefault(at(), List.of()).stream()
                .filter(r -> r.master().filter(old.id()::equals).isPresent() && !r.id().equals(heir.id()))
                .map(r -> new Addressed(r.id(), r.address()))
                .forEach(replicas::add);
        long wait = ops.elections().barred(ops.links(), heir, old, replicas, nodeTimeout);
        if (wait > 0) {
            live.accept(new Line.Busy(Say.of("failover.waits", "node", at(), "t", wait)));
            Thread.sleep(wait);
        }
    }

    /** Who takes it for a master still, after an earlier hand-over, ignores its request and gives it no vote. */
    private void untilKnown(Observers observers, Consumer<Line> live) throws Failure, InterruptedException {
        if (how.equals("TAKEOVER") || settled(observers)) {
            return;
        }
        live.accept(new Line.Busy(Say.of(
                "failover.waits-known", "node", at(), "master", between.old().address())));
        Await.until(Duration.ofMillis(2_000 + nodeTimeout), () -> settled(observers));
    }

    /** Whether all know it as a replica of the old master, or most as the master that it is by now. */
    private boolean settled(Observers observers) throws Failure, InterruptedException {
        var views = observers.ask();
        return between.known(views) || between.elected(views);
    }

    /** Where it is a replica by now, or the failover is over: as long as that lasts the pause keeps both sides alike. */
    private void unpause(Observers observers, Consumer<Line> live) throws InterruptedException {
        var from = between.old().address();
        if (!unpauses) {
            return;
        }
        var views = observers.ask();
        if (!views.containsKey(from)) {
            live.accept(stillPaused(Say.of("failover.still-paused.silent")));
            return;
        }
        if (!between.follows(views.getOrDefault(from, List.of()))) {
            return;
        }
        try (var link = ops.links().act(from)) {
            if (link.call("CLIENT", "UNPAUSE") instanceof Reply.Refused refused) {
                live.accept(stillPaused(refused.message()));
            }
        } catch (Failure silent) {
            live.accept(stillPaused(silent.what()));
        }
    }

    private Line stillPaused(Object why) {
        return new Line.Said(
                Say.of("failover.still-paused", "node", between.old().address(), "why", why));
    }

    /** A manual failover gives up after 5 s; a forced one is an election, of which one may be lost: 2 × node-timeout each. */
    Duration patience() {
        return Duration.ofMillis(how.equals("FORCE") ? Math.max(10_000, 4 * nodeTimeout + 2_000) : 10_000);
    }
}
