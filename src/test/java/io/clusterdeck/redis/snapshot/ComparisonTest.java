package io.clusterdeck.redis.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.words.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What differs between a cluster before and after a failover with a move of slots, an upgrade and a changed directive. */
class ComparisonTest {

    private static final Comparison FAILOVER =
            Comparison.between(Exemplar.before().state(), Exemplar.after().state());

    @Test
    void theSameIsTheSame() {
        var same =
                Comparison.between(Exemplar.before().state(), Exemplar.before().state());
        assertTrue(same.same() && same.sameTopology());
        assertEquals(List.of(), Differences.of(same));
    }

    @Test
    void rolesThatMoved() {
        assertEquals(
                List.of(Exemplar.id(9000), Exemplar.id(9004)),
                FAILOVER.roles().stream()
                        .map(Comparison.RoleMoved::node)
                        .sorted()
                        .toList());
        assertFalse(FAILOVER.same() || FAILOVER.sameTopology());
    }

    @Test
    void slotsThatMovedWithRangesAndCounts() {
        assertEquals(
                List.of(
                        new Comparison.SlotsMoved(
                                Optional.of(Exemplar.id(9000)),
                                Optional.of(Exemplar.id(9001)),
                                List.of(new SlotRange(0, 99)),
                                false),
                        new Comparison.SlotsMoved(
                                Optional.of(Exemplar.id(9000)),
                                Optional.of(Exemplar.id(9004)),
                                List.of(new SlotRange(100, 5460)),
                                true)),
                FAILOVER.slots());
        assertEquals(5461, FAILOVER.slotsMoved());
    }

    @Test
    void nodesThatCameAndWent() {
        var other =
                Comparison.between(Exemplar.before().state(), Exemplar.many(3).state());
        assertEquals(6, other.came().size());
        assertEquals(6, other.went().size());
        assertEquals(16_384, other.slotsMoved());
    }

    @Test
    void epochsVersionsStatesAndConfiguration() {
        assertEquals(
                List.of(
                        "9000 CONTACT answers gone",
                        "9000 FAILED false true",
                        "9001 VERSION 6.2.3 6.2.4",
                        "9004 EPOCH 12 13"),
                FAILOVER.told().stream()
                        .map(t -> t.node().equals(Exemplar.id(9000))
                                ? "9000 " + told(t)
                                : (t.node().equals(Exemplar.id(9001)) ? "9001 " : "9004 ") + told(t))
                        .sorted()
                        .toList());
        assertEquals(
                List.of(new Comparison.ConfigMoved(
                        "maxmemory", Optional.of("4294967296"), Optional.of("2147483648"), List.of(Exemplar.id(9001)))),
                FAILOVER.config());
        assertEquals(
                List.of("node-down"),
                FAILOVER.appeared().stream().map(f -> f.rule()).toList());
        assertTrue(FAILOVER.touches(Exemplar.id(9001)) && !FAILOVER.touches(Exemplar.id(9003)));
    }

    private static String told(Comparison.Told t) {
        return t.aspect() + " " + t.was() + " " + t.is();
    }

    /** A password that was changed is no difference that is told: nobody may learn that way what it was. */
    @Test
    void neverASecret() {
        assertFalse(ComparisonJson.text(FAILOVER).contains(Exemplar.SECRET));
        assertTrue(FAILOVER.config().stream().noneMatch(c -> c.directive().contains("pass")));
    }

    @Test
    void theDocumentHoldsToItsSchema() throws Exception {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ComparisonTest.class.getResourceAsStream("/schema/diff.schema.json"));
        for (var comparison : List.of(
                FAILOVER,
                Comparison.between(Exemplar.after().state(), Exemplar.many(4).state()))) {
            var json = new ObjectMapper().readTree(ComparisonJson.text(comparison));
            assertEquals(List.of(), schema.validate(json));
        }
        var json = new ObjectMapper().readTree(ComparisonJson.text(FAILOVER));
        assertEquals("[[0,99]]", json.at("/slots/0/ranges").toString());
        assertEquals(100, json.at("/slots/0/count").asInt());
    }

    @Test
    void toldInSentences() {
        var told = Differences.of(FAILOVER).stream()
                .map(d -> Words.in(Locale.ENGLISH).say(d.what()))
                .collect(Collectors.joining("\n"));
        for (var sentence : List.of(
                "⟨9004⟩ is a master now; it was a replica of 9000.",
                "⟨9000⟩ is a replica of 9004 now; it was a master.",
                "⟨100⟩ slots went from 9000 to 9001: 0–99.",
                "⟨9004⟩ took over 5,361 slots from its master 9000: 100–5460.",
                "The cluster's epoch rose from 12 to ⟨13⟩.",
                "⟨9001⟩ runs Redis 6.2.4; it ran 6.2.3.",
                "⟪maxmemory⟫ is ⟪2147483648⟫; it was ⟪4294967296⟫ (9001).",
                "⟨9000⟩ is not reached now (before: answers).")) {
            assertTrue(told.contains(sentence), sentence + "\n---\n" + told);
        }
    }
}
