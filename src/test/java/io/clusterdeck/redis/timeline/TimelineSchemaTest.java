package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The schema of a kept failover and its writer hold one another. */
class TimelineSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What not every failover, member, fact or stage has. */
    private static final Set<String> OPTIONAL = Set.of(
            "ended",
            "winner",
            "outageMillis",
            "measured",
            "before",
            "after",
            "masterId",
            "about",
            "number",
            "more",
            "from",
            "to",
            "args");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TimelineSchemaTest.class.getResourceAsStream("/schema/failover.schema.json"));

    private static JsonNode whole() throws Exception {
        var taken = ActedFailovers.taken();
        var snapshot = "{\"schema\":\"clusterdeck/snapshot/1\"}";
        return json(new Kept(taken.timeline(), taken.measured(), Optional.of(snapshot), Optional.of(snapshot)));
    }

    private static JsonNode json(Kept kept) throws Exception {
        return MAPPER.readTree(TimelineJson.text(kept));
    }

    @Test
    void whatIsWrittenIsValid() throws Exception {
        assertEquals(List.of(), schema.validate(whole()));
        assertEquals(List.of(), schema.validate(json(ActedFailovers.stuck())));
    }

    /** Every fact there can be may be written. */
    @Test
    void everyKindOfFactIsKnown() throws Exception {
        var whole = (ObjectNode) whole();
        var fact = (ObjectNode) whole.withArray("facts").get(0);
        for (var what : What.values()) {
            fact.put("what", what.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            assertEquals(List.of(), schema.validate(whole), what.name());
        }
    }

    /** The schema is no decoration: whatever field is taken away, or added, it objects. */
    @Test
    void theSchemaHoldsEveryField() throws Exception {
        var whole = whole();
        assertObjects(whole, whole, "");
    }

    private void assertObjects(JsonNode whole, JsonNode at, String path) {
        if (at instanceof ArrayNode array && !array.isEmpty()) {
            assertObjects(whole, array.get(0), path);
        }
        if (!(at instanceof ObjectNode object)
                || path.endsWith("/args")
                || path.equals("/before")
                || path.equals("/after")) {
            return;
        }
        for (var field : new ArrayList<>(object.properties())) {
            var here = path + "/" + field.getKey();
            object.remove(field.getKey());
            boolean optional = OPTIONAL.contains(field.getKey()) && !path.endsWith("/gaps");
            assertEquals(optional, schema.validate(whole).isEmpty(), "without " + here);
            object.set(field.getKey(), field.getValue());
            assertObjects(whole, field.getValue(), here);
        }
        object.put("besides", true);
        assertFalse(schema.validate(whole).isEmpty(), "with something besides in " + path);
        object.remove("besides");
    }
}
