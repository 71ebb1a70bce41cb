package io.clusterdeck.plan;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.say.Bug;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs plans on virtual threads, each with a journal; the journals are its memory. */
public final class JournaledRuns implements Runs {

    private static final Logger LOG = LoggerFactory.getLogger(JournaledRuns.class);

    private final Grounds grounds;
    private final Journals journals;
    private final JournalTap tap;
    private final Map<PlanId, JournaledRun> live = new ConcurrentHashMap<>();
    private final List<Consumer<RunState>> listeners = new CopyOnWriteArrayList<>();

    public JournaledRuns(Grounds grounds, Map<String, StepKind> kinds) {
        this(grounds, kinds, JournalTap.NONE);
    }

    /** @param tap where tests let runs die */
    public JournaledRuns(Grounds grounds, Map<String, StepKind> kinds, JournalTap tap) {
        this.grounds = grounds;
        this.journals = new Journals(grounds, kinds);
        this.tap = tap;
    }

    @Override
    public Known known() {
        var running = Map.copyOf(live);
        var states = new ArrayList<RunState>();
        running.values().forEach(r -> states.add(r.state()));
        var unread = new ArrayList<Failure>();
        for (var file : journals.files(unread)) {
            journals.past(file, unread)
                    .filter(p -> !running.containsKey(p.state().plan().id()))
                    .ifPresent(p -> states.add(p.shown(elsewhere(p))));
        }
        states.sort(Comparator.comparing(RunState::began).reversed());
        return new Known(states, unread);
    }

    @Override
    public RunState one(PlanId id) throws Failure {
        var running = live.get(id);
        return running != null ? running.state() : journals.read(id).state();
    }

    @Override
    public Subscription each(Consumer<RunState> to) {
        listeners.add(to);
        return () -> listeners.remove(to);
    }

    @Override
    public Run start(Offer.Ready ready) throws Failure, InterruptedException {
        var plan = ready.plan();
        var state = RunState.begin(plan, ready.consent(), Instant.now());
        return begin(
                plan,
                () -> grounds.begins(plan),
                () -> new Begin(state, List.of(), Optional.empty(), file -> Journal.create(file, tap)));
    }

    @Override
    public Run resume(PlanId id) throws Failure, InterruptedException {
        return resume(id, false);
    }

    @Override
    public Run accept(PlanId id) throws Failure, InterruptedException {
        return resume(id, true);
    }

    private Run resume(PlanId id, boolean accept) throws Failure, InterruptedException {
        var approved = journals.read(id).state().plan();
        return begin(approved, () -> {}, () -> {
            var past = journals.read(id); // again, now that nobody else can write
            if (past.state().ended().filter(e -> e.outcome() == Outcome.DONE).isPresent()) {
                throw new NotAllowed(Say.of("plan.was-done", "plan", id), Say.of("plan.was-done.next"));
            }
            var plan = past.state().plan();
            var owed = past.owed().stream()
                    .flatMap(o -> plan.steps().stream().filter(s -> s.id().equals(o)))
                    .toList();
            var recheck = new JournaledRun.Recheck(
                    () -> grounds.again(plan),
                    past.done(),
                    accept ? past.state().differences() : List.of());
            var hash = PlanJson.hash(plan);
            return new Begin(past.state(), owed, Optional.of(recheck), file -> Journal.reopen(file, tap, hash));
        });
    }

    /** Where nothing was ever written down of a plan, and no process of this computer is about to: what was kept for it is nobody's. */
    public void ifNeverBegun(ClusterRef on, PlanId id, Deed deed) throws Failure {
        var folder = grounds.runs(on);
        var journal = Journal.file(folder, id);
        try {
            if (!Journal.begun(journal)) {
                Journal.folder(folder);
                try (var alone = LocalLock.take(folder, id)) {
                    LOG.trace("{}", alone);
                    if (!Journal.begun(journal)) {
                        deed.act();
                        Files.deleteIfExists(journal);
                    }
                }
            }
        } catch (NotAllowed beginsOrRuns) {
            LOG.debug("{} is left as it is: {}", id, beginsOrRuns.what());
        } catch (IOException unreadable) {
            throw unwritten(unreadable);
        }
    }

