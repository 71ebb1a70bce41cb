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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether every host reaches every other one's ports and bus ports, found out with short-lived listeners. Nodes that run already answer
 * for themselves.
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

    private Script probe(HostName from) {
        var targets = byHost().entrySet().stream()
                .filter(e -> !e.getKey().equals(from))
                .flatMap(e -> e.getValue().stream())
                .flatMap(m -> ports(m).map(p -> m.address().host() + " " + p))
                .collect(Collectors.joining("\n"));
        return Script.of("ways", "probe").with("targets", targets);
    }

    @Override
    public List<String> commands() {
        return byHost().keySet().stream().map(h -> command(probe(h))).toList();
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var byHost = byHost();
        var heard = new CountDownLatch(byHost.size());
        var unable = new AtomicBoolean();
        var listeners = new ArrayList<Thread>();
        try {
            for (var e : byHost.entrySet()) {
                listeners.add(Thread.ofVirtual()
                        .name("listen " + e.getKey())
                        .start(() -> listen(ground, e.getKey(), e.getValue(), heard, unable)));
            }
            heard.await();
            var asked = byHost.keySet().stream()
                    .map(h -> (Callable<Exit>) () -> ground.host(h).run(probe(h), line -> {}))
                    .toList();
            return verdict(List.copyOf(byHost.keySet()), SideBySide.<Exit>values("probe", asked), unable.get());
        } finally {
            listeners.forEach(Thread::interrupt);
            for (var listener : listeners) {
                listener.join();
            }
        }
    }

    private void listen(
            Ground ground, HostName host, List<Member> members, CountDownLatch heard, AtomicBoolean unable) {
        var told = new AtomicBoolean();
        try {
            ground.host(host).run(listen(members), line -> {
                if (line instanceof Line.Progress p && told.compareAndSet(false, true)) {
                    if (p.what().equals("unable")) {
                        unable.set(true);
                    }
                    heard.countDown();
                }
            });
        } catch (Failure silent) {
            unable.set(true); // the probes will find nothing open, and this says that it proves nothing
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            if (told.compareAndSet(false, true)) {
                heard.countDown();
            }
        }
    }

    private Verdict verdict(List<HostName> hosts, List<Exit> probes, boolean unable) {
        var open = 0;
        for (int i = 0; i < hosts.size(); i++) {
            var exit = probes.get(i);
            open += exit.all("open").size();
            if (unable || !exit.all("unable").isEmpty()) {
                continue;
            }
            for (var state : List.of("silent", "refused")) {
                if (!exit.all(state).isEmpty()) {
                    var why = Say.of(
                            "build.ways." + state,
                            "from",
                            hosts.get(i),
                            "to",
                            exit.all(state).stream()
                                    .map(t -> t.replace(' ', ':'))
                                    .toList());
                    return new Verdict.Blocked(why, next(why));
                }
            }
        }
        return new Verdict.Done(Say.of(unable ? "build.ways.unchecked" : "build.ways.open", "n", open));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) {
        throw new IllegalStateException("ways are only looked at");
    }
}
