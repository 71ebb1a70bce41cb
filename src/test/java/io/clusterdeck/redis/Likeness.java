package io.clusterdeck.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Asking;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.say.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What clusters that were made alike have in common, by the program's own snapshot: roles, slots, epochs, configuration, versions. Nodes are
 * named by the distance of their ports from the first, and files by the folder that holds them all; times, sizes and processes are left out.
 */
public record Likeness(int port, Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PASSING = List.of("takenAt", "taken", "health");
    private static final List<String> OWN = List.of("offset", "keys", "usedMemory");
    private static final List<String> LASTING =
            List.of("aof_enabled", "cluster_state", "connected_slaves", "master_link_status", "maxmemory_policy");

    private static final int BUS = 10_000;
    private static final int MOST = 20;
    /** After an address, in a path, or as the value of what is called a port. */
    private static final Pattern A_PORT =
            Pattern.compile("(?<=^|[:/@]|0[.]0[.]1 |[pP]ort |[pP]ort\" : |[pP]ort\" : \"|[pP]orts\" : )\\d{1,5}\\b");

    /** A cluster as it is now, once every node answers. */
    public String of(ClusterSpec spec, Links links) throws Failure, InterruptedException {
        try (var watch = new ClusterWatch(() -> spec, links)) {
            return of(watch.look(Duration.ofSeconds(30)), links);
        }
    }

    private String of(ClusterState state, Links links) throws Failure, InterruptedException {
        var configs = new HashMap<Node, Map<String, String>>();
        for (var node : state.nodes().values()) {
            try (var link = links.act(node.address())) {
                configs.put(node, Snapshot.open(Asking.config(link)));
            }
        }
        return of(SnapshotJson.text(new Snapshot(Snapshot.with(state, configs), Taken.byHand(""))));
    }

    /** @param snapshot as the program writes it */
    public String of(String snapshot) {
        try {
            var tree = (ObjectNode) JSON.readTree(snapshot);
            tree.remove(PASSING);
            var nodes = new ArrayList<ObjectNode>();
            tree.path("nodes").forEach(n -> nodes.add((ObjectNode) n));
            nodes.sort(Comparator.comparing(n -> n.path("port").asInt()));
            nodes.forEach(n -> {
                n.remove(OWN);
                ((ObjectNode) n.path("info")).retain(LASTING);
            });
            ((ArrayNode) tree.path("nodes")).removeAll().addAll(nodes);
            var text = tree.toPrettyString();
            for (JsonNode node : nodes) {
                var id = node.path("id").asText();
                text = text.replace(id, "node " + (node.path("port").asInt() - port));
            }
            return named(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException odd) {
            throw new AssertionError(odd);
        }
    }

    /** A text of the cluster's, such as a configuration file: a number is a port only where one stands, not wherever it looks like one. */
    public String named(String text) {
        return A_PORT.matcher(text.replace(folder.toString(), "FOLDER"))
                .replaceAll(m -> place(m.group(), Integer.parseInt(m.group()) - port));
    }

    private static String place(String number, int distance) {
        boolean bus = distance >= BUS;
        int i = bus ? distance - BUS : distance;
        return 0 <= i && i < MOST ? (bus ? "BUS" : "PORT") + i : number;
    }
}
