package io.clusterdeck.redis.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Merge;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.Observer;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotJsonTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:03:12.345Z");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final List<String> FREE = List.of("/args", "/says", "/info", "/config");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SnapshotJsonTest.class.getResourceAsStream("/schema/snapshot.schema.json"));

    private static String master(String id, String flags, String rest) {
        return id + " 10.0.0.1:900" + id.charAt(0) + "@1900" + id.charAt(0) + " " + flags + " - 0 0 3 connected " + rest
                + "\n";
    }

    /** One node of each contact, with open slots, a replica, every flag, findings of each level, and a disagreement. */
    static ClusterState eventful() throws Exception {
        var reply = master("1", "myself,master", "0-5 7 [5->-2] [9-<-2]")
                + master("2", "master,fail?", "8-100")
                + master("3", "master,fail,nofailover", "")
                + "4 10.0.0.4:9004@19004 slave 1 0 0 1 disconnected\n"
                + "5 10.0.0.1:9005@19005 slave 1 0 0 1 connected\n";
        var rows = ClusterNodesParser.parse(reply);
        var own = new HashMap<NodeId, Merge.Own>();
        var info = new NodeInfo(
                NOW,
                Map.of(
                        "redis_version",
                        "6.2.3",
                        "db0",
                        "keys=12,expires=0,avg_ttl=0",
                        "used_memory",
                        "2610329",
                        "master_repl_offset",
                        "77",
                        "config:save",
                        "3600 1",
                        "config:requirepass",
                        "s3cret-of-nodes"),
                Map.of("cluster_state", "ok"));
        own.put(new NodeId("1"), new Merge.Own(new Contact.Answers(NOW, 80), Optional.of(info), Map.of()));
        own.put(new NodeId("2"), new Merge.Own(new Contact.Silent(NOW), Optional.empty(), Map.of()));
        own.put(
                new NodeId("3"),
                new Merge.Own(new Contact.Gone(NOW, Say.of("link.reason.refused")), Optional.empty(), Map.of()));
        own.put(
                new NodeId("5"),
                new Merge.Own(
                        new Contact.Refuses(NOW, Say.of("x.y")),
                        Optional.of(new NodeInfo(
                                NOW, Map.of("slave_repl_offset", "70", "master_link_status", "up"), Map.of())),
                        Map.of()));
        var merged = Merge.of(
                List.of(Observer.of(new NodeId("1"), NOW, 3, reply, rows)),
                own,
                a -> a.port() == 9001 ? Optional.of(new HostName("h1")) : Optional.empty());
        return state(
                merged,
                List.of(
                        finding(Level.BAD, Optional.of(new NodeId("3"))),
                        finding(Level.WARN, Optional.empty()),
                        finding(Level.NOTE, Optional.empty())),
                List.of(new Disagreement("2", "failed", Map.of(new NodeId("1"), "pfail"))));
    }

    private static Finding finding(Level level, Optional<NodeId> node) {
        var why = Say.of(
                "health.x.why", "n", 3, "share", 0.25, "yes", true, "told", Say.of("link.a", "list", List.of("a", 1)));
        return new Finding("a-rule", level, node, why, why, why, Optional.of("start:3"));
    }

    private static ClusterState state(Merge.Merged merged, List<Finding> health, List<Disagreement> disagreements) {
        return new ClusterState(
                "carts",
                NOW,
                merged.nodes(),
                Map.of(),
                disagreements,
                health,
                merged.owners(),
                merged.currentEpoch(),
                Duration.ofMillis(100),
                0);
    }

    private JsonNode valid(ClusterState state) throws Exception {
        var json = MAPPER.readTree(SnapshotJson.text(state));
        assertEquals(List.of(), schema.validate(json));
        return json;
    }

    @Test
    void recordedClusterInFull() throws Exception {
        var reply = recorded("6.2.7/ok.0.nodes");
        var rows = ClusterNodesParser.parse(reply);
        var self = rows.stream()
                .filter(r -> r.has(Flag.MYSELF))
                .map(NodeRow::id)
                .findFirst()
                .orElseThrow();
        var json = valid(state(
                Merge.of(List.of(Observer.of(self, NOW, 6, reply, rows)), Map.of(), Merge.noHosts()),
                List.of(),
                List.of()));
        assertEquals(6, json.get("nodes").size());
        assertEquals(16384, json.get("slotsCovered").asInt());
        assertEquals(6, json.get("epoch").asInt());
        assertEquals("unknown", json.get("state").asText(), "nobody was asked");
        assertEquals(NOW, Instant.parse(json.get("takenAt").asText()));
        assertEquals("[[0,5460]]", json.get("nodes").get(0).get("slots").toString());
        assertEquals(22000, json.get("nodes").get(0).get("port").asInt());
        assertEquals(32000, json.get("nodes").get(0).get("busPort").asInt());
    }

    @Test
    void everyValueOfEveryField() throws Exception {
        var json = valid(eventful());
        assertEquals("fail", json.get("state").asText());
        var nodes = new HashMap<String, JsonNode>();
        json.get("nodes").forEach(n -> nodes.put(n.get("id").asText(), n));
        var one = nodes.get("1");
        assertEquals("h1", one.get("host").asText());
        assertEquals("[[0,5],[7,7]]", one.get("slots").toString());
        assertEquals("[{\"slot\":5,\"node\":\"2\"}]", one.get("migrating").toString());
        assertEquals("[{\"slot\":9,\"node\":\"2\"}]", one.get("importing").toString());
        assertEquals(12, one.get("keys").asInt());
        assertEquals(77, one.get("offset").asInt());
        assertEquals(2610329, one.get("usedMemory").asInt());
        assertEquals("6.2.3", one.get("version").asText());
        assertTrue(one.get("masterId").isNull());
        assertEquals("[\"master\",\"fail?\"]", nodes.get("2").get("flags").toString());
        assertEquals(
                "[\"master\",\"fail\",\"nofailover\"]",
                nodes.get("3").get("flags").toString());
        assertFalse(nodes.get("3").get("linkUp").asBoolean());
        assertTrue(nodes.get("3").get("keys").isNull());
        assertEquals("1", nodes.get("5").get("masterId").asText());
        assertEquals(70, nodes.get("5").get("offset").asInt());
        assertTrue(nodes.get("5").get("linkUp").asBoolean());
        assertEquals(
                List.of("answers", "silent", "gone", "unknown", "refuses"),
                List.of("1", "2", "3", "4", "5").stream()
                        .map(i -> nodes.get(i).get("contact").asText())
                        .toList());
        var why = json.get("health").get(0).get("why").get("args");
        assertEquals(
                "{\"n\":3,\"share\":0.25,\"yes\":true,\"told\":{\"key\":\"link.a\",\"args\":{\"list\":[\"a\",1]}}}",
                why.toString());
    }

    /** The schema is no decoration: whatever field is taken away, or added, it objects. */
    @Test
    void theSchemaHoldsEveryField() throws Exception {
        var whole = MAPPER.readTree(SnapshotJson.text(eventful()));
        assertObjects(whole, whole, "");
    }

    private void assertObjects(JsonNode whole, JsonNode at, String path) {
        if (at instanceof ArrayNode array) {
            array.forEach(item -> assertObjects(whole, item, path));
        }
        // what is said, by whom, and the names of what a node tells are free
        if (!(at instanceof ObjectNode object) || FREE.stream().anyMatch(path::endsWith)) {
            return;
        }
        for (var field : List.copyOf(object.properties())) {
            object.remove(field.getKey());
            assertFalse(schema.validate(whole).isEmpty(), "without " + path + "/" + field.getKey());
            object.set(field.getKey(), field.getValue());
            assertObjects(whole, field.getValue(), path + "/" + field.getKey());
        }
        object.put("more", 1);
        assertFalse(schema.validate(whole).isEmpty(), "with more in " + path);
        object.remove("more");
    }

    @Test
    void anEmptyState() throws Exception {
        var merged = Merge.of(List.of(), Map.of(), Merge.noHosts());
        var json = valid(state(merged, List.of(), List.of()));
        assertEquals("unknown", json.get("state").asText());
    }

    @Test
    void theWriterStaysOpen() throws Exception {
        var text = new StringWriter() {
            boolean closed;

            @Override
            public void close() {
                closed = true;
            }
        };
        SnapshotJson.write(new Snapshot(eventful(), Taken.byHand("ops@deck")), text);
        assertFalse(text.closed);
        assertTrue(text.toString().endsWith("}\n"));
    }

    private static String recorded(String name) throws Exception {
        try (var in = SnapshotJsonTest.class.getResourceAsStream("/replies/" + name)) {
            assertNotNull(in, name);
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
