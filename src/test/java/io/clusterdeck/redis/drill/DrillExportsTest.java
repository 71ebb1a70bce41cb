package io.clusterdeck.redis.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.redis.timeline.ActedFailovers;
import io.clusterdeck.words.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** How a drill went, in every format in which it is handed on. */
public class DrillExportsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Words EN = Words.in(Locale.ENGLISH);
    private static final NodeAddress MASTER = new NodeAddress("10.0.0.11", 9000);

    private final Schema schema = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12, b -> b.schemas(DrillExportsTest::published))
            .getSchema(DrillExportsTest.class.getResourceAsStream("/schema/drill-result.schema.json"));

    private static String published(String id) {
        try (var in = DrillExportsTest.class.getResourceAsStream("/schema/failover.schema.json")) {
            return id.equals("urn:clusterdeck:failover:1") ? new String(in.readAllBytes(), UTF_8) : null;
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    /** A master was killed and replaced; two writes were lost. */
    public static DrillResult held(String id) {
        return held(id, 3);
    }

    private static DrillResult held(String id, int shards) {
        var lost = List.of(
                new Measured.Lost("clusterdeck:drill:" + id + ":{k}:210", 4_310, MASTER),
                new Measured.Lost("clusterdeck:drill:" + id + ":{k}:211", 4_330, MASTER));
        var all = new ArrayList<Measured.OfShard>();
        all.add(new Measured.OfShard(
                MASTER,
                5_461,
                20,
                1_204,
                1_398,
                List.of(new Gap(4_400, 10_520, 0), new Gap(17_200, 17_420, 160)),
                List.of(new Gap(4_400, 10_500, 0)),
                lost,
                Map.of("no-connection", 214, "CLUSTERDOWN", 41)));
        IntStream.range(1, shards)
                .mapToObj(n -> new NodeAddress("10.0.0." + (11 + n), 9000))
                .forEach(a -> all.add(new Measured.OfShard(
                        a,
                        5_461,
                        20,
                        1_466,
                        1_470,
                        List.of(new Gap(8_100, 8_850, 0)),
                        List.of(),
                        List.of(),
                        Map.of("CLUSTERDOWN", 38))));
        return new DrillResult(
                id,
                "orders",
                "kill-master",
                "",
                5_000,
                new Expected(
                        List.of(new Expected.OfShard(
                                MASTER.toString(),
                                new Expected.Span(5_500, 8_000, 14_000),
                                List.of("10.0.0.12:9001"),
                                true)),
                        new Expected.Span(0, 2_000, 4_000)),
                Objective.AS_FORESEEN,
                new Measured(
                        ActedFailovers.taken().timeline().began().minusMillis(4_300),
                        21_400,
                        List.of(
                                new Measured.Mark("fault", 4_300),
                                new Measured.Mark("mend", 10_900),
                                new Measured.Mark("restore", 15_100)),
                        all,
                        true,
                        Optional.of(new Measured.Loaded(42_000, 310, 17_000)),
                        0),
                Map.of(MASTER.toString(), "10.0.0.12:9001"),
                List.of(ActedFailovers.taken()),
                Optional.empty());
    }

    @Test
    void everyFormatIsWrittenInBothLanguages() throws Exception {
        for (var format : Format.values()) {
            if (!Format.DRILLS.contains(format)) {
                assertThrows(IllegalArgumentException.class, () -> DrillExports.of(format, held("1"), EN));
                continue;
            }
            var english = DrillExports.of(format, held("1"), EN);
            var chinese = DrillExports.of(format, held("1"), Words.in(Locale.CHINA));
            assertTrue(english.length > 1_000, format.word());
            assertEquals(format == Format.JSON, java.util.Arrays.equals(english, chinese), format.word());
            var folder = Files.createDirectories(Path.of("target/pictures"));
            Files.write(folder.resolve("drill-en" + format.ending()), english);
            Files.write(folder.resolve("drill-zh" + format.ending()), chinese);
        }
    }

    @Test
    void thePictureShowsEveryShardAndWhatItCost() throws Exception {
        var svg = new String(DrillExports.of(Format.SVG, held("1"), EN), UTF_8);
        var drawn = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)))
                .getDocumentElement()
                .getTextContent();
        for (var said : List.of("10.0.0.11:9000", "10.0.0.13:9000", "6.1 s", "The fault begins", "orders")) {
            assertTrue(drawn.contains(said), said + "\n" + drawn);
        }
        var html = new String(DrillExports.of(Format.HTML, held("1"), EN), UTF_8);
        assertTrue(html.contains("6.1 s") && html.split("<svg", -1).length > 3, "in the report, too");
        var many = new String(DrillExports.of(Format.SVG, held("1", 60), EN), UTF_8);
        assertTrue(many.contains("and 20 more shards"), "what finds no room is counted");
        assertTrue(many.contains("10.0.0.11:9000"), "the worst is among those that are shown");
        assertTrue(ImageIO.read(new ByteArrayInputStream(DrillExports.of(Format.PNG, held("1", 60), EN)))
                        .getHeight()
                > 3_000);
    }

    /** Without a mark or a shard there is nothing to show, and no picture breaks. */
    @Test
    void aDrillOfWhichNothingWasMeasuredIsAPictureToo() throws Exception {
        var held = held("1");
        var nothing = new DrillResult(
                "1",
                "orders",
                "own",
                "",
                0,
                held.expected(),
                held.objective(),
                new Measured(held.measured().began(), 0, List.of(), List.of(), false, Optional.empty(), 0),
                Map.of(),
                List.of(),
                Optional.empty());
        assertTrue(DrillExports.of(Format.SVG, nothing, EN).length > 200);
        assertEquals(List.of(), schema.validate(MAPPER.readTree(ResultJson.text(nothing))));
    }

    /** What an earlier Clusterdeck kept is read still. */
    @Test
    void resultsWithoutANamedSchemaAreRead() throws Exception {
        var old = (ObjectNode) MAPPER.readTree(ResultJson.text(held("1")));
        old.put("schema", 1);
        assertEquals(ResultJson.text(held("1")), ResultJson.text(ResultJson.read(old.toString(), "old")));
    }

    /** The schema is no decoration: whatever field is taken away, or added, it objects. */
    @Test
    void theSchemaHoldsEveryField() throws Exception {
        var whole = MAPPER.readTree(ResultJson.text(held("1")));
        assertEquals(List.of(), schema.validate(whole));
        assertObjects(whole, whole, "");
    }

    private void assertObjects(JsonNode whole, JsonNode at, String path) {
        if (at instanceof ArrayNode array && !array.isEmpty()) {
            assertObjects(whole, array.get(0), path);
        }
        if (!(at instanceof ObjectNode object)
                || Set.of("/winners", "/shards/errors", "/failovers").contains(path)) {
            return;
        }
        for (var field : new ArrayList<>(object.properties())) {
            var here = path + "/" + field.getKey();
            object.remove(field.getKey());
            assertEquals(
                    Set.of("/load", "/heldUp").contains(here),
                    schema.validate(whole).isEmpty(),
                    "without " + here);
            object.set(field.getKey(), field.getValue());
            assertObjects(whole, field.getValue(), here);
        }
        object.put("besides", true);
        assertFalse(schema.validate(whole).isEmpty(), "with something besides in " + path);
        object.remove("besides");
    }
}
