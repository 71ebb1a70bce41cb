package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether every host reaches every other one's ports and bus ports, found out with short-lived listeners. Nodes that run already answer
 * for themselves. Of a host that has no program for it the ways are told as unchecked; those of the others are not.
 */
final class WaysStep extends HostStep {

    private static final int LISTEN_SECONDS = 30;

    WaysStep(StepId id, HostName on, StepSpec spec) {
        super(id, on, spec);
    }

    private Map<HostName, List<Member>> byHost() {
        return Members.of(arg("members")).all().stream()
                .collect(Collectors.groupingBy(Member::host, LinkedHashMap::new, Collectors.toList()));
    }

    private static Script listen(List<Member> of) {
        return Script.of("ways", "listen")
                .with("address", address(of.getFirst()))
                .with(
                        "ports",
                        of.stream().flatMap(m -> ports(m)).map(String::valueOf).collect(Collectors.joining(" ")))
                .with("seconds", LISTEN_SECONDS)
                .within(Duration.ofSeconds(LISTEN_SECONDS + 30));
    }

    /** A node that listens everywhere is reached by its host on loopback, and by others on what it announces. */
    private static String address(Member m) {
        return m.local().equals("127.0.0.1") && !m.address().host().equals("127.0.0.1") ? "0.0.0.0" : m.local();
    }

    private static Stream<Integer> ports(Member m) {
        return Stream.of(m.port(), m.address().busPort());
    }

    private static Stream<String> targets(List<Member> members) {
        return members.stream().flatMap(m -> ports(m).map(p -> m.address().host() + " " + p));
    }

    /** What that host must reach. */
    private List<String> targets(HostName from) {
        return byHost().entrySet().stream()
                .filter(e -> !e.getKey().equals(from))
                .flatMap(e -> targets(e.getValue()))
                .toList();
    }

    private Script probe(HostName from) {
        return Script.of("ways", "probe").with("targets", String.join("\n", targets(from)));
    }

    /** Of how many ways it told anything. */
    private static int told(Exit exit) {
        return Stream.of("open", "refused", "silent")
                .mapToInt(s -> exit.all(s).size())
                .sum();
    }

    @Override
    public List<String> commands() {
        return byHost().keySet().stream().map(h -> command(probe(h))).toList();
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var byHost = byHost();
        var ears = byHost.entrySet().stream()
                .map(e -> new Ear(ground, e.getKey(), listen(e.getValue())))
                .toList();
        var listeners = ears.stream()
                .map(ear -> Thread.ofVirtual().name("listen " + ear.on).start(ear))
                .toList();
        try {
            for (var ear : ears) {
                ear.ready.await();
            }
            heard(ears);
            var asked = byHost.keySet().stream()
                    .map(h -> (Callable<Exit>) () -> ground.host(h).run(probe(h), line -> {}))
                    .toList();
            var probes = SideBySide.<Exit>values("probe", asked);
            heard(ears);
            return verdict(ears, probes);
        } finally {
            listeners.forEach(Thread::interrupt);
            for (var listener : listeners) {
                listener.join();
            }
        }
    }

    /** Where listening failed the probes prove nothing. */
    private static void heard(List<Ear> ears) throws Failure {
        for (var ear : ears) {
            var failure = ear.failure;
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** A host's short-lived listener. */
    private final class Ear implements Runnable {

        private final Ground ground;
        private final HostName on;
        private final Script script;
        private final CountDownLatch ready = new CountDownLatch(1);
        private volatile boolean unable;
        private volatile @Nullable Failure failure;

        Ear(Ground ground, HostName on, Script script) {
            this.ground = ground;
            this.on = on;
            this.script = script;
        }

        @Override
        public void run() {
            try {
                var exit = ground.host(on).run(script, this::told);
                if (ready.getCount() > 0) {
                    failure = failed(script, exit);
                }
            } catch (Failure failed) {
                failure = failed;
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            } finally {
                ready.countDown();
            }
        }

        private void told(Line line) {
            if (line instanceof Line.Progress p) {
                unable |= p.what().equals("unable");
                ready.countDown();
            }
        }
    }

    /** @param probes of the hosts of the ears, in their order */
    private Verdict verdict(List<Ear> ears, List<Exit> probes) {
        var deaf = ears.stream().filter(e -> e.unable).map(e -> e.on).toList();
        var refusing = byHost().entrySet().stream()
                .filter(e -> deaf.contains(e.getKey()))
                .flatMap(e -> targets(e.getValue()))
                .collect(Collectors.toSet());
        var unchecked = new LinkedHashSet<>(deaf);
        var open = 0;
        for (int i = 0; i < ears.size(); i++) {
            var exit = probes.get(i);
            open += exit.all("open").size();
            if (told(exit) < targets(ears.get(i).on).size()) {
                unchecked.add(ears.get(i).on);
            }
            for (var state : List.of("silent", "refused")) {
                // where nothing can listen a refusal is what an open way shows; silence is not
                var closed = exit.all(state).stream()
                        .filter(t -> state.equals("silent") || !refusing.contains(t))
                        .map(t -> t.replace(' ', ':'))
                        .toList();
                if (!closed.isEmpty()) {
                    var why = Say.of("build.ways." + state, "from", ears.get(i).on, "to", closed);
                    return new Verdict.Blocked(why, next(why));
                }
            }
        }
        return new Verdict.Done(
                unchecked.isEmpty()
                        ? Say.of("build.ways.open", "n", open)
                        : Say.of("build.ways.unchecked", "n", open, "hosts", List.copyOf(unchecked)));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) {
        throw new IllegalStateException("ways are only looked at");
    }
}
