package io.clusterdeck.redis.timeline.simulated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** What really happened in a play, written down as it happened. */
public final class Truth {

    /** How somebody became master. */
    public enum Way {
        AUTOMATIC,
        MANUAL,
        FORCED,
        TAKEOVER
    }

    /** Somebody became master of what another had. */
    public record Promotion(int winner, int failed, Way way, long epoch, long at) {}

    /** An operator asked a replica to take over. */
    public record Order(int replica, int master, long at) {}

    /** Somebody began to refuse, or to serve again. */
    private record State(int node, boolean ok, long at) {}

    public record Migration(int replica, int to, long at) {}

    /**
     * A master of slots was suspected by somebody.
     *
     * @param until when nobody did any more, or it was replaced; {@link Long#MAX_VALUE} while it goes on
     * @param agreed whether anybody held it for failed
     */
    public record Loss(int failed, long from, long until, boolean agreed, boolean replaced) {}

    private final LongSupplier now;
    private final int[] owner;
    private final long[] epochs;
    private final Map<Integer, Set<Integer>> suspected = new HashMap<>();
    private final Map<Integer, Loss> open = new HashMap<>();
    public final List<Promotion> promotions = new ArrayList<>();
    public final List<Order> orders = new ArrayList<>();
    public final List<Migration> migrations = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final Set<Integer> troubled = new HashSet<>();
    private boolean muddled;

    /** @param now when what is written down happens, in milliseconds */
    public Truth(int shards, int nodes, LongSupplier now) {
        this.now = now;
        owner = new int[shards];
        epochs = new long[shards];
        for (int k = 0; k < shards; k++) {
            owner[k] = k;
            epochs[k] = k + 1;
        }
        for (int i = 0; i < nodes; i++) {
            suspected.put(i, new HashSet<>());
        }
    }

    /** Whether two took over one master's slots, or one did whom nobody follows: whose failover it was is a matter of view. */
    public boolean muddled() {
        return muddled;
    }

    public int owner(int shard) {
        return owner[shard];
    }

    public boolean owns(int node) {
        return Arrays.stream(owner).anyMatch(o -> o == node);
    }

    /** All, those that go on last. */
    public List<Loss> losses() {
        var all = new ArrayList<>(losses);
        all.addAll(open.values());
        return all;
    }

    public void flag(int by, int about, boolean suspects, boolean agreed) {
        var who = suspected.get(about);
        if (suspects) {
            troubled.add(about);
            who.add(by);
            if (owns(about)) {
                var going = open.get(about);
                open.put(
                        about,
                        going == null
                                ? new Loss(about, now.getAsLong(), Long.MAX_VALUE, agreed, false)
                                : new Loss(about, going.from, going.until, going.agreed || agreed, false));
            }
        } else if (who.remove(by) && who.isEmpty()) {
            close(about, false);
        }
    }

    /** It runs no more, and suspects nobody. */
    public void clear(int by) {
        troubled.add(by);
        for (int about : suspected.keySet()) {
            flag(by, about, false, false);
        }
    }

    private void close(int about, boolean replaced) {
        var going = open.remove(about);
        if (going != null) {
            losses.add(new Loss(about, going.from, now.getAsLong(), going.agreed, replaced));
        }
    }

    public void promoted(int winner, int failed, Way way, long epoch, long at) {
        muddled |= !owns(failed);
        for (int k = 0; k < owner.length; k++) {
            // nobody follows who counts old votes once more, or two did it at once
            muddled |= owner[k] == failed && epoch <= epochs[k];
            epochs[k] = owner[k] == failed ? epoch : epochs[k];
        }
        promotions.add(new Promotion(winner, failed, way, epoch, at));
        for (int k = 0; k < owner.length; k++) {
            owner[k] = owner[k] == failed ? winner : owner[k];
        }
        close(failed, true);
        if (!suspected.get(winner).isEmpty()) {
            open.put(winner, new Loss(winner, at, Long.MAX_VALUE, false, false));
        }
    }

    public void ordered(int replica, int master, long at) {
        orders.add(new Order(replica, master, at));
    }

    public void migrated(int replica, int to, long at) {
        migrations.add(new Migration(replica, to, at));
    }

    void state(int node, boolean ok, long at) {
        states.add(new State(node, ok, at));
    }

    /** Who refused from within that time until after it, and was well itself all the while. */
    public Set<Integer> refused(long from, long to) {
        var refusing = new HashSet<Integer>();
        for (var s : states) {
            if (s.at > from && s.at < to && !troubled.contains(s.node)) {
                if (s.ok) {
                    refusing.remove(s.node);
                } else {
                    refusing.add(s.node);
                }
            }
        }
        return refusing;
    }
}
