package io.clusterdeck.deck;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.DestroyPlanner;
import io.clusterdeck.redis.build.PackagedRedis;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.store.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real six-node cluster on this computer, built by the same plan as on any host, and gone without a trace when it is stopped. A file
 * beside its cluster.yaml names the process that owns it, so that one which was killed leaves something to be found.
 */
public final class Demo {

    private static final int FIRST_PORT = 9000;
    private static final int MASTERS = 3;
    private static final int REPLICAS = 1;
    private static final String OWNER = "demo-owner";

    private final Deck deck;
    private final Home home;
    private final String name;

    private Demo(Deck deck, Home home, String name) {
        this.deck = deck;
        this.home = home;
        this.name = name;
    }

    /** A new one under a name that is free; nothing is built yet. */
    static Demo begin(Deck deck, Home home) throws Failure {
        var taken = home.clusters();
        var name = Stream.concat(
                        Stream.of("demo"), IntStream.iterate(2, i -> i + 1).mapToObj(i -> "demo-" + i))
                .filter(n -> !taken.contains(n) && !Files.exists(home.of(n).resolve(OWNER)))
                .findFirst()
                .orElseThrow();
        var demo = new Demo(deck, home, name);
        demo.own();
        return demo;
    }

    /** Those that lost their owner: killed, or the computer went down. */
    static List<Demo> leftovers(Deck deck, Home home) throws Failure {
        try (var folders = Files.list(home.folder())) {
            return folders.map(f -> f.resolve(OWNER))
                    .filter(Files::exists)
                    .flatMap(f -> orphan(f).stream())
                    .map(n -> new Demo(deck, home, n))
                    .toList();
        } catch (IOException unreadable) {
            throw kept(home.folder(), unreadable);
        }
    }

    public String name() {
        return name;
    }

    /** Where its servers live on this computer. */
    public Path folder() {
        return home.of(name).resolve("redis-cluster");
    }

    /** The plan that builds it; start it with {@link Deck#runs}. */
    public Offer plan() throws Failure, InterruptedException {
        return deck.build(blueprint());
    }

    /** From now on nobody stops it with this process. */
    public void keep() throws Failure {
        try {
            Files.deleteIfExists(home.of(name).resolve(OWNER));
        } catch (IOException unwritable) {
            throw kept(home.of(name), unwritable);
        }
    }

    /** Stops its servers and removes everything it made, by a plan, told step by step. */
    public void stop(Consumer<RunState> progress) throws Failure, InterruptedException {
        if (home.clusters().contains(name)) {
            var cluster = deck.open(name);
            if (cluster.spec().readOnly()) { // the switch guards against a slip; its own end is none
                cluster.keep(cluster.spec().readOnly(false));
            }
            switch (deck.destroy(name, true)) {
                case Offer.Ready ready -> run(ready, progress);
                case Offer.Refused refused
                when refused.why().key().equals(DestroyPlanner.NOTHING) -> {} // it was never built
                case Offer.Refused refused ->
                    throw new NotAllowed(refused.why(), refused.cures().getFirst());
            }
            deck.forget(name);
        }
        remove(home.of(name));
    }

    private void run(Offer.Ready ready, Consumer<RunState> progress) throws Failure, InterruptedException {
        var run = deck.runs().start(ready);
        var each = run.each(event -> progress.accept(run.state()));
        try {
            ended(run.await());
        } finally {
            each.close();
        }
    }

    private void ended(RunState state) throws NotAllowed {
        if (state.ended().map(e -> e.outcome() != Outcome.DONE).orElse(true)) {
            throw new NotAllowed(
                    Say.of("deck.demo.not-stopped", "name", name, "folder", folder()),
                    Say.of("deck.demo.not-stopped.next", "plan", state.plan().id()));
        }
    }

    private Blueprint blueprint() throws NotAllowed {
        int size = MASTERS * (1 + REPLICAS);
        int port = PortBlock.find(FIRST_PORT, size)
                .orElseThrow(() ->
                        new NotAllowed(Say.of("deck.demo.no-ports", "n", size), Say.of("deck.demo.no-ports.next")));
        var computer = new HostSpec(new HostName("this-computer"), "local", 0, null, List.of(), null, false);
        return new Blueprint(
                name,
                false,
                List.of(new Blueprint.BuildHost(computer, List.of("127.0.0.1"), Optional.empty(), false, Map.of())),
                new Blueprint.Release(PackagedRedis.VERSION, new Blueprint.Source.Packaged(), Blueprint.Build.ONCE),
                new Blueprint.Layout(
                        folder().toString(),
                        "data",
                        IntStream.range(port, port + size).boxed().toList(),
                        MASTERS,
                        REPLICAS,
                        Optional.empty()),
                Map.of("cluster-node-timeout", List.of("5000"), "maxmemory", List.of("64mb")),
                Access.DIRECT,
                new Blueprint.Password.Generate(),
                Optional.empty(),
                List.of(),
                false);
    }

    private void own() throws Failure {
        var self = ProcessHandle.current();
        var line = self.pid() + " "
                + self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        try {
            Files.createDirectories(home.of(name));
            Files.writeString(home.of(name).resolve(OWNER), line + "\n" + name + "\n");
        } catch (IOException unwritable) {
            disown();
            throw kept(home.of(name), unwritable);
        }
    }

    /** A disk that is full takes a folder and an empty file all the same. What others keep in the folder stays. */
    private void disown() {
        for (var made : List.of(home.of(name).resolve(OWNER), home.of(name))) {
            try {
                Files.deleteIfExists(made);
            } catch (IOException holdsMore) {
                return;
            }
        }
    }

    /** The name of a demo whose owner is gone; a process that got the same pid later started at another time. */
    private static Optional<String> orphan(Path owner) {
        try {
            var lines = Files.readAllLines(owner);
            var words = lines.getFirst().split(" ");
            long started = Long.parseLong(words[1]);
            boolean alive = ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(p ->
                            p.info().startInstant().map(Instant::toEpochMilli).orElse(0L) == started)
                    .isPresent();
            return alive ? Optional.empty() : Optional.of(lines.get(1));
        } catch (IOException | RuntimeException beingWritten) {
            return Optional.empty(); // by a demo that begins just now
        }
    }

    private static void remove(Path folder) throws Failure {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException unwritable) {
            throw kept(folder, unwritable);
        }
    }

    private static NotAllowed kept(Path where, IOException why) {
        return new NotAllowed(Say.of("deck.not-kept", "file", where, "why", why), Say.of("deck.not-kept.next"), why);
    }
}
