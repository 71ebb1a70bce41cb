package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.redis.model.Observer;
import io.clusterdeck.redis.model.ViewHash;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.say.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one address again and again, on a virtual thread of its own: one that hangs delays nobody else. */
final class NodeWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);

    /** How long an answer may take before a node counts as silent. A healthy one answers within a few round trips. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration REFUSED_AGAIN = Duration.ofSeconds(10);
    private static final Duration COST_EVERY = Duration.ofSeconds(15);
    private static final Duration CONFIG_EVERY = Duration.ofSeconds(60);
    private static final Duration SIGN_IN_AGAIN = Duration.ofSeconds(5);

    /** What of CLUSTER INFO and INFO shows that it is worth asking everybody for CLUSTER NODES. */
    private static final List<String> TELLING = List.of(
            "cluster_state",
            "cluster_slots_assigned",
            "cluster_slots_ok",
            "cluster_slots_pfail",
            "cluster_slots_fail",
            "cluster_known_nodes",
            "cluster_size",
            "cluster_current_epoch",
            "cluster_my_epoch",
            "role",
            "master_host",
            "master_port",
            "master_link_status",
            "connected_slaves");

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
    private final Map<String, String> refused = new HashMap<>();
    private final Map<String, Instant> refusedAt = new HashMap<>();

    private volatile Sighting sighting;
    private volatile boolean closed;

    private List<String> telling = List.of();
    private long hash;
    private long changesSeen = -1;
    private Instant viewed = Instant.EPOCH;
    private Instant costed = Instant.now();
    private Instant configured = Instant.EPOCH;
    private Map<String, String> config = Map.of();

    NodeWatch(NodeAddress at, Link link, Hub hub) {
        this.at = at;
        this.link = link;
        this.hub = hub;
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
        var every = sighting.contact() instanceof Contact.Refuses
                ? SIGN_IN_AGAIN
                : hub.pace(cost.tick()).tick();
        long until = began + every.toNanos();
        for (long left = until - System.nanoTime();
                left > 0 && !closed && !Thread.currentThread().isInterrupted();
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** One look at the node; whether something changed that others should be asked about, too. */
    private boolean round() throws InterruptedException {
        var before = sighting;
        try {
            return look(before);
        } catch (OutcomeUnknown broke) {
            if (broke.what().key().equals("link.no-answer")) {
                return lost(before, new Contact.Silent(since(before, Contact.Silent.class)));
            }
            // The connection broke: whether the process is gone shows at once by connecting again.
            return again(before);
        } catch (Failure failure) {
            return lost(before, contact(before, failure));
        }
    }

    private boolean again(Sighting before) throws InterruptedException {
        try {
            return look(before);
        } catch (Failure failure) {
            return lost(before, contact(before, failure));
        }
    }

    private Contact contact(Sighting before, Failure failure) {
        return switch (failure) {
            case SignInRefused no -> new Contact.Refuses(since(before, Contact.Refuses.class), no.what());
            case NotAllowed no -> new Contact.Refuses(since(before, Contact.Refuses.class), no.what());
            case Unreachable u
            when u.what().key().equals("link.silent") -> new Contact.Silent(since(before, Contact.Silent.class));
            case OutcomeUnknown unanswered -> new Contact.Silent(since(before, Contact.Silent.class));
            default -> new Contact.Gone(since(before, Contact.Gone.class), failure.what());
        };
    }

    private static Instant since(Sighting before, Class<? extends Contact> kind) {
        if (!kind.isInstance(before.contact())) {
            return Instant.now();
        }
        return switch (before.contact()) {
            case Contact.Silent s -> s.since();
            case Contact.Gone g -> g.since();
            case Contact.Refuses r -> r.since();
            case Contact.Answers a -> a.at();
            case Contact.Unknown u -> Instant.now();
        };
    }

    private boolean lost(Sighting before, Contact now) {
        // everything it says must be asked anew when it is back
        telling = List.of();
        hash = 0;
        configured = Instant.EPOCH;
        sighting = new Sighting(
                at,
                before.id(),
                now,
                before.observer().map(o -> o.answering(false)),
                before.info(),
                before.refused(),
                0);
        return !now.getClass().equals(before.contact().getClass());
    }

    private boolean look(Sighting before) throws Failure, InterruptedException {
        long began = System.nanoTime();
        var cluster = ask("CLUSTER", "INFO");
        long micros = (System.nanoTime() - began) / 1000;
        var text = ask("INFO");
        var now = Instant.now();
        configure(now);
        var info = new NodeInfo(
                now,
                text == null ? before.info().map(NodeInfo::info).orElse(Map.of()) : withConfig(InfoParser.parse(text)),
                cluster == null
                        ? before.info().map(NodeInfo::clusterInfo).orElse(Map.of())
                        : InfoParser.parse(cluster));

        var tells = TELLING.stream()
                .map(k -> info.clusterInfo().getOrDefault(k, info.info().getOrDefault(k, "")))
                .toList();
        boolean changed = !tells.equals(telling);
        telling = tells;
        var observer = before.observer();
        long changes = hub.changes();
        if (changed || viewDue(now, changes)) {
            changesSeen = changes;
            viewed = now;
            var fresh = view(info, observer);
            changed |= fresh.isPresent();
            observer = fresh.or(before::observer);
        }
        measure(now);
        var id = observer.map(Observer::id).or(before::id);
        if (id.isEmpty()) {
            id = Optional.ofNullable(ask("CLUSTER", "MYID")).map(NodeId::new);
        }
        sighting = new Sighting(
                at,
                id,
                new Contact.Answers(now, micros),
                observer.map(o -> o.answering(true)),
                Optional.of(info),
                Map.copyOf(refused),
                cost.share());
        return changed || !before.answers();
    }

    private boolean viewDue(Instant now, long changes) {
        var pace = hub.pace(cost.tick());
        var every = changes == changesSeen ? pace.view() : pace.viewAfterChange();
        return !viewed.plus(every).isAfter(now);
    }

    /** Its view when it says something new. */
    private Optional<Observer> view(NodeInfo info, Optional<Observer> before) throws Failure, InterruptedException {
        var reply = ask("CLUSTER", "NODES");
        if (reply == null) {
            return Optional.empty();
        }
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
            var view =
                    new NodeView(self.get().id(), info.at(), epoch, hub.rows().share(rows));
            return Optional.of(Observer.of(view, fresh, true));
        } catch (UnexpectedOutput odd) {
            LOG.warn("{}: {}", at, odd.getMessage());
            refused.put(
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
        return new NodeRow(
                row.id(),
                new NodeAddress(at.host(), row.address().port(), row.address().busPort()),
                row.hostname(),
                row.aux(),
                row.flags(),
                row.master(),
                row.pingSent(),
                row.pongReceived(),
                row.epoch(),
                row.linkUp(),
                row.slots(),
                row.migrating(),
                row.importing());
    }

    /** Settings that decide what a state means: whether anything is saved, whether one missing slot stops all. Only now and then. */
    private void configure(Instant now) throws Failure, InterruptedException {
        if (configured.plus(CONFIG_EVERY).isAfter(now)) {
            return;
        }
        configured = now;
        var found = new LinkedHashMap<String, String>();
        for (var what : List.of("save", "cluster-*")) {
            if (tell("CONFIG", "GET", what) instanceof Reply.Many pairs) {
                for (int i = 0; i + 1 < pairs.items().size(); i += 2) {
                    found.put(
                            "config:" + pairs.items().get(i).text(),
                            pairs.items().get(i + 1).text());
                }
            }
        }
        config = found;
    }

    private Map<String, String> withConfig(Map<String, String> info) {
        var both = new LinkedHashMap<>(info);
        both.putAll(config);
        return java.util.Collections.unmodifiableMap(both);
    }

    private void measure(Instant now) throws Failure, InterruptedException {
        if (costed.plus(COST_EVERY).isBefore(now)) {
            costed = now;
            var stats = ask("INFO", "commandstats");
            if (stats != null) {
                cost.stats(InfoParser.parse(stats));
            }
        }
    }

    private @Nullable String ask(String... command) throws Failure, InterruptedException {
        var reply = tell(command);
        return reply == null ? null : reply.text();
    }

    /** The answer, or nothing when it is refused: recorded by name, asked again only after a while, and the others go on. */
    private @Nullable Reply tell(String... command) throws Failure, InterruptedException {
        var name = command[0].equals("INFO") ? "INFO" : command[0] + " " + command[1];
        var last = refusedAt.get(name);
        if (last != null && last.plus(REFUSED_AGAIN).isAfter(Instant.now())) {
            return null;
        }
        cost.asked(command[0].toLowerCase(java.util.Locale.ROOT));
        var reply = link.call(PATIENCE, command);
        if (!(reply instanceof Reply.Refused no)) {
            refused.remove(name);
            refusedAt.remove(name);
            return reply;
        }
        switch (no.code()) {
            // for a while only: loading its data, running a script, no master
            case "LOADING", "BUSY", "MASTERDOWN" -> {}
            case "NOAUTH" ->
                throw new SignInRefused(Say.of("link.wants-password", "node", at), Say.of("link.wants-password.next"));
            default -> {
                refused.put(name, no.message());
                refusedAt.put(name, Instant.now());
            }
        }
        return null;
    }
}
