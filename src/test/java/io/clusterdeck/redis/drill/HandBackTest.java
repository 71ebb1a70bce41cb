package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.drill.Expected.OfShard;
import io.clusterdeck.redis.drill.Expected.Span;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.ssh.HostName;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only who was replaced is handed back to: a master refuses CLUSTER FAILOVER. */
class HandBackTest {
    private static final ClusterSpec ORDERS =
            new ClusterSpec("orders", false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of());

    @ParameterizedTest
    @CsvSource({"7.0.15, 1", "6.2.7, 2"})
    void itIsTypedWhereSomebodyTookOver(String version, int lines) {
        var state = new Layouts(2, 1)
                .info(Layouts.r(0, 1), "redis_version", version)
                .state();
        var expected = new Expected(
                List.of(
                        new OfShard("10.0.0.0:9000", Span.NONE, List.of("10.0.0.1:9001"), true),
                        new OfShard("10.0.0.1:9000", Span.NONE, List.of(), false)),
                Span.NONE);
        var args = new HashMap<String, String>();
        HandBack.note(args, expected, state);
        var nodes = state.nodes().values().stream().map(n -> n.address()).toList();
        assertEquals(
                List.of(
                                "redis-cli -h 10.0.0.0 -p 9000 CLUSTER FAILOVER",
                                "redis-cli -h 10.0.0.1 -p 9001 CLIENT UNPAUSE")
                        .subList(0, lines),
                HandBack.lines(new StepSpec(LayoutStep.KIND, args), new RedisCli(ORDERS), new HostName("h0"), nodes));
    }
}
