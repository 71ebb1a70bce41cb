package io.clusterdeck.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody is sent to read last lines where there are none. */
class ScriptFailedTest {
    private static final HostName ON = new HostName("h1");

    private static Exit exit(int code, Optional<Say> why, List<String> tail) {
        return new Exit(code, Map.of(), Optional.empty(), why, tail);
    }

    @ParameterizedTest
    @CsvSource({
        "1, no space, plan.script-failed",
        "1, , plan.script-mute",
        "255, , plan.script-mute",
        "137, , plan.script-killed",
        "143, half a line, plan.script-killed"
    })
    void whatIsKnownOfItsEndIsSaid(int code, String last, String key) {
        var failed = ScriptFailed.of(
                "compile",
                ON,
                exit(code, Optional.empty(), Optional.ofNullable(last).stream().toList()));
        assertEquals(key, failed.what().key());
        assertEquals(key + ".next", failed.next().key());
    }

    @Test
    void whatItSaysItselfCounts() {
        var own = Say.of("build.tools.failed", "host", ON);
        var failed = ScriptFailed.of("tools", ON, exit(143, Optional.of(own), List.of()));
        assertEquals(own, failed.what());
        assertEquals("build.tools.failed.next", failed.next().key());
    }
}
