package io.clusterdeck.redis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.ssh.Exit;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostZoneTest {
    private static Optional<ZoneId> zone(Map<String, List<String>> facts) {
        return HostZone.of(new Exit(0, facts, Optional.empty(), Optional.empty(), List.of()));
    }

    @Test
    void byNameElseByOffset() {
        assertEquals(
                Optional.of(ZoneId.of("Europe/Berlin")),
                zone(Map.of("zone", List.of("Europe/Berlin"), "offset", List.of("+0100"))));
        assertEquals(
                Optional.of(ZoneOffset.ofHours(8)),
                zone(Map.of("zone", List.of("Mars/Olympus"), "offset", List.of("+0800"))));
        assertEquals(Optional.of(ZoneOffset.ofHours(-3)), zone(Map.of("offset", List.of("-0300"))));
        assertEquals(Optional.empty(), zone(Map.of("offset", List.of(""))));
    }
}
