package io.clusterdeck.redis.timeline;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs of a cluster's nodes: read back, rotated and compressed files included, and followed, one stream per host. A host that refuses
 * us is not knocked at again in this session. Used by one thread; lines are told on threads of the hosts.
 */
final class NodeLogs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLogs.class);

    /** Of each file, from its end. */
    private static final long BYTES = 4_000_000;

    /** A line as a fact on the clock of that host. */
    interface Told {
        void fact(Fact fact, String host);
    }

    private final Ground ground;
    private final Told told;
    private final Map<HostName, Set<RemotePath>> followed = new HashMap<>();
    private final Map<HostName, Following> followings = new HashMap<>();
    private final Set<HostName> refused = new HashSet<>();
    private final Set<NodeId> logged = ConcurrentHashMap.newKeySet();

    NodeLogs(Ground ground, Told told) {
        this.ground = ground;
        this.told = told;
    }

    /** Whether that node's log is read. */
    boolean reads(NodeId node) {
        return logged.contains(node);
    }

    /** Begins with what is known of the nodes' logs by now. Blocks. */
    void keepUp(ClusterSpec spec, ClusterState state) throws InterruptedException {
        var wanted = new LinkedHashMap<HostName, Map<RemotePath, NodeId>>();
        for (var node : state.nodes().values()) {
            spec.sites().stream()
                    .filter(s -> s.at(node.address()) && s.log().isPresent())
                    .findFirst()
                    .ifPresent(s -> wanted.computeIfAbsent(s.host(), h -> new LinkedHashMap<>())
                            .put(log(s), node.id()));
        }
        for (var entry : wanted.entrySet()) {
            var host = entry.getKey();
            var files = entry.getValue();
            if (refused.contains(host) || files.keySet().equals(followed.get(host))) {
                continue;
            }
            try {
                begin(ground.host(host), files);
                followed.put(host, Set.copyOf(files.keySet()));
            } catch (SignInRefused | HostKeyChanged no) {
                refused.add(host);
                LOG.info("the logs on {} are not read: {}", host, no.what());
            } catch (Failure later) {
                LOG.debug("the logs on {} can't be read now: {}", host, later.what());
            }
        }
    }

    private static RemotePath log(NodeSite site) {
        return site.log().orElseThrow();
    }

    private void begin(Host host, Map<RemotePath, NodeId> files) throws Failure, InterruptedException {
        var old = followings.remove(host.name());
        if (old != null) {
            old.close();
        }
        var there = ZoneId.systemDefault();
        for (var file : files.entrySet()) {
            there = past(host, file.getKey(), file.getValue());
        }
        follow(host, files, there);
        // once more: what was written between the two; the ledger knows each line by its place
        for (var file : files.entrySet()) {
            past(host, file.getKey(), file.getValue());
        }
        logged.addAll(files.values());
    }

    private void follow(Host host, Map<RemotePath, NodeId> files, ZoneId there) throws Failure, InterruptedException {
        var readers = new ConcurrentHashMap<RemotePath, LogReader>();
        followings.put(host.name(), host.follow(java.util.List.copyOf(files.keySet()), line -> {
            var node = files.get(line.file());
            if (node != null) {
                readers.computeIfAbsent(line.file(), k -> new LogReader(node, there))
                        .read(line)
                        .ifPresent(f -> told.fact(f, host.name().value()));
            }
        }));
    }

    /** What its files hold by now; answers the host's time zone. */
    private ZoneId past(Host host, RemotePath file, NodeId node) throws Failure, InterruptedException {
        var held = new java.util.ArrayList<LogLine>();
        var exit = host.run(
                Script.of("failover-log", "past").with("file", file).with("bytes", BYTES), new Past(host, held::add));
        var zone = zone(exit.fact("zone").orElse(""), exit.fact("offset").orElse(""));
        var reader = new LogReader(node, zone);
        held.forEach(line ->
                reader.read(line).ifPresent(f -> told.fact(f, host.name().value())));
        return zone;
    }

    /** By its name where the host has one that we know, since offsets change with the seasons. */
    static ZoneId zone(String name, String offset) {
        for (var text : new String[] {name, offset}) {
            try {
                if (!text.isEmpty()) {
                    return ZoneId.of(text);
                }
            } catch (DateTimeException unknown) {
                LOG.debug("no time zone {}", text);
            }
        }
        return ZoneId.systemDefault();
    }

    /** Reads {@code F INODE PATH}, then {@code L OFFSET:LINE} for the lines of that file. */
    private static final class Past implements Consumer<Line> {

        private final Host host;
        private final Consumer<LogLine> to;
        private long inode;
        private RemotePath file = new RemotePath("/");

        Past(Host host, Consumer<LogLine> to) {
            this.host = host;
            this.to = to;
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
    }
}
