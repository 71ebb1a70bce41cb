package io.clusterdeck.redis.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.redis.model.HostZone;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs of nodes that write to their host's journal alone: its last lines and, in the same stream, whatever is written from then on. Used
 * by one thread; lines are told on threads of the hosts.
 */
final class JournalLogs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalLogs.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** So many lines of the past. */
    private static final int PAST = 20_000;

    private final NodeLogs.Told told;
    private final BiConsumer<NodeId, HostName> readable;
    private final Map<HostName, Map<String, NodeId>> followed = new HashMap<>();
    private final Map<HostName, Thread> threads = new HashMap<>();
    private final Set<NodeId> refused = ConcurrentHashMap.newKeySet();

    /** @param readable told each node of which a line came */
    JournalLogs(NodeLogs.Told told, BiConsumer<NodeId, HostName> readable) {
        this.told = told;
        this.readable = readable;
    }

    /** Whether the journal gave not a single line of that node. */
    boolean refuses(NodeId node) {
        return refused.contains(node);
    }

    /** Whether these units are read, or were refused: what was refused is not asked again. */
    boolean follows(HostName host, Map<String, NodeId> units) {
        var thread = threads.get(host);
        return units.equals(followed.get(host))
                && (thread == null ? refused.containsAll(units.values()) : thread.isAlive());
    }

    /** Asks which of these units may be read, and follows those. Blocks for the asking. */
    void follow(Host host, Map<String, NodeId> units) throws Failure, InterruptedException {
        stop(host.name());
        var open = new HashMap<String, NodeId>();
        var zone = ZoneId.systemDefault();
        for (var unit : units.entrySet()) {
            var exit = host.run(Script.of("failover-log", "journal").with("unit", unit.getKey()), line -> {});
            zone = HostZone.of(exit).orElse(zone);
            if (exit.fact("readable").isPresent()) {
                refused.remove(unit.getValue());
                open.put(unit.getKey(), unit.getValue());
            } else {
                refused.add(unit.getValue());
            }
        }
        followed.put(host.name(), Map.copyOf(units));
        if (open.isEmpty()) {
            return;
        }
        var there = zone;
        threads.put(
                host.name(),
                Thread.ofVirtual().name("read journal of " + host.name()).start(() -> run(host, open, there)));
    }

    private void run(Host host, Map<String, NodeId> units, ZoneId zone) {
        var readers = new HashMap<String, LogReader>();
        units.forEach((unit, node) -> readers.put(unit, new LogReader(node, zone)));
        var script = Script.of("failover-log", "journal-follow")
                .with("units", String.join(" ", units.keySet()))
                .with("lines", PAST)
                .within(Duration.ofDays(3650));
        try {
            host.run(script, line -> {
                if (line instanceof Line.Text t && !t.error()) {
                    line(host.name(), t.text(), units, readers);
                }
            });
        } catch (Failure cut) {
            LOG.debug("the journal of {} is taken up again: {}", host.name(), cut.what());
        } catch (InterruptedException over) {
            LOG.debug("the journal of {} is read no more", host.name());
        }
    }

    private void line(HostName host, String text, Map<String, NodeId> units, Map<String, LogReader> readers) {
        try {
            var entry = JSON.readTree(text);
            var unit = entry.path("_SYSTEMD_UNIT").asText();
            var node = units.get(unit);
            var reader = readers.get(unit);
            if (node == null || reader == null) {
                return;
            }
            readable.accept(node, host);
            var where = new RemotePath("journalctl -u " + unit);
            reader.read(new LogLine(host, where, 0, -1, entry.path("MESSAGE").asText()))
                    .ifPresent(f -> told.fact(f, host.value()));
        } catch (JsonProcessingException odd) {
            LOG.debug("a line of the journal of {} is none: {}", host, text);
        }
    }

    private void stop(HostName host) {
        var old = threads.remove(host);
        if (old != null) {
            old.interrupt();
        }
    }

    @Override
    public void close() {
        Set.copyOf(threads.keySet()).forEach(this::stop);
    }
}
