package io.clusterdeck.lab;

import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.redis.drill.Library;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every drill of the library once, on six hosts, beside a second client; one that is cancelled, and one that dies half-way. */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillsLabTest {
    @TempDir
    static Path folder;

    private static HeldDrills held;

    @BeforeAll
    static void build() throws Exception {
        held = new HeldDrills(folder, 2_000);
    }

    static List<String> names() {
        return Library.all().stream().map(Drill::name).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    @Order(1)
    void eachDrillIsMeasuredAndLeavesEverythingAsItWas(String name) throws Exception {
        held.measured(name);
    }

    @Test
    @Order(2)
    void oneThatIsCancelledLeavesEverythingAsItWas() throws Exception {
        held.cancelled("cut-host");
    }

    @Test
    @Order(3)
    void whatDiesHalfWayIsTakenBackByItsHosts() throws Exception {
        held.diesHalfWay("everything", held.everything(), held::everythingBroken);
    }

    @AfterAll
    static void table() throws Exception {
        if (held != null) {
            System.out.println(held.table());
            held.close();
        }
    }
}
