package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.redis.model.Observer;
import io.clusterdeck.redis.model.ViewHash;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one address again and again, on a virtual thread of its own: one that hangs delays nobody else. */
final class NodeWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);

    private static final String[] CLUSTER_INFO = {"CLUSTER", "INFO"};
    private static final String[] CLUSTER_NODES = {"CLUSTER", "NODES"};

    /** The watch as its nodes see it. */
    interface Hub {
        Pace pace(double micros);

        /** Counts up whenever something changed anywhere. */
        long changes();

        /** Something new was seen; {@code changed} when it is worth looking everywhere at once. */
        void seen(boolean changed);

        RowPool rows();
    }

    private final NodeAddress at;
    private final Link link;
    private final Hub hub;
    private final Thread thread;
    private final Cost cost = new Cost();
    private final Questions questions;

    private volatile Sighting sighting;
    private volatile boolean closed;

    private final Telling telling = new Telling();
    private long hash;
    private long connections;
    private long changesSeen = -1;
    private final Patience patience = new Patience();
    private Instant viewed = Instant.EPOCH;
    private final Settings settings = new Settings();
    private final Infos infos = new Infos();

    NodeWatch(NodeAddress at, Link link, Hub hub) {
        this.at = at;
        this.link = link;
        this.hub = hub;
        this.questions = new Questions(link, cost);
        this.sighting = Sighting.none(at);
        this.thread = Thread.ofVirtual().name("watch-" + at).unstarted(this::run);
    }

    NodeWatch start() {
        thread.start();
        return this;
    }

    Sighting sighting() {
        return sighting;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        link.close();
    }

    private void run() {
        while (!closed) {
            long began = System.nanoTime();
            boolean changed;
            try {
                changed = round();
            } catch (InterruptedException over) {
                return;
            } catch (RuntimeException mistake) {
                LOG.error("watching {}", at, mistake);
                changed = false;
            }
            if (closed) {
                return;
            }
            hub.seen(changed);
            pause(began);
        }
    }

    private void pause(long began) {
        var tick = hub.pace(cost.tick()).tick();
        long changes = hub.changes();
        long until = began + patience.next(sighting.contact(), tick).toNanos();
        for (long left = until - System.nanoTime();
                left > 0 && !closed && !Thread.currentThread().isInterrupted();
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, tick.toNanos()));
            if (patience.waits() && changes != hub.changes()) {
                return; // others may have noticed that it is back
            }
        }
    }

    /** One look at the node; whether something changed that others should be asked about, too. */
    private boolean round() throws InterruptedException {
        var before = sighting;
        questions.limit(patience.answer());
        try {
            return look(before);
        } catch (OutcomeUnknown broke) {
            if (broke.what().key().equals("link.no-answer")) {
                return lost(before, Contacts.silent(before.contact()));
            }
            // The connection broke: whether the process is gone shows at once by connecting again.
            return again(before);
        } catch (Failure failure) {
            return lost(before, Contacts.after(before.contact(), failure));
        }
    }

    private boolean again(Sighting before) throws InterruptedException {
        forget();
        try {
            return look(before);
        } catch (Failure failure) {
            return lost(before, Contacts.after(before.contact(), failure));
        }
    }

    private boolean lost(Sighting before, Contact now) {
        forget();
        sighting = new Sighting(
                at,
                before.id(),
                now,
                before.observer().map(o -> o.answering(false)),
                before.info(),
                before.refused(),
                0,
                before.tickMicros());
        return !now.getClass().equals(before.contact().getClass());
    }

    /** What it says next may be said by another process: everything is asked anew. */
    private void forget() {
        telling.forget();
        hash = 0;
        settings.forget();
        infos.forget();
        connections = 0;
    }

    /** Whether the link connected anew without a word since the last look. */
    private boolean anew() {
        long now = link.connections();
        boolean anew = connections != 0 && now != connections;
        if (anew) {
            forget();
        }
        connections = now;
        return anew;
    }

    private boolean look(Sighting before) throws Failure, InterruptedException {
        var began = Instant.now();
        settings.read(questions, began);
        long nanos = System.nanoTime();
        long changes = hub.changes();
        boolean due = viewDue(began, changes);
        var told = told(began, due);
        if (anew()) {
            settings.read(questions, began);
            nanos = System.nanoTime();
            told = told(began, due);
        }
        long micros = (System.nanoTime() - nanos) / 1000;
        var now = Instant.now();
        var info = infos.of(told, before.info(), questions.refused().keySet(), settings, now);

        boolean changed = telling.changed(info);
        if (changed) {
            infos.forget();
        }
        var seen = now;
        if (changed && !due) {
            told.putAll(questions.ask(Collections.singletonList(CLUSTER_NODES)));
            seen = Instant.now();
        }
        var observer = before.observer();
        if (told.containsKey("CLUSTER NODES")) {
            changesSeen = changes;
            viewed = now;
            var fresh = view(text(told, "CLUSTER NODES"), seen, info, observer);
            changed |= fresh.isPresent();
            observer = fresh.or(before::observer);
        }
        cost.measure(questions, now);
        var id = observer.map(Observer::id).or(before::id);
        if (id.isEmpty()) {
            id = Optional.ofNullable(questions.one("CLUSTER", "MYID")).map(r -> new NodeId(r.text()));
        }
        sighting = new Sighting(
                at,
                id,
                new Contact.Answers(now, micros),
                observer.map(o -> o.answering(true)),
                Optional.of(info),
                questions.refused(),
                cost.share(),
                cost.tick());
        return changed || !before.answers();
    }

    private Map<String, Reply> told(Instant now, boolean view) throws Failure, InterruptedException {
        var info = infos.question(now);
        return questions.ask(view ? List.of(CLUSTER_INFO, info, CLUSTER_NODES) : List.of(CLUSTER_INFO, info));
    }

    private static String text(Map<String, Reply> told, String name) {
        return Objects.requireNonNull(told.get(name)).text();
    }

    private boolean viewDue(Instant now, long changes) {
        var pace = hub.pace(cost.tick());
        var every = changes == changesSeen ? pace.view() : pace.viewAfterChange();
        return !viewed.plus(every).isAfter(now);
    }

    /** Its view when it says something new. */
    private Optional<Observer> view(String reply, Instant seen, NodeInfo info, Optional<Observer> before) {
        long fresh = ViewHash.of(reply);
        if (fresh == hash && before.isPresent()) {
            return Optional.empty();
        }
        try {
            var rows =
                    ClusterNodesParser.parse(reply).stream().map(this::placed).toList();
            var self = rows.stream().filter(r -> r.has(Flag.MYSELF)).findFirst();
            if (self.isEmpty()) {
                throw new UnexpectedOutput(
                        Say.of("watch.no-myself", "node", at), Say.of("watch.cluster-nodes-line.next"));
            }
            hash = fresh;
            long epoch = info.clusterNumber("cluster_current_epoch")
                    .orElse(rows.stream().mapToLong(NodeRow::epoch).max().orElse(0));
            var view = new NodeView(self.get().id(), seen, epoch, hub.rows().share(rows));
            return Optional.of(Observer.of(view, fresh, true));
        } catch (UnexpectedOutput odd) {
            LOG.warn("{}: {}", at, odd.getMessage());
            questions.odd(
                    "CLUSTER NODES",
                    String.valueOf(
                            odd.what().args().getOrDefault("line", odd.what().key())));
            return Optional.empty();
        }
    }

    /** A node that does not know its own address yet is where we found it. */
    private NodeRow placed(NodeRow row) {
        if (!row.has(Flag.MYSELF) || !row.address().host().isEmpty()) {
            return row;
        }
        return row.at(
                new NodeAddress(at.host(), row.address().port(), row.address().busPort()));
    }
}
