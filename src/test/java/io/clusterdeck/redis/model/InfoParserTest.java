package io.clusterdeck.redis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoParserTest {

    @Test
    void linesKeysAndHeadings() {
        var found = InfoParser.parse("# Server\r\n"
                + "redis_version:6.2.7\r\n"
                + "os:Linux: 5 x\r\n\r\n"
                + "# Keyspace\r\n"
                + "no colon\r\n"
                + "config_file:\r\n"
                + "last:1");
        assertEquals(Map.of("redis_version", "6.2.7", "os", "Linux: 5 x", "config_file", "", "last", "1"), found);
        assertEquals(List.of("redis_version", "os", "config_file", "last"), List.copyOf(found.keySet()));
        assertEquals(Map.of(), InfoParser.parse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.3", "6.2.7", "7.0.15"})
    void recorded(String version) {
        var info = InfoParser.parse(Replies.of(version + "/ok.0.info"));
        assertEquals(version, info.get("redis_version"));
        assertEquals("master", info.get("role"));
        assertEquals("1", info.get("cluster_enabled"));
        assertNull(info.get("# Server"));
        var cluster = InfoParser.parse(Replies.of(version + "/ok.0.cluster-info"));
        assertEquals("ok", cluster.get("cluster_state"));
        assertEquals("16384", cluster.get("cluster_slots_ok"));
    }
}