    private record Begin(RunState state, List<Step> owed, Optional<JournaledRun.Recheck> recheck, Opening journal) {}

    private interface Opening {
        Journal open(Path file) throws IOException;
    }

    private interface Preparation {
        Begin prepare() throws Failure;
    }

    /** May fail. */
    public interface Deed {
        void act() throws Failure;
    }

    /** Takes what a run must hold and lets it go; lets go of all when it can't begin. */
    private Run begin(Plan plan, Deed first, Preparation preparation) throws Failure, InterruptedException {
        var folder = grounds.runs(plan.on());
        var held = new Held();
        try {
            Journal.folder(folder);
            held.add(LocalLock.take(folder, plan.id()));
            first.act();
            var mask = mask(plan);
            var lease = Lease.take(grounds.lease(plan), plan.id(), grounds::waits);
            held.add(lease);
            var begin = preparation.prepare();
            var journal = begin.journal().open(Journal.file(folder, plan.id()));
            held.add(journal);
            var run = new JournaledRun(
                    begin.state(),
                    journal,
                    mask,
                    witness(plan, mask),
                    begin.recheck().map(JournaledRun.Recheck::done).orElse(Set.of()),
                    begin.owed(),
                    lease::lost,
                    this::changed);
            live.put(plan.id(), run);
            held.add(() -> live.remove(plan.id()));
            run.begin(begin.recheck(), held::close);
            lease.without().forEach(f -> run.note(Say.of("plan.lease.left-out", "why", f.what())));
            lease.onLoss(f -> run.note(Say.of("plan.lease.lost.meanwhile", "why", f.what())));
            return run;
        } catch (FileAlreadyExistsException ran) {
            held.close();
            throw new NotAllowed(Say.of("plan.ran-before", "plan", plan.id()), Say.of("plan.ran-before.next"), ran);
        } catch (IOException unwritable) {
            held.close();
            throw unwritten(unwritable);
        } catch (Journal.Broken unwritable) {
            held.close();
            throw unwritten(unwritable);
        } catch (Failure | InterruptedException | RuntimeException | Error failed) {
            held.close();
            throw failed;
        }
    }

    private Mask mask(Plan plan) throws Bug {
        var mask = new Mask(grounds.secrets(plan.on()));
        for (var step : plan.steps()) {
            if (mask.leaks(step)) {
                throw new Bug(Say.of("plan.secret-in-plan", "step", step.id()), Say.of("plan.bug.next"));
            }
        }
        return mask;
    }

    static NotAllowed unwritten(Exception why) {
        return new NotAllowed(
                Say.of("plan.unwritten", "why", String.valueOf(why.getMessage())), Say.of("plan.unwritten.next"), why);
    }

    /** A ground that lets the mask know each secret it hands out. */
    private Ground witness(Plan plan, Mask mask) {
        var ground = grounds.ground(plan);
        return new Ground() {
            @Override
            public Host host(HostName name) throws Failure {
                return ground.host(name);
            }

            @Override
            public Optional<Secret> secret(String name) throws Failure, InterruptedException {
                var secret = ground.secret(name);
                secret.ifPresent(mask::know);
                return secret;
            }
        };
    }

    private void changed(RunState state) {
        listeners.forEach(l -> l.accept(state));
    }

    /** Whether another process runs it now: one of ours would be among the live. */
    private static boolean elsewhere(Past past) {
        return past.by().alive() && !past.by().equals(Holder.SELF);
    }

    /** What a run holds, let go of last first. */
    private static final class Held {

        private final List<AutoCloseable> things = new ArrayList<>();

        void add(AutoCloseable thing) {
            things.add(thing);
        }

        void close() {
            for (var thing : things.reversed()) {
                try {
                    thing.close();
                } catch (Exception failed) {
                    LOG.warn("{} was not closed", thing, failed);
                }
            }
        }
    }
}
