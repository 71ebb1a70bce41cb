package io.clusterdeck.views.logs;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The log of one node at a time: its last lines, then what comes. FX thread. */
public final class LogsModel {
    private static final int BACK = 500;
    private static final int MOST = 20_000;

    /** Where the following stands. */
    public sealed interface State {
        record Closed() implements State {}

        record Opening() implements State {}

        record Open() implements State {}

        /** Its host does not answer; it is taken up again where it stopped. */
        record Interrupted(Instant since) implements State {}

        record Failed(Failure why) implements State {}

        /** No more lines will come. */
        record Ended(Failure why) implements State {}
    }

    private final Live live;
    private final ReadOnlyObjectWrapper<Optional<NodeId>> node = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Closed());
    private final ObservableList<LogLine> lines = FXCollections.observableArrayList();
    private @Nullable Following following;
    private @Nullable Thread opening;
    /** Lines of an earlier node that still arrive find that their queue is no longer the present one. */
    private ConcurrentLinkedQueue<LogLine> queue = new ConcurrentLinkedQueue<>();
    /** The process whose log could not be followed. */
    private Optional<String> refused = Optional.empty();

    public LogsModel(Live live) {
        this.live = live;
        live.stateProperty().subscribe(now -> {
            again();
            interrupted();
        });
    }

    /** A node that was started since may have been given a log. */
    private void again() {
        if (state.get() instanceof State.Failed) {
            var run = run();
            if (run.isPresent() && !run.equals(refused)) {
                node.get().ifPresent(this::open);
            }
        }
    }

    private void interrupted() {
        if (following == null || following.over()) {
            return;
        }
        boolean alive = following.alive();
        if (state.get() instanceof State.Open && !alive) {
            state.set(new State.Interrupted(Instant.now()));
        } else if (state.get() instanceof State.Interrupted && alive) {
            state.set(new State.Open());
        }
    }

    /** Another one for each start of the node. */
    private Optional<String> run() {
        return node.get().flatMap(live.state()::node).filter(Node::answers).flatMap(n -> new Reading(n).text("run_id"));
    }

    public ReadOnlyObjectProperty<Optional<NodeId>> nodeProperty() {
        return node.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ObservableList<LogLine> lines() {
        return lines;
    }

    /** Follows a node's log; the one that was followed before ends. */
    public void open(NodeId id) {
        close();
        node.set(Optional.of(id));
        var run = run();
        state.set(new State.Opening());
        var mine = new ConcurrentLinkedQueue<LogLine>();
        queue = mine;
        var drain = new Fx<Boolean>(b -> drain(mine));
        opening = Work.begin(
                "log " + id.brief(),
                () -> live.cluster().log(id, BACK, line -> {
                    mine.add(line);
                    drain.accept(true);
                }),
                opened -> {
                    if (queue == mine) {
                        following = opened;
                        state.set(new State.Open());
                        untilEnd(opened, mine);
                    } else {
                        end(opened);
                    }
                },
                failure -> {
                    if (queue == mine) {
                        refused = run;
                        state.set(new State.Failed(failure));
                    }
                });
    }

    private void untilEnd(Following log, Object mine) {
        Work.begin(
                "end of log",
                log::end,
                why -> {
                    if (queue == mine) {
                        why.ifPresent(w -> state.set(new State.Ended(w)));
                    }
                },
                failure -> {});
    }

    private void drain(ConcurrentLinkedQueue<LogLine> from) {
        if (from != queue) {
            return;
        }
        var batch = new ArrayList<LogLine>();
        for (var line = from.poll(); line != null; line = from.poll()) {
            batch.add(line);
        }
        lines.addAll(batch);
        if (lines.size() > MOST) {
            lines.remove(0, lines.size() - MOST);
        }
    }

    /** Closing waits for the remote end, so it is done off the FX thread. */
    private static void end(Following following) {
        Work.begin(
                "close log",
                () -> {
                    following.close();
                    return true;
                },
                done -> {},
                failure -> {});
    }

    public void close() {
        if (opening != null) {
            opening.interrupt();
            opening = null;
        }
        if (following != null) {
            end(following);
            following = null;
        }
        queue = new ConcurrentLinkedQueue<>();
        lines.clear();
        node.set(Optional.empty());
        state.set(new State.Closed());
    }
}
