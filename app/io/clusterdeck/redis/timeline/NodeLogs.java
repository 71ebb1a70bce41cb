package io.clusterdeck.redis.timeline;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.logs.Journal;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.HostZone;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.LogListener;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs of a cluster's nodes: read back, rotated and compressed files included, and followed, one stream per host for its files and one
 * for its journal. A host that refuses us is not knocked at again in this session. Used by one thread; lines are told on threads of the hosts.
 */
final class NodeLogs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLogs.class);

    /** Of each file, from its end. */
    private static final long BYTES = 4_000_000;

    /** Hosts that are alike have the same paths. */
    private record Place(HostName host, RemotePath file) {
        static Place of(LogLine line) {
            return new Place(line.host(), line.file());
        }
    }

    /** A line as a fact on the clock of that host. */
    interface Told {
        void fact(Fact fact, String host);

        /** Who reads facts alone need not know. */
        default void cut(Cut cut) {}
    }

    private final Ground ground;
    private final Told told;
    private final JournalLogs journals;
    private final Map<HostName, Set<RemotePath>> followed = new HashMap<>();
    private final Map<HostName, Following> followings = new ConcurrentHashMap<>();
    private final Set<HostName> refused = new HashSet<>();
    private final Map<NodeId, HostName> logged = new ConcurrentHashMap<>();
    private final Map<Place, LogLine> last = new ConcurrentHashMap<>();
    private final Set<Place> emptied = ConcurrentHashMap.newKeySet();
    private final Map<NodeId, ZoneId> elsewhere = new ConcurrentHashMap<>();
    private final Map<NodeId, Instant> doubled = new ConcurrentHashMap<>();

    NodeLogs(Ground ground, Told told) {
        this.ground = ground;
        this.told = told;
        this.journals = new JournalLogs(told, logged::put);
    }

    /** Whether a line or a file of that node's log was seen. */
    boolean reads(NodeId node) {
        return logged.containsKey(node);
    }

    /** Whether what it writes from now on arrives. Safe for use by many threads. */
    boolean hears(NodeId node) {
        var host = logged.get(node);
        if (host == null) {
            return false;
        }
        var following = followings.get(host);
        return following != null && following.alive() || journals.alive(host);
    }

    /** Whether it writes in another time zone than its host's. Safe for use by many threads. */
    boolean otherZone(NodeId node) {
        return elsewhere.containsKey(node);
    }

    /** When a line of its log was written that may be of either of two hours. Safe for use by many threads. */
    Optional<Instant> doubled(NodeId node) {
        return Optional.ofNullable(doubled.get(node));
    }

    /** On which hosts there are logs that we read. */
    Set<String> hosts() {
        return logged.values().stream().map(HostName::value).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether it logs to the journal of its host alone, which is closed to us. */
    boolean closedJournal(NodeId node) {
        return !reads(node) && journals.refuses(node);
    }

    /** Begins with what is known of the nodes' logs by now. Blocks. */
    void keepUp(ClusterSpec spec, ClusterState state) throws InterruptedException {
        var wanted = new LinkedHashMap<HostName, Map<RemotePath, NodeId>>();
        var units = new LinkedHashMap<HostName, Map<String, NodeId>>();
        for (var node : state.nodes().values()) {
            spec.sites().stream().filter(s -> s.at(node.address())).findFirst().ifPresent(s -> {
                s.log()
                        .ifPresent(log -> wanted.computeIfAbsent(s.host(), h -> new LinkedHashMap<>())
                                .put(log, node.id()));
                s.unit()
                        .filter(u -> s.log().isEmpty())
                        .ifPresent(unit -> units.computeIfAbsent(s.host(), h -> new LinkedHashMap<>())
                                .put(Journal.full(unit), node.id()));
            });
        }
        for (var entry : wanted.entrySet()) {
            var files = entry.getValue();
            if (!follows(entry.getKey(), files.keySet())) {
                attempt(entry.getKey(), host -> {
                    begin(host, files);
                    followed.put(host.name(), Set.copyOf(files.keySet()));
                });
            }
            for (var file : files.entrySet()) {
                var place = new Place(entry.getKey(), file.getKey());
                // before it is read: it may be emptied again meanwhile
                if (emptied.remove(place)
                        && !attempt(
                                entry.getKey(),
                                host -> past(host, file.getKey(), file.getValue(), new ArrayList<>()))) {
                    emptied.add(place);
                }
            }
        }
        for (var entry : units.entrySet()) {
            if (!journals.follows(entry.getKey(), entry.getValue())) {
                attempt(entry.getKey(), host -> journals.follow(host, entry.getValue()));
            }
        }
    }

    private boolean follows(HostName host, Set<RemotePath> files) {
        var following = followings.get(host);
        return following != null && !following.over() && files.equals(followed.get(host));
    }

    private interface Reading {
        void at(Host host) throws Failure, InterruptedException;
    }

    /** Whether it was read; what can't be read now is for another time. */
    private boolean attempt(HostName name, Reading reading) throws InterruptedException {
        if (refused.contains(name)) {
            return false;
        }
        try {
            reading.at(ground.host(name));
            return true;
        } catch (SignInRefused | HostKeyChanged no) {
            refused.add(name);
            LOG.info("the logs on {} are not read: {}", name, no.what());
        } catch (Failure later) {
            LOG.debug("the logs on {} can't be read now: {}", name, later.what());
        }
        return false;
    }

    private void begin(Host host, Map<RemotePath, NodeId> files) throws Failure, InterruptedException {
        var old = followings.remove(host.name());
        if (old != null) {
            old.close();
        }
        var readers = new ConcurrentHashMap<RemotePath, LogReader>();
        for (var file : files.entrySet()) {
            var held = new ArrayList<LogLine>();
            readers.put(file.getKey(), past(host, file.getKey(), file.getValue(), held));
            held.stream().filter(l -> l.file().equals(file.getKey())).forEach(l -> last.put(Place.of(l), l));
        }
        follow(host, files, readers);
        // once more: what was written between the two; the ledger knows each line
        for (var file : files.entrySet()) {
            past(host, file.getKey(), file.getValue(), new ArrayList<>());
        }
    }

    private void follow(Host host, Map<RemotePath, NodeId> files, Map<RemotePath, LogReader> readers)
            throws Failure, InterruptedException {
        followings.put(host.name(), host.follow(List.copyOf(files.keySet()), new LogListener() {
            @Override
            public void line(LogLine line) {
                var node = files.get(line.file());
                var reader = readers.get(line.file());
                if (node == null || reader == null) {
                    return;
                }
                logged.put(node, host.name());
                var before = last.put(Place.of(line), line);
                if (before != null && before.inode() == line.inode() && before.offset() > line.offset()) {
                    cut(node, Place.of(line)); // between two followings
                }
                reader.readAt(Instant.now(), line)
                        .ifPresent(f -> told.fact(f, host.name().value()));
            }

            @Override
            public void emptied(HostName on, RemotePath file) {
                var node = files.get(file);
                if (node != null) {
                    last.remove(new Place(on, file));
                    cut(node, new Place(on, file));
                }
            }
        }));
    }

    /** Copied before, perhaps: then what we had not read yet lies in the copy. */
    private void cut(NodeId node, Place place) {
        emptied.add(place);
        told.cut(new Cut(node, Instant.now()));
    }

    /** What its files hold by now, put into {@code held}, too; answers the reader that read them. */
    private LogReader past(Host host, RemotePath file, NodeId node, List<LogLine> held)
            throws Failure, InterruptedException {
        var exit = host.run(
                Script.of("failover-log", "past").with("file", file).with("bytes", BYTES),
                new Past(host, held::add, () -> logged.put(node, host.name())));
        var zone = zone(exit, node);
        var reader = new LogReader(node, zone);
        held.forEach(line ->
                reader.read(line).ifPresent(f -> told.fact(f, host.name().value())));
        reader.doubled().ifPresentOrElse(at -> doubled.put(node, at), () -> doubled.remove(node));
        return reader;
    }

    private ZoneId zone(Exit exit, NodeId node) {
        var host = HostZone.of(exit).orElseGet(ZoneId::systemDefault);
        // once it is known: the file may be empty, or touched by somebody else, when it is read again
        LogZone.other(exit, host).ifPresent(zone -> elsewhere.put(node, zone));
        return elsewhere.getOrDefault(node, host);
    }

    /** Reads {@code F INODE PATH}, then {@code L OFFSET:LINE} for the lines of that file. */
    private static final class Past implements Consumer<Line> {

        private final Host host;
        private final Consumer<LogLine> to;
        private final Runnable there;
        private long inode;
        private RemotePath file = new RemotePath("/");

        Past(Host host, Consumer<LogLine> to, Runnable there) {
            this.host = host;
            this.to = to;
            this.there = there;
        }

        @Override
        public void accept(Line line) {
            if (!(line instanceof Line.Text t) || t.error()) {
                return;
            }
            var text = t.text();
            if (text.startsWith("F ")) {
                var parts = text.split(" ", 3);
                inode = Long.parseLong(parts[1]);
                file = new RemotePath(parts[2]);
                there.run();
            } else if (text.startsWith("L ")) {
                int colon = text.indexOf(':');
                long offset = Long.parseLong(text.substring(2, colon));
                to.accept(new LogLine(host.name(), file, inode, offset, text.substring(colon + 1)));
            }
        }
    }

    @Override
    public void close() {
        followings.values().forEach(Following::close);
        followings.clear();
        journals.close();
    }
}
