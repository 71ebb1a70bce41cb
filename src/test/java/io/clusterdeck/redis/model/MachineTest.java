package io.clusterdeck.redis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {

    /** A host that is slow to answer, here for 8 s, is not one whose clock is wrong. */
    @ParameterizedTest
    @CsvSource({"-2000, -2000", "0, 0", "7900, 0", "8500, 500"})
    void aSlowAnswerIsNoSkew(long read, long skew) {
        var asked = Instant.ofEpochSecond(1_000_000);
        var told = Map.of("clock_ms", List.of(Long.toString(asked.toEpochMilli() + read)));
        var exit = new Exit(0, told, Optional.empty(), Optional.empty(), List.of());
        var host = new LocalHost(new HostName("h1"));
        assertEquals(skew, Machine.of(host, exit, asked, asked.plusSeconds(8)).skew());
    }
}
