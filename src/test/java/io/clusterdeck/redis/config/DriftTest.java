package io.clusterdeck.redis.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.clusterdeck.redis.model.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which directives differ between nodes that should be alike. */
class DriftTest {

    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private static List<Drift.Difference> between(Map<String, String> a, Map<String, String> b, Map<String, String> c) {
        var all = new LinkedHashMap<NodeId, Map<String, String>>();
        all.put(A, a);
        all.put(B, b);
        all.put(C, c);
        return Drift.between(all);
    }

    @Test
    void theMostCommonValueComesFirst() {
        var found = between(
                Map.of("maxmemory", "1gb", "timeout", "0"),
                Map.of("maxmemory", "2gb", "timeout", "0"),
                Map.of("maxmemory", "2147483648", "timeout", "0"));
        assertEquals(1, found.size());
        assertEquals("maxmemory", found.getFirst().directive());
        assertEquals(
                List.of(new Drift.Value("2gb", List.of(B, C)), new Drift.Value("1gb", List.of(A))),
                found.getFirst().values());
    }

    @Test
    void whatDiffersByNatureIsNoDrift() {
        assertEquals(
                List.of(),
                between(
                        Map.of("port", "1", "dir", "/a", "cluster-announce-ip", "x", "slaveof", "", "bind", "a"),
                        Map.of("port", "2", "dir", "/b", "cluster-announce-ip", "y", "slaveof", "x 1", "bind", "b"),
                        Map.of("slave-read-only", "yes")));
    }

    @Test
    void spellingsAndMissingDirectivesAreNoDrift() {
        assertEquals(
                List.of(),
                between(
                        Map.of("slave-priority-x", "1", "save", "3600 1"),
                        Map.of("replica-priority-x", "1"),
                        Map.of()));
    }

    @Test
    void secretsAreToldApartAndNotShown() {
        var found = between(Map.of("masterauth", "p1"), Map.of("masterauth", "p2"), Map.of("masterauth", ""));
        assertEquals(3, found.getFirst().values().size());
        assertFalse(found.toString().contains("p1") || found.toString().contains("p2"), found::toString);
    }
}
