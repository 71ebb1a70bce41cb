package io.clusterdeck.cli;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.Demo;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Builds a real cluster on this computer, shows it, and takes it away again. */
@Command(name = "demo")
final class DemoWord extends Word {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--headless")
    boolean headless;

    @Option(names = "--json", arity = "0..1", paramLabel = "FILE", fallbackValue = "-")
    @Nullable
    String json;

    @Option(names = "--picture", paramLabel = "FILE")
    @Nullable
    Path picture;

    @Option(names = "--keep")
    boolean keep;

    @Option(names = "--clean")
    boolean clean;

    @Option(names = {"-v", "--verbose"})
    boolean verbose;

    DemoWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var deck = session.deck(answers);
        leftovers(deck);
        if (clean) {
            return Code.DONE;
        }
        var demo = deck.demo();
        if (keep) {
            return kept(deck, demo);
        }
        var over = new AtomicBoolean();
        session.atEnd(() -> stopOnce(demo, over)); // cut short, too
        int code = shown(deck, demo);
        stopOnce(demo, over);
        return code;
    }

    /** Where not even its building began there is nothing to keep. */
    private int kept(Deck deck, Demo demo) throws Failure, InterruptedException, Misuse {
        try {
            return shown(deck, demo);
        } finally {
            if (deck.runs().all().stream().noneMatch(r -> r.plan().on().name().equals(demo.name()))) {
                demo.stop(state -> {});
            }
        }
    }

    private void stopOnce(Demo demo, AtomicBoolean over) throws Failure, InterruptedException {
        if (over.compareAndSet(false, true)) {
            stop(demo);
        }
    }

    private int shown(Deck deck, Demo demo) throws Failure, InterruptedException, Misuse {
        var deciding = new Deciding(session, deck, answers, false, verbose);
        var built = deciding.decide(demo.plan());
        if (built.isEmpty()
                || built.get().ended().filter(e -> e.outcome() == Outcome.DONE).isEmpty()) {
            built.ifPresent(b -> session.progress(PlanText.end(b, session.words)));
            return Code.FAILED;
        }
        if (keep) {
            demo.keep();
        }
        var cluster = deck.open(demo.name());
        var state = Sight.until(cluster, DemoWord::well, PATIENCE);
        tell(state);
        if (picture != null) {
            session.screen.picture(deck, demo.name(), picture);
            session.progress(session.words.say("cli.demo.picture", "file", picture));
        }
        if (!headless && session.screen.there()) {
            session.screen.show(deck, demo.name());
        }
        if (keep) {
            session.note(Say.of("cli.demo.kept", "name", demo.name(), "folder", demo.folder()));
        }
        return StatusWord.code(state);
    }

    private static boolean well(ClusterState state) {
        return state.verdict() == Health.OK && state.nodes().values().stream().allMatch(n -> n.answers() && n.linkUp());
    }

    private void tell(ClusterState state) throws Misuse {
        var target = json;
        if (target == null) {
            session.result(new Topology(session).text(state));
        } else if (target.equals("-")) {
            session.result(SnapshotJson.text(state));
        } else {
            try {
                Files.writeString(Path.of(target), SnapshotJson.text(state) + "\n");
            } catch (IOException unwritable) {
                throw new Misuse(Say.of("cli.file-unwritable", "file", target, "why", unwritable));
            }
            session.result(new Topology(session).text(state));
        }
    }

    /** Of demos whose process was killed. */
    private void leftovers(Deck deck) throws Failure, InterruptedException {
        for (var demo : deck.leftoverDemos()) {
            var found = Say.of("cli.demo.leftover", "name", demo.name(), "folder", demo.folder());
            if (clean || session.terminal.interactive() && yes(found)) {
                stop(demo);
            } else {
                session.note(found);
                session.note(Say.of("cli.demo.clean"));
            }
        }
    }

    private boolean yes(Say found) {
        var question = Say.of("cli.demo.remove", "found", found);
        var answer = session.terminal
                .line(session.words.say("cli.yes-or-no", "question", question))
                .orElse("");
        return answer.equals("y") || answer.equals("yes") || answer.equals("是");
    }

    private void stop(Demo demo) throws Failure, InterruptedException {
        session.progress(session.words.say("cli.demo.stopping", "name", demo.name()));
        demo.stop(state -> {});
        session.progress(session.words.say("cli.demo.stopped", "name", demo.name()));
    }
}
