package io.clusterdeck.redis.hosts;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.build.BuildSteps;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Plans;
import io.clusterdeck.redis.nodes.Together;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Looks at the hosts of a cluster, and cures them. Every method blocks; call off the FX thread. */
public final class HostOperations {

    /** tcp-backlog's default: the kernel cuts a larger one down to somaxconn. */
    private static final long BACKLOG = 511;

    private final Ops ops;
    private final Map<HostName, Machine> last = new ConcurrentHashMap<>();
    private final Map<HostName, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final Map<HostName, List<Consumer<Machine>>> listeners = new ConcurrentHashMap<>();

    public HostOperations(Ops ops) {
        this.ops = ops;
    }

    /** How a host fares and what runs there; one script, about 100 ms. */
    public Machine look(HostName host) throws Failure, InterruptedException {
        var asked = Instant.now();
        var machine = ops.ground().host(host);
        var exit = machine.run(look(folders(host)), line -> {});
        if (!exit.ok()) {
            throw new CommandFailed(
                    exit.why().orElseGet(() -> Say.of("hosts.look-failed", "host", host)),
                    Say.of("hosts.look-failed.next"),
                    exit.code(),
                    exit.tail());
        }
        var found = Machine.of(machine, exit, asked, Instant.now());
        last.put(host, found);
        listeners.getOrDefault(host, List.of()).forEach(l -> l.accept(found));
        return found;
    }

    /** The last look at a host, where it is no older than that; else a new one, which all wait for who ask meanwhile. */
    public Machine known(HostName host, Duration age) throws Failure, InterruptedException {
        var turn = turns.computeIfAbsent(host, h -> new ReentrantLock());
        turn.lockInterruptibly();
        try {
            var known = last.get(host);
            return known != null && known.at().plus(age).isAfter(Instant.now()) ? known : look(host);
        } finally {
            turn.unlock();
        }
    }

    /** Told the last look at a host, if there was one, and each to come, whoever asked for it; on the thread that looks. */
    public Subscription each(HostName host, Consumer<Machine> to) {
        var all = listeners.computeIfAbsent(host, h -> new CopyOnWriteArrayList<>());
        all.add(to);
        var known = last.get(host);
        if (known != null) {
            to.accept(known);
        }
        return () -> all.remove(to);
    }

    static Script look(String folders) {
        return Script.of("host", "look").with("dirs", folders);
    }

    private String folders(HostName host) {
        return ops.spec().get().sites().stream()
                .filter(s -> s.host().equals(host))
                .map(NodeSite::directory)
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    /** The plan that sets the kernels of these hosts as Redis wants them, now and for the next start; from a fresh look at each. */
    public Offer cure(List<HostName> hosts) throws InterruptedException {
        var readOnly = Consents.readOnly(ops.spec().get());
        if (readOnly.isPresent()) {
            return readOnly.get();
        }
        var looks = Together.ask(hosts, this::curable);
        var unseen = looks.stream().flatMap(l -> l.unseen().stream()).toList();
        var wrong = looks.stream()
                .flatMap(l -> l.machine().stream())
                .filter(m -> !wrong(m).isEmpty())
                .toList();
        if (wrong.isEmpty()) {
            return unseen.isEmpty()
                    ? Consents.already(Say.of("hosts.cure.nothing", "hosts", hosts))
                    : Consents.refused(unseen.getFirst());
        }
        var steps = new ArrayList<Step>();
        wrong.forEach(m -> wrong(m).forEach(what -> steps.add(BuildSteps.cure(m.name(), what, m.root()))));
        var costs = new ArrayList<>(List.of(Say.of("hosts.cure.cost")));
        if (wrong.stream().anyMatch(Machine::hugePagesAlways)) {
            costs.add(Say.of("hosts.cure.huge-pages"));
        }
        if (!unseen.isEmpty()) {
            costs.add(Say.of(
                    "nodes.impact.left-out",
                    "why",
                    unseen.stream().map(Failure::what).toList()));
        }
        var names = wrong.stream().map(Machine::name).toList();
        var plan = Plans.named(
                        ops,
                        names.size() == 1 ? "cure-" + names.getFirst() : "cure-hosts",
                        Say.of("hosts.cure.plan", "hosts", names))
                .stage("cure", Say.of("hosts.stage.cure"), steps)
                .costing(costs);
        return Consents.ready(
                ops.spec().get(), plan, Stake.NOTHING, ops.spec().get().name());
    }

    private record Look(Optional<Machine> machine, Optional<Failure> unseen) {}

    private Look curable(HostName host) throws InterruptedException {
        try {
            return new Look(Optional.of(look(host)), Optional.empty());
        } catch (Failure failure) {
            return new Look(Optional.empty(), Optional.of(failure));
        }
    }

    /** The names of the cures that a host wants, as {@code cure.sh} is given them. */
    public static List<String> wrong(Machine machine) {
        var wrong = new ArrayList<String>();
        if (machine.overcommit().orElse(1) != 1) {
            wrong.add("overcommit");
        }
        if (machine.somaxconn().orElse(BACKLOG) < BACKLOG) {
            wrong.add("somaxconn");
        }
        if (machine.hugePagesAlways()) {
            wrong.add("huge-pages");
        }
        return wrong;
    }
}
