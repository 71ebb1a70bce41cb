package io.clusterdeck.cli;

import io.clusterdeck.plan.RunEvent;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a cluster's state, as it is or as a snapshot keeps it; the exit code is its health. */
@Command(name = "status")
final class StatusWord extends ClusterWord {

    @Parameters(paramLabel = "CLUSTER", arity = "0..1")
    @Nullable
    String named;

    @Option(names = "--json")
    boolean json;

    @Option(names = "--picture", paramLabel = "FILE")
    @Nullable
    Path picture;

    StatusWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        if (named != null && Files.isRegularFile(Path.of(named))) {
            return past(Path.of(named));
        }
        if (named != null) {
            name = named;
        }
        var cluster = cluster();
        var state = Sight.whole(cluster, Duration.ofSeconds(wait), this::waits);
        session.result(json ? SnapshotJson.text(state) : new Topology(session).text(state));
        var slow = state.nodes().isEmpty() ? Sight.awaited(cluster, state) : List.<Say>of();
        if (!slow.isEmpty()) {
            session.note(Say.of("cli.nothing-heard", "seconds", wait, "nodes", slow, "more", 3 * wait));
        }
        if (state.nodes().isEmpty()) {
            unfinished(cluster.spec().name())
                    .ifPresent(r -> session.note(Say.of(
                            "cli.status.unfinished",
                            "what",
                            r.plan().title(),
                            "run",
                            r.plan().id())));
        }
        if (!state.nodes().isEmpty() && !cluster.unseen().isEmpty()) {
            session.note(Say.of("cli.status.hosts-unseen", "hosts", cluster.unseen()));
        } else if (!state.nodes().isEmpty() && cluster.looked().isEmpty()) {
            session.note(Say.of(
                    "cli.status.still-looking",
                    "more",
                    Math.max(2 * Sight.USUAL, wait > Integer.MAX_VALUE / 2 ? wait : 2 * wait)));
        }
        if (picture != null) {
            session.screen.picture(session.deck(answers), cluster.spec().name(), picture);
            session.progress(session.words.say("cli.demo.picture", "file", picture));
        }
        var unheard = Sight.unheard(state);
        if (unheard.isEmpty()) {
            return code(state);
        }
        var nodes = unheard.stream().map(Node::address).toList();
        session.note(Say.of("cli.status.unheard", "nodes", nodes, "seconds", wait, "more", 3 * wait));
        return code(state) == Code.DONE ? Code.UNKNOWN : code(state);
    }

    /** The cluster's latest run, where that did not end well: without it no node may have been started yet. */
    private Optional<RunState> unfinished(String cluster) throws Failure {
        return known(session.deck(answers).runs()).stream()
                .filter(r -> r.plan().on().name().equals(cluster))
                .findFirst()
                .filter(r -> r.ended()
                        .filter(e -> e.outcome() != RunEvent.Outcome.DONE)
                        .isPresent());
    }

    /** A snapshot in a file: the cluster as it was, without reaching it. */
    private int past(Path file) throws Failure, Misuse {
        if (picture != null) {
            throw new Misuse(Say.of("cli.status.past-picture"));
        }
        var snapshot = session.deck(answers).archive().open(file);
        session.note(Say.of("cli.status.past", "at", snapshot.state().at(), "file", file));
        session.result(json ? SnapshotJson.text(snapshot) : new Topology(session).text(snapshot.state()));
        return code(snapshot.state());
    }

    static int code(ClusterState state) {
        return switch (state.verdict()) {
            case OK, WARN -> Code.DONE;
            case FAIL -> Code.FAILED;
            case UNKNOWN -> Code.UNKNOWN;
        };
    }

    @Override
    int unreachable() {
        return Code.UNKNOWN;
    }
}
