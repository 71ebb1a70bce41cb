package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.timeline.simulated.Onlooker;
import io.clusterdeck.redis.timeline.simulated.Play;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One session of the observer at a play: what a recorder does, by the clock of the play. */
final class Witness {
    private final Play play;
    private final Played.Case how;
    private final boolean[] blind;
    private final Ledger ledger = new Ledger();
    private final Archive archive;
    private final Map<Integer, LogReader> readers = new HashMap<>();
    private final Map<Integer, Integer> next = new HashMap<>();
    private final Account account;
    private @Nullable Onlooker onlooker;
    private @Nullable ClusterState last;
    private boolean dirty = true;
    private long told;

    Witness(Play play, Played.Case how, boolean[] blind, Shelf shelf) {
        this.play = play;
        this.how = how;
        this.blind = blind;
        archive = new Archive(shelf);
        archive.load();
        account = new Account(
                "played",
                ledger,
                archive,
                id -> how.logged(Played.number(id)),
                id -> how.logged(Played.number(id)) && reads(Played.number(id)),
                state -> List.of());
        clocks();
    }

    /** It looks from now on. */
    Witness watching() {
        onlooker = new Onlooker(play, blind, this::see);
        return this;
    }

    /** Somebody who comes later finds that state. */
    Witness finding(ClusterState state) {
        see(state);
        return this;
    }

    ClusterState last() {
        return java.util.Objects.requireNonNull(last);
    }

    private void see(ClusterState now) {
        var before = last;
        last = now;
        ledger.see(now);
        if (before != null) {
            dirty |= ledger.add(Views.between(before, now));
        }
    }

    private boolean reads(int node) {
        return !blind[node] && !play.vanished(node);
    }

    /** Measures the hosts' clocks anew. */
    void clocks() {
        for (int h = 0; h < 3; h++) {
            ledger.clock(new Clock(
                    "h" + h,
                    Duration.ofMillis(how.cast().skew().get(h) + h - 1),
                    Duration.ofMillis(2),
                    Play.instant(play.now())));
        }
    }

    /** Reads what was written since. */
    void read() {
        var lines = play.lines();
        for (int node = 0; node < play.nodes(); node++) {
            if (!how.logged(node) || !reads(node)) {
                continue;
            }
            int at = next.getOrDefault(node, 0);
            for (; at < lines.size(); at++) {
                if (lines.get(at).node() == node) {
                    read(node, at, lines.get(at).text());
                }
            }
            next.put(node, at);
        }
    }

    private void read(int node, int offset, String text) {
        var id = Play.node(node);
        var host = "h" + play.host(node);
        var reader = readers.computeIfAbsent(node, n -> new LogReader(id, ZoneOffset.UTC));
        var line = new LogLine(new HostName(host), new RemotePath("/r/" + node), node, offset, text);
        reader.read(line).ifPresent(f -> dirty |= ledger.add(f, host));
    }

    /** As often as something is new, and twice a second while something goes on. */
    void tell() {
        var state = last;
        if (state != null && (dirty || archive.unsettled() && play.now() - told >= 500)) {
            dirty = false;
            told = play.now();
            account.tell(Play.instant(play.now()), state);
        }
    }

    List<Timeline> told() {
        return archive.all().stream().map(Kept::timeline).toList();
    }

    List<Fact> facts() {
        return ledger.facts().stream()
                .sorted(java.util.Comparator.comparing(Fact::at))
                .toList();
    }

    void close() {
        if (onlooker != null) {
            onlooker.stop();
        }
        if (last != null) {
            archive.close(ledger::before, last);
        }
    }
}
