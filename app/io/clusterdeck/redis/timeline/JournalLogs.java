package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.logs.Journal;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The logs of nodes that write to their host's journal alone: its last lines and, in the same stream, whatever is written from then on. Used
 * by one thread; lines are told on threads of the hosts.
 */
final class JournalLogs implements AutoCloseable {

    /** So many lines of the past. */
    private static final int PAST = 20_000;

    private final NodeLogs.Told told;
    private final BiConsumer<NodeId, HostName> readable;
    private final Map<HostName, Map<String, NodeId>> followed = new HashMap<>();
    private final Map<HostName, Following> followings = new ConcurrentHashMap<>();
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

    /** Whether lines of that host arrive. Safe for use by many threads. */
    boolean alive(HostName host) {
        var following = followings.get(host);
        return following != null && following.alive();
    }

    /** Whether these units are read, or were refused: what was refused is not asked again. */
    boolean follows(HostName host, Map<String, NodeId> units) {
        return units.equals(followed.get(host))
                && (followings.containsKey(host) ? alive(host) : refused.containsAll(units.values()));
    }

    /** Asks which of these units may be read, and follows those. Blocks for the asking. */
    void follow(Host host, Map<String, NodeId> units) throws Failure, InterruptedException {
        stop(host.name());
        var readers = new HashMap<String, LogReader>();
        for (var unit : units.entrySet()) {
            var look = Journal.look(host, unit.getKey());
            if (look.open()) {
                refused.remove(unit.getValue());
                readers.put(
                        unit.getKey(),
                        new LogReader(unit.getValue(), look.zone().orElseGet(ZoneId::systemDefault)));
            } else {
                refused.add(unit.getValue());
            }
        }
        followed.put(host.name(), Map.copyOf(units));
        if (readers.isEmpty()) {
            return;
        }
        followings.put(host.name(), Journal.follow(host, readers.keySet(), PAST, (unit, line, written) -> {
            var reader = readers.get(unit);
            var node = units.get(unit);
            if (reader != null && node != null) {
                readable.accept(node, host.name());
                reader.readAt(written, line)
                        .ifPresent(f -> told.fact(f, host.name().value()));
            }
        }));
    }

    private void stop(HostName host) {
        var old = followings.remove(host);
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        Set.copyOf(followings.keySet()).forEach(this::stop);
    }
}
