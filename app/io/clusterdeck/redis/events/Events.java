package io.clusterdeck.redis.events;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Names;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells what happened from two consecutive states of a cluster. A pure function. */
public final class Events {
    private final ClusterState before;
    private final ClusterState after;
    private @Nullable Names names;
    private final List<Event> found = new ArrayList<>();

    private Events(ClusterState before, ClusterState after) {
        this.before = before;
        this.after = after;
    }

    /** In the order in which they are best told; empty when {@code before} was no state yet. */
    public static List<Event> between(ClusterState before, ClusterState after) {
        if (before.nodes().isEmpty()) {
            return List.of();
        }
        var events = new Events(before, after);
        after.nodes().values().forEach(events::node);
        before.nodes().values().stream()
                .filter(n -> !after.nodes().containsKey(n.id()))
                .forEach(n -> events.tell(
                        Level.WARN,
                        n.id(),
                        "event.left",
                        "node",
                        Names.of(before).of(n.id())));
        events.slots();
        if (events.found.isEmpty() && before.currentEpoch() < after.currentEpoch()) {
            events.found.add(new Event(
                    after.at(), Level.NOTE, Optional.empty(), Say.of("event.epoch", "epoch", after.currentEpoch())));
        }
        return List.copyOf(events.found);
    }

    /** Mostly nothing happened, and nobody has to be named. */
    private String name(NodeId id) {
        var all = names;
        if (all == null) {
            all = Names.of(after);
            names = all;
        }
        return all.of(id);
    }

    private void node(Node now) {
        var was = before.nodes().get(now.id());
        Supplier<String> name = () -> name(now.id());
        if (was == null) {
            tell(Level.NOTE, now.id(), "event.joined", "node", name.get());
            return;
        }
        contact(was, now, name);
        failed(was, now, name);
        role(was, now, name);
    }

    private void contact(Node was, Node now, Supplier<String> name) {
        if (was.answers() && !now.answers()) {
            tell(Level.BAD, now.id(), "event.silent", "node", name.get());
        } else if (!was.answers() && now.answers() && !(was.contact() instanceof Contact.Unknown)) {
            boolean again = was.info().isPresent();
            tell(Level.NOTE, now.id(), again ? "event.answers" : "event.heard", "node", name.get());
        } else if (restarted(was.info(), now.info())) {
            tell(Level.NOTE, now.id(), "event.restarted", "node", name.get());
        }
    }

    private static boolean restarted(Optional<NodeInfo> was, Optional<NodeInfo> now) {
        var before = was.flatMap(i -> i.text("run_id"));
        return before.isPresent()
                && now.flatMap(i -> i.text("run_id"))
                        .filter(id -> !id.equals(before.get()))
                        .isPresent();
    }

    private void failed(Node was, Node now, Supplier<String> name) {
        if (!was.failed() && now.failed()) {
            tell(Level.BAD, now.id(), "event.failed", "node", name.get());
        } else if (was.failed() && !now.failed()) {
            tell(Level.NOTE, now.id(), "event.cleared", "node", name.get());
        } else if (was.suspectedBy().isEmpty() && !now.suspectedBy().isEmpty() && !now.failed()) {
            var by = now.suspectedBy().stream().sorted().map(this::name).toList();
            tell(Level.WARN, now.id(), "event.suspected", "node", name.get(), "by", by);
        }
    }

    private void role(Node was, Node now, Supplier<String> name) {
        if (was.isMaster() == now.isMaster()) {
            var master = now.master();
            if (master.isPresent() && was.master().isPresent() && !master.equals(was.master())) {
                tell(Level.NOTE, now.id(), "event.follows", "node", name.get(), "master", name(master.get()));
            }
            return;
        }
        if (now.isMaster() && now.slots().isEmpty()) {
            tell(Level.NOTE, now.id(), "event.master.bare", "node", name.get(), "epoch", now.epoch());
        } else if (now.isMaster()) {
            tell(
                    Level.WARN,
                    now.id(),
                    "event.master",
                    "node",
                    name.get(),
                    "slots",
                    ranges(now.slots()),
                    "epoch",
                    now.epoch());
        } else {
            var master = now.master().map(this::name).orElse("?");
            tell(Level.NOTE, now.id(), "event.replica", "node", name.get(), "master", master);
        }
    }

    /** Slots that changed hands although both owners stayed what they were: a migration. */
    private void slots() {
        if (same(before.owners(), after.owners())) {
            return;
        }
        var moved = new LinkedHashMap<NodeId, List<SlotRange>>();
        for (int slot = 0; slot < SlotRange.SLOTS; slot++) {
            var was = before.owners().of(slot);
            var now = after.owners().of(slot);
            if (was.isEmpty() || was.equals(now)) {
                continue;
            }
            if (now.isPresent() && wasMaster(now.get())) {
                extend(moved.computeIfAbsent(now.get(), k -> new ArrayList<>()), slot);
            }
        }
        moved.forEach((to, ranges) -> tell(Level.NOTE, to, "event.moved", "slots", ranges(ranges), "node", name(to)));
        int lost = covered(before.owners()) - covered(after.owners());
        if (lost > 0) {
            found.add(new Event(after.at(), Level.BAD, Optional.empty(), Say.of("event.uncovered", "count", lost)));
        } else if (lost < 0) {
            found.add(new Event(after.at(), Level.NOTE, Optional.empty(), Say.of("event.covered", "count", -lost)));
        }
    }

    private static boolean same(SlotOwners was, SlotOwners now) {
        if (was == now) {
            return true;
        }
        if (!was.masters().equals(now.masters())) {
            return false;
        }
        for (int slot = 0; slot < SlotRange.SLOTS; slot++) {
            if (was.index(slot) != now.index(slot)) {
                return false;
            }
        }
        return true;
    }

    private static int covered(SlotOwners owners) {
        return owners.covered();
    }

    private boolean wasMaster(NodeId id) {
        return before.node(id).filter(Node::isMaster).isPresent();
    }

    private static void extend(List<SlotRange> ranges, int slot) {
        if (!ranges.isEmpty() && ranges.getLast().to() == slot - 1) {
            ranges.set(ranges.size() - 1, new SlotRange(ranges.getLast().from(), slot));
        } else {
            ranges.add(new SlotRange(slot, slot));
        }
    }

    static List<String> ranges(List<SlotRange> slots) {
        return slots.isEmpty() ? List.of("–") : SlotRange.brief(slots, 3);
    }

    private void tell(Level level, NodeId node, String key, Object... args) {
        Instant at = after.at();
        found.add(new Event(at, level, Optional.of(node), Say.of(key, args)));
    }
}
