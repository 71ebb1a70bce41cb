package io.clusterdeck.redis.snapshot;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads one node of a snapshot. */
final class NodeReader {

    private static final int PORT = 65_535;

    private enum Reached {
        ANSWERS,
        SILENT,
        GONE,
        REFUSES,
        UNKNOWN
    }

    private NodeReader() {}

    static Node read(Part node, Instant at, Map<String, String> common) throws Part.Wrong {
        var role = node.word("role", Role.values());
        var suspects = new HashSet<NodeId>();
        if (node.maybe("suspectedBy").isPresent()) {
            for (var by : node.list("suspectedBy")) {
                suspects.add(new NodeId(by.text()));
            }
        }
        return new Node(
                new NodeId(node.text("id")),
                new NodeAddress(node.text("address"), node.within("port", PORT), node.within("busPort", PORT)),
                node.maybeText("host").map(HostName::new),
                role,
                node.maybeText("masterId").map(NodeId::new),
                slots(node),
                open(node, "migrating"),
                open(node, "importing"),
                flags(node),
                Set.copyOf(suspects),
                node.number("epoch"),
                node.flag("linkUp"),
                contact(node, at),
                info(node, at, role, common),
                Map.of());
    }

    private static List<SlotRange> slots(Part node) throws Part.Wrong {
        var slots = new ArrayList<SlotRange>();
        for (var range : node.list("slots")) {
            var pair = range.node();
            boolean good = pair.size() == 2
                    && pair.get(0).isInt()
                    && pair.get(1).isInt()
                    && pair.get(0).intValue() >= 0
                    && pair.get(0).intValue() <= pair.get(1).intValue()
                    && pair.get(1).intValue() < SlotRange.SLOTS;
            if (!good) {
                throw new Part.Wrong(range.place(), Say.of("snapshot.expected.slots"));
            }
            slots.add(new SlotRange(pair.get(0).intValue(), pair.get(1).intValue()));
        }
        return List.copyOf(slots);
    }

    private static Map<Integer, NodeId> open(Part node, String name) throws Part.Wrong {
        var open = new TreeMap<Integer, NodeId>();
        for (var slot : node.list(name)) {
            open.put(slot.within("slot", SlotRange.SLOTS - 1), new NodeId(slot.text("node")));
        }
        return open;
    }

    private static Set<Flag> flags(Part node) throws Part.Wrong {
        var flags = EnumSet.noneOf(Flag.class);
        for (var part : node.list("flags")) {
            var word = part.text();
            var flag = Arrays.stream(Flag.values())
                    .filter(f -> f.word().equals(word))
                    .findFirst();
            flags.add(flag.orElseThrow(() -> new Part.Wrong(part.place(), Say.of("snapshot.expected.flags"))));
        }
        return flags;
    }

    private static Contact contact(Part node, Instant at) throws Part.Wrong {
        var why = node.maybe("why");
        var said = why.isPresent() ? why.get().say() : Say.of("snapshot.no-why");
        return switch (node.word("contact", Reached.values())) {
            case ANSWERS -> new Contact.Answers(at, 0);
            case SILENT -> new Contact.Silent(at);
            case GONE -> new Contact.Gone(at, said);
            case REFUSES -> new Contact.Refuses(at, said);
            case UNKNOWN -> new Contact.Unknown();
        };
    }

    /** What has fields of its own goes back to where INFO told it. */
    private static Optional<NodeInfo> info(Part node, Instant at, Role role, Map<String, String> common)
            throws Part.Wrong {
        var info = new LinkedHashMap<String, String>();
        var told = node.maybe("info").isPresent() ? node.map("info") : Map.<String, String>of();
        told.forEach((k, v) -> {
            if (!k.startsWith("cluster_")) {
                info.put(k, v);
            }
        });
        node.maybeText("version").ifPresent(v -> info.put("redis_version", v));
        if (node.maybe("offset").isPresent()) {
            info.put(role == Role.REPLICA ? "slave_repl_offset" : "master_repl_offset", "" + node.number("offset"));
        }
        if (node.maybe("keys").isPresent()) {
            info.put("db0", "keys=" + node.number("keys") + ",expires=0,avg_ttl=0");
        }
        if (node.maybe("usedMemory").isPresent()) {
            info.put("used_memory", "" + node.number("usedMemory"));
        }
        var config = new TreeMap<String, String>();
        if (node.maybe("config").isPresent()) {
            config.putAll(common);
            config.putAll(node.map("config"));
        }
        config.forEach((k, v) -> info.put(Snapshot.CONFIG + k, v));
        if (info.isEmpty()) {
            return Optional.empty();
        }
        var state = told.get("cluster_state");
        return Optional.of(new NodeInfo(at, info, state == null ? Map.of() : Map.of("cluster_state", state)));
    }
}
