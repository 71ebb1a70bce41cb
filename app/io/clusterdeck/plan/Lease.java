package io.clusterdeck.plan;

import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change a cluster: a lock on a file on its hosts (flock), held by a remote script as long as our channel to it is open.
 * When this process, its computer or the cable dies, the lock falls by itself. Hosts that can't be reached are left out, at least one
 * must grant it.
 */
public final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LETTING_GO = Duration.ofSeconds(3);
    private static final String HELD = "plan.lease.held";
    private static final String DENIED = "plan.lease.denied";

    /**
     * Where a lease lies on one host.
     *
     * @param folder the cluster's folder there; made, and removed at the end, where it is missing. As root where only root may write
     */
    public record Place(Host host, RemotePath folder) {}

    private final List<Grip> grips = new ArrayList<>();

    private Lease() {}

    /** Fails with NotAllowed {@code plan.leased} where another process holds it, by name. */
    static Lease take(List<Place> places, PlanId plan) throws Failure, InterruptedException {
        var lease = new Lease();
        try {
            places.forEach(p -> lease.grips.add(new Grip(p, plan)));
            lease.await();
            return lease;
        } catch (Failure | InterruptedException | RuntimeException refused) {
            lease.close();
            throw refused;
        }
    }

    private void await() throws Failure, InterruptedException {
        var until = Instant.now().plus(PATIENCE);
        var failures = new ArrayList<Failure>();
        for (var grip : grips) {
            grip.answer(Duration.between(Instant.now(), until)).ifPresent(failures::add);
        }
        for (var failure : failures) {
            if (failure instanceof NotAllowed) {
                throw failure;
            }
            LOG.warn("no lease on one host: {}", failure.what());
        }
        if (!failures.isEmpty() && failures.size() == grips.size()) {
            throw failures.getFirst();
        }
    }

    /** How it was lost, once it was, on any host that had granted it. */
    Optional<Failure> lost() {
        return grips.stream().flatMap(g -> g.lost().stream()).findFirst();
    }

    /** Waits a moment for the hosts to take their files away. */
    @Override
    public void close() {
        grips.forEach(Grip::close);
        try {
            for (var grip : grips) {
                grip.thread.join(LETTING_GO);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt(); // they end by themselves
        }
    }

    /** The lock on one host. */
    private static final class Grip {

        private final Place place;
        private final CompletableFuture<Optional<Failure>> answer = new CompletableFuture<>();
        private final Thread thread;
        private volatile boolean closed;
        private volatile @Nullable Failure lost;

        Grip(Place place, PlanId plan) {
            this.place = place;
            var script = Script.of("lease", "hold")
                    .with("folder", place.folder())
                    .with("who", Holder.SELF.who())
                    .with("since", Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
                    .with("plan", plan)
                    .within(Duration.ofDays(365));
            thread = Thread.ofVirtual().name("lease " + place.host().name()).start(() -> hold(script));
        }

        private void hold(Script script) {
            Consumer<Line> live = line -> {
                if (line instanceof Line.Said said && said.say().key().equals(HELD)) {
                    answer.complete(Optional.empty());
                }
            };
            try {
                var exit = place.host().run(script, live);
                boolean denied = exit.why().filter(w -> w.key().equals(DENIED)).isPresent();
                end(why(denied ? place.host().run(script.asRoot(), live) : exit));
            } catch (Failure failure) {
                end(failure);
            } catch (InterruptedException ended) {
                end(new Unreachable(gone(), Say.of("plan.lease.lost.next"))); // by close(), mostly
            } catch (RuntimeException bug) {
                LOG.error("the lease on {} broke", place.host().name(), bug);
                end(new Unreachable(gone(), Say.of("plan.lease.lost.next"), bug));
            }
        }

        private Failure why(Exit exit) {
            var why = exit.why().orElseGet(this::gone);
            var next = new Say(why.key() + ".next", why.args());
            return why.key().equals("plan.leased")
                    ? new NotAllowed(why, next)
                    : new CommandFailed(why, next, exit.code(), exit.tail());
        }

        private void end(Failure why) {
            if (!answer.complete(Optional.of(why)) && !closed) {
                LOG.warn("the lease on {} was lost: {}", place.host().name(), why.what());
                lost = new Unreachable(gone(), Say.of("plan.lease.lost.next"), why);
            }
        }

        private Say gone() {
            return Say.of("plan.lease.lost", "host", place.host().name());
        }

        Optional<Failure> answer(Duration patience) throws InterruptedException {
            try {
                return answer.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException silent) {
                close();
                return Optional.of(new Unreachable(gone(), Say.of("plan.lease.lost.next"), silent));
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible); // it is only ever completed with a value
            }
        }

        Optional<Failure> lost() {
            return Optional.ofNullable(lost);
        }

        void close() {
            closed = true;
            thread.interrupt();
        }
    }
}
