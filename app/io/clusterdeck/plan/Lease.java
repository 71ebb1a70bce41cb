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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
    /** After a cable was cut: the wrapper looks every 60 s whether a line came since it last looked. */
    private static final Duration FALLING = Duration.ofSeconds(130);
    /** The plans whose leases this process holds. */
    private static final Set<String> OURS = ConcurrentHashMap.newKeySet();

    private static final String HELD = "plan.lease.held";
    private static final String DENIED = "plan.lease.denied";
    private static final String LEASED = "plan.leased";
    private static final String FALLS = "plan.lease.falls";
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /**
     * Where a lease lies on one host.
     *
     * @param folder the cluster's folder there; made, and removed at the end, where it is missing. As root where only root may write
     * @param others folders of its further nodes there, where another Clusterdeck may hold it that does not know the first; never made
     */
    public record Place(Host host, RemotePath folder, List<RemotePath> others) {
        public Place(Host host, RemotePath folder) {
            this(host, folder, List.of());
        }
    }

    private final PlanId plan;
    private final List<Grip> grips = new ArrayList<>();
    private final List<Failure> without = new ArrayList<>();

    private Lease(PlanId plan) {
        this.plan = plan;
    }

    /**
     * Fails with NotAllowed {@code plan.leased} where another process holds it, by name. One that a process of this computer held which is
     * gone, or a run of ours that has ended, falls as soon as its host notices: that is waited for.
     *
     * @param waits is told so
     */
    static Lease take(List<Place> places, PlanId plan, Consumer<Say> waits) throws Failure, InterruptedException {
        var lease = new Lease(plan);
        try {
            places.forEach(p -> lease.grips.add(new Grip(p, plan, waits)));
            lease.await();
            OURS.add(plan.value());
            return lease;
        } catch (Failure | InterruptedException | RuntimeException refused) {
            lease.close();
            throw refused;
        }
    }

    private void await() throws Failure, InterruptedException {
        var failures = new ArrayList<Failure>();
        for (var grip : grips) {
            grip.answer().ifPresent(failures::add);
        }
        for (var failure : failures) {
            if (failure instanceof NotAllowed) {
                throw failure;
            }
        }
        if (!failures.isEmpty() && failures.size() == grips.size()) {
            throw failures.getFirst();
        }
        without.addAll(failures);
    }

    /** Why hosts were left out: who reaches only those is not kept out. */
    List<Failure> without() {
        return List.copyOf(without);
    }

    /** Tells each loss, once, on whatever thread notices it; also one that was before. */
    void onLoss(Consumer<Failure> to) {
        grips.forEach(g -> g.loss.thenAccept(to));
    }

    /** How it was lost, once it was, on any host that had granted it. */
    Optional<Failure> lost() {
        return grips.stream().flatMap(g -> g.lost().stream()).findFirst();
    }

    /** Waits a moment for the hosts to take their files away. */
    @Override
    public void close() {
        OURS.remove(plan.value());
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
        private final Consumer<Say> waits;
        private final Thread thread;
        private volatile Instant until = Instant.now().plus(PATIENCE);
        private volatile boolean closed;
        private final CompletableFuture<Failure> loss = new CompletableFuture<>();

        Grip(Place place, PlanId plan, Consumer<Say> waits) {
            this.place = place;
            this.waits = waits;
            var script = Script.of("lease", "hold")
                    .with("folder", place.folder())
                    .with(
                            "others",
                            place.others().stream().map(RemotePath::value).collect(Collectors.joining("\n")))
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
                if (says(exit, DENIED)) {
                    script = script.asRoot();
                    exit = place.host().run(script, live);
                }
                if (falls(exit)) {
                    var last = Instant.now().plus(FALLING);
                    until = last.plus(PATIENCE);
                    waits.accept(new Say(FALLS, exit.why().orElseThrow().args()));
                    while (falls(exit) && Instant.now().isBefore(last)) {
                        Thread.sleep(AGAIN);
                        exit = place.host().run(script, live);
                    }
                }
                end(why(exit));
            } catch (Failure failure) {
                end(failure);
            } catch (InterruptedException ended) {
                end(new Unreachable(gone(), Say.of("plan.lease.lost.next"))); // by close(), mostly
            } catch (RuntimeException bug) {
                LOG.error("the lease on {} broke", place.host().name(), bug);
                end(new Unreachable(gone(), Say.of("plan.lease.lost.next"), bug));
            }
        }

        private static boolean says(Exit exit, String key) {
            return exit.why().filter(w -> w.key().equals(key)).isPresent();
        }

        /** Whether nobody stands behind it any more, but for a host that has not noticed yet. */
        private static boolean falls(Exit exit) {
            if (!says(exit, LEASED)) {
                return false;
            }
            var by = exit.why().orElseThrow().args();
            var who = String.valueOf(by.get("who"));
            return who.equals(Holder.SELF.who()) ? !OURS.contains(String.valueOf(by.get("plan"))) : Holder.gone(who);
        }

        private Failure why(Exit exit) {
            var why = exit.why().orElseGet(this::gone);
            var next = new Say(why.key() + ".next", why.args());
            return why.key().equals(LEASED)
                    ? new NotAllowed(why, next)
                    : new CommandFailed(why, next, exit.code(), exit.tail());
        }

        private void end(Failure why) {
            if (!answer.complete(Optional.of(why)) && !closed) {
                LOG.info("the lease on {} was lost: {}", place.host().name(), why.what());
                loss.complete(new Unreachable(gone(), Say.of("plan.lease.lost.next"), why));
            }
        }

        private Say gone() {
            return Say.of("plan.lease.lost", "host", place.host().name());
        }

        Optional<Failure> answer() throws InterruptedException {
            var before = until;
            try {
                long left = Duration.between(Instant.now(), before).toMillis();
                return answer.get(Math.max(0, left), TimeUnit.MILLISECONDS);
            } catch (TimeoutException silent) {
                if (!before.equals(until)) {
                    return answer();
                }
                close();
                return Optional.of(new Unreachable(gone(), Say.of("plan.lease.lost.next"), silent));
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible); // it is only ever completed with a value
            }
        }

        Optional<Failure> lost() {
            return Optional.ofNullable(loss.getNow(null));
        }

        void close() {
            closed = true;
            thread.interrupt();
        }
    }
}
