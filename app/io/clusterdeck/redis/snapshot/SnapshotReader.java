package io.clusterdeck.redis.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Mute;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a snapshot back, our own or one that somebody sent: what is no snapshot is refused, with the place and what was expected there.
 * Control characters in its texts are replaced, so that nothing in a foreign file speaks to a terminal.
 */
public final class SnapshotReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FAMILY = "clusterdeck/snapshot/";

    /** Far above the 1,000 nodes that Redis recommends as the most. */
    private static final int NODES = 10_000;

    private SnapshotReader() {}

    /** @param from the file's name, for what is said when it is refused */
    public static Snapshot read(String text, String from) throws Failure {
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            var at = broken.getLocation();
            throw new UnexpectedOutput(
                    Say.of(
                            "snapshot.no-json",
                            "file",
                            from,
                            "line",
                            at == null ? 0 : at.getLineNr(),
                            "why",
                            broken.getOriginalMessage()),
                    Say.of("snapshot.refused.next"),
                    broken);
        }
        try {
            schema(new Part(tree, ""), from);
            return snapshot(new Part(tree, ""));
        } catch (Part.Wrong wrong) {
            throw new UnexpectedOutput(
                    Say.of("snapshot.wrong", "file", from, "place", wrong.place(), "expected", wrong.expected()),
                    Say.of("snapshot.refused.next"),
                    wrong);
        }
    }

    private static void schema(Part whole, String from) throws Failure, Part.Wrong {
        var schema = whole.maybe("schema").map(Part::plain).orElse("");
        if (!schema.startsWith(FAMILY)) {
            throw new UnexpectedOutput(
                    Say.of("snapshot.foreign", "file", from, "schema", schema.isEmpty() ? "–" : schema),
                    Say.of("snapshot.refused.next"));
        }
        if (!schema.equals(SnapshotJson.SCHEMA)) {
            throw new UnexpectedOutput(
                    Say.of("snapshot.other-version", "file", from, "schema", schema, "ours", SnapshotJson.SCHEMA),
                    Say.of("snapshot.other-version.next"));
        }
        if (!whole.text("kind").equals("redis-cluster")) {
            throw new UnexpectedOutput(
                    Say.of("snapshot.other-kind", "file", from, "kind", whole.text("kind")),
                    Say.of("snapshot.refused.next"));
        }
    }

    private static Snapshot snapshot(Part whole) throws Part.Wrong {
        var at = whole.instant("takenAt");
        var common = whole.maybe("config").isPresent() ? whole.map("config") : Map.<String, String>of();
        var nodes = nodes(whole, at, common);
        var state = new ClusterState(
                whole.text("name"),
                at,
                nodes,
                Map.of(),
                disagreements(whole),
                health(whole),
                owners(nodes),
                whole.number("epoch"),
                Duration.ZERO,
                0);
        return new Snapshot(state, taken(whole));
    }

    private static Taken taken(Part whole) throws Part.Wrong {
        var taken = whole.maybe("taken");
        if (taken.isEmpty()) {
            return Taken.byHand("");
        }
        var what = new ArrayList<Say>();
        for (var say : taken.get().list("what")) {
            what.add(say.say());
        }
        return new Taken(
                taken.get().word("why", Taken.Why.values()), taken.get().text("by"), what);
    }

    private static Map<NodeId, Node> nodes(Part whole, Instant at, Map<String, String> common) throws Part.Wrong {
        var parts = whole.list("nodes");
        if (parts.size() > NODES) {
            throw new Part.Wrong("nodes", Say.of("snapshot.expected.fewer", "most", NODES));
        }
        var nodes = new LinkedHashMap<NodeId, Node>();
        for (var part : parts) {
            var node = NodeReader.read(part, at, common);
            if (nodes.put(node.id(), node) != null) {
                throw new Part.Wrong(part.place() + ".id", Say.of("snapshot.expected.once"));
            }
        }
        return nodes;
    }

    private static SlotOwners owners(Map<NodeId, Node> nodes) {
        var masters = nodes.values().stream().filter(Node::isMaster).toList();
        var owner = new short[SlotRange.SLOTS];
        Arrays.fill(owner, (short) -1);
        for (int i = 0; i < masters.size(); i++) {
            for (var range : masters.get(i).slots()) {
                Arrays.fill(owner, range.from(), range.to() + 1, (short) i);
            }
        }
        return new SlotOwners(masters.stream().map(Node::id).toList(), owner);
    }

    private static List<Finding> health(Part whole) throws Part.Wrong {
        var found = new ArrayList<Finding>();
        for (var part : whole.list("health")) {
            var why = part.part("why").say();
            var title = part.maybe("title");
            var next = part.maybe("next");
            found.add(new Finding(
                    part.text("rule"),
                    part.word("level", Level.values()),
                    part.maybeText("node").map(NodeId::new),
                    title.isPresent() ? title.get().say() : why,
                    why,
                    next.isPresent() ? next.get().say() : Say.of("snapshot.no-next"),
                    Optional.empty(),
                    mute(part)));
        }
        return found;
    }

    private static Optional<Mute> mute(Part finding) throws Part.Wrong {
        var part = finding.maybe("muted");
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mute(
                        finding.text("rule"),
                        Optional.empty(),
                        part.get().text("by"),
                        part.get().instant("at"),
                        part.get().text("note")));
    }

    private static List<Disagreement> disagreements(Part whole) throws Part.Wrong {
        var all = new ArrayList<Disagreement>();
        for (var part : whole.list("disagreements")) {
            var says = new LinkedHashMap<NodeId, String>();
            part.map("says").forEach((id, what) -> says.put(new NodeId(id), what));
            all.add(new Disagreement(part.text("about"), part.text("aspect"), says));
        }
        return all;
    }
}
