package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan knows the units of nodes by the names that start.sh gives them, and no two clusters' look alike. */
@Tag("scripts")
class UnitNameTest {

    private static final List<String> NAMES =
            List.of("生产", "测试", "a b", "a_b", "a.b", "carts", "café", "caf__", "x'$(id)");

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void areTheSameInPlanAndScriptAndDiffer(LocalHost host) throws Exception {
        for (var name : NAMES) {
            var unit = host.run(Script.of("probe", "unit").with("cluster", name), line -> {})
                    .fact("unit");
            assertEquals(Optional.of(BuildPlanner.unit(name, 9000)), unit, name);
        }
        assertEquals(
                NAMES.size(),
                NAMES.stream().map(n -> BuildPlanner.unit(n, 9000)).distinct().count());
        assertEquals("clusterdeck-my_carts-9000.service", BuildPlanner.unit("my-carts", 9000));
    }
}
