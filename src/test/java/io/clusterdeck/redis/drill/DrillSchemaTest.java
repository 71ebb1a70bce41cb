package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clusterdeck.redis.drill.DrillReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published schema of one's own drill and its reader say the same: what stands where, and what is allowed there. */
class DrillSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FILE = "/schema/drill.schema.json";

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(DrillSchemaTest.class.getResourceAsStream(FILE));

    private void both(boolean take, String yaml) {
        var tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        assertEquals(take, DrillReader.read("d.yaml", yaml) instanceof Reading.Good, "read: " + yaml);
        assertEquals(take, schema.validate(MAPPER.valueToTree(tree)).isEmpty(), "schema: " + yaml);
    }

    @Test
    void theWordsAreThoseOfTheReader() throws IOException {
        JsonNode whole;
        try (var in = DrillSchemaTest.class.getResourceAsStream(FILE)) {
            whole = MAPPER.readTree(in);
        }
        assertWords(DrillReader.TOP, keys(whole));
        assertWords(DrillReader.LOAD, keys(whole.at("/properties/load")));
        assertWords(DrillReader.FAULTS, words(whole.at("/$defs/fault/anyOf/0/enum")));
        assertWords(DrillReader.TOLD, keys(whole.at("/$defs/fault/anyOf/1")));
        assertWords(Library.all().stream().map(Drill::name).toList(), words(whole.at("/properties/name/not/enum")));
    }

    private static Collection<String> keys(JsonNode of) {
        var keys = new TreeSet<String>();
        of.get("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static Collection<String> words(JsonNode list) {
        var words = new TreeSet<String>();
        list.forEach(w -> words.add(w.asText()));
        return words;
    }

    private static void assertWords(Collection<String> read, Collection<String> told) {
        assertEquals(new TreeSet<>(read), new TreeSet<>(told));
    }

    /** The one that the guide shows. */
    @Test
    void theExampleFits() throws IOException {
        var guide = Files.readString(Path.of("docs/guide/rehearse.md"));
        int from = guide.indexOf("```yaml\n") + 8;
        both(true, guide.substring(from, guide.indexOf("```", from)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{rate: 5000, clients: 8, seconds: 600}", "{seconds: 1}"})
    void bothTakeTheLoads(String load) {
        both(true, "{name: mine, faults: [kill], load: " + load + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{rate: 0}", "{rate: 5001}", "{clients: 9}", "{seconds: 601}", "{bytes: 5}", "much"})
    void bothRefuseTheLoads(String load) {
        both(false, "{name: mine, faults: [kill], load: " + load + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill",
                "[kill-host, kill-majority, hang, cut, slow]",
                "[restart-all]",
                "stop",
                "{hand-over: {node: ':9000'}}",
                "[kill: {shard: 2, role: replica}, hang: {node: '10.0.0.1:9000'}]",
                "[cut: {host: h1, way: in}, slow: {host: h2, loss: 90}, kill-host: {host: h3}]",
                "[slow: {}, kill: {}]",
            })
    void bothTakeTheFaults(String faults) {
        both(true, "{name: mine, faults: " + faults + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[kil]",
                "[kil: {}]",
                "[kill: {shard: 0}]",
                "[kill: {shard: one}]",
                "[kill: {role: slave}]",
                "[kill: {host: h1}]",
                "[kill: h1]",
                "[kill: ]",
                "[kill: {}, restart-all]",
                "[stop, hang]",
                "[{hand-over: {}}, hang]",
                "[{kill: {}, hang: {}}]",
                "[cut: {way: sideways}]",
                "[slow: {loss: 91}]",
                "[kill-majority: {}]",
            })
    void bothRefuseTheFaults(String faults) {
        both(false, "{name: mine, faults: " + faults + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: kill-master",
                "name: Mine",
                "name: mine, hold: 601",
                "name: mine, hold: long",
                "name: mine, about: ''",
                "name: mine, objective: {write-gap: -1}",
                "name: mine, objective: {lost: any}",
                "name: mine, objective: {gap: 1}",
                "name: mine, why: x",
                "about: nameless",
            })
    void bothRefuse(String more) {
        both(false, "{faults: kill, " + more + "}");
    }
}
