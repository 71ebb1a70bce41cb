package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertAll;

import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.redis.drill.DrillReader;
import io.clusterdeck.redis.drill.Library;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every drill several times, at a short and at a longer node-timeout; and each that changes a host cancelled, and left by a kill -9. */
@Tag("soak")
class DrillsSoakTest {
    private static final int ROUNDS = Integer.getInteger("drill.rounds", 2);

    /** Those that leave something on a host when nobody takes it back: rules, servers that do not run, or stand still. */
    private static final Map<String, String> CHANGING = Map.of(
            "cut-host", "cut",
            "cut-host-one-way", "cut: {way: out}",
            "slow-link", "slow",
            "kill-host", "kill-host",
            "hang-node", "hang");

    /** Own ones may shut a host's ears only. */
    private static final String DEAF = """
            name: deaf
            about: hears nobody
            faults:
              - cut: {way: in}
            """;

    @TempDir
    Path folder;

    private static Drill deaf() {
        return ((DrillReader.Reading.Good) DrillReader.read("deaf.yaml", DEAF)).drill();
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 5_000})
    void everyDrillAgainAndAgain(int nodeTimeout) throws Exception {
        try (var held = new HeldDrills(folder, nodeTimeout)) {
            try {
                var all =
                        Stream.concat(Library.all().stream(), Stream.of(deaf())).toList();
                assertAll(Collections.nCopies(ROUNDS, all).stream()
                        .flatMap(List::stream)
                        .map(drill -> () -> held.measured(drill)));
            } finally {
                System.out.println("node-timeout " + nodeTimeout + " ms\n" + held.table());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = 2_000)
    void cancelledOrKilledHalfWay(int nodeTimeout) throws Exception {
        try (var held = new HeldDrills(folder, nodeTimeout)) {
            assertAll(CHANGING.entrySet().stream()
                    .flatMap(e -> Stream.<Executable>of(
                            () -> held.cancelled(e.getKey()),
                            () -> held.diesHalfWay(
                                    e.getKey(),
                                    "name: half-%s\nfaults:\n  - %s\n".formatted(e.getKey(), e.getValue()),
                                    held::broken))));
        }
    }
}
