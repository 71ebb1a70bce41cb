package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which units bring a node back by themselves: the table of systemd.service(5), for a signal that fails and one that is obeyed. */
class RevivesTest {

    @ParameterizedTest
    @CsvSource({
        "no, false, false",
        "on-success, false, true",
        "on-failure, true, false",
        "on-abnormal, true, false",
        "on-abort, true, false",
        "on-watchdog, false, false",
        "always, true, true",
        "'', false, false"
    })
    void afterKillAndAfterTerm(String restart, boolean killed, boolean asked) {
        var unit = Optional.of("redis@9000.service");
        assertEquals(killed, facts(restart, unit).revives(false).isPresent());
        assertEquals(asked, facts(restart, unit).revives(true).isPresent());
        assertEquals(Optional.empty(), facts(restart, Optional.empty()).revives(true));
    }

    private static ProcessFacts facts(String restart, Optional<String> unit) {
        return new ProcessFacts(
                ProcessFacts.Presence.FOUND,
                7,
                "1",
                "/usr/bin/redis-server",
                "/usr/bin/redis-server",
                "/",
                "redis",
                true,
                "S",
                "",
                "",
                unit,
                restart,
                Optional.empty(),
                List.of(),
                true);
    }
}
