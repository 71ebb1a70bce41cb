package io.clusterdeck.redis.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.InfoParser;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    @Test
    void tenTimesASecondWhileSmall() {
        assertEquals(Duration.ofMillis(100), new Pace(6, 300).tick());
        assertEquals(Duration.ofMillis(100), new Pace(25, 300).tick());
        assertEquals(Duration.ZERO, new Pace(6, 300).view(), "a view with every tick");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 25, 100, 300, 1000})
    void neverMoreThanItsShareOfANodesThread(int nodes) {
        for (double micros : new double[] {50, 300, 1_000, 20_000}) {
            double share = micros / 1000 / new Pace(nodes, micros).tick().toMillis();
            assertTrue(share <= 0.005, nodes + " nodes, " + micros + " µs: " + share);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 25, 100, 300, 1000})
    void whatWeReadIsBounded(int nodes) {
        var pace = new Pace(nodes, 300);
        var every = pace.view().compareTo(pace.tick()) > 0 ? pace.view() : pace.tick();
        double bytesPerSecond = 125.0 * nodes * nodes / every.toMillis() * 1000;
        assertTrue(bytesPerSecond <= 4.1e6, nodes + ": " + bytesPerSecond);
        assertTrue(pace.viewAfterChange().compareTo(pace.view()) <= 0);
    }

    /** The nodes' own averages, once they are known, and again after a restart set them back. */
    @Test
    void costFromCommandstats() {
        var cost = new Cost();
        double guessed = cost.tick();
        cost.stats(InfoParser.parse("cmdstat_info:calls=10,usec=1000,usec_per_call=100.00\n"
                + "cmdstat_cluster:calls=10,usec=300,usec_per_call=30.00"));
        assertEquals(100 + 2 * 30 + 3 * Cost.AROUND, cost.tick(), 0.01);
        cost.stats(Map.of(
                "cmdstat_info",
                "calls=20,usec=1500",
                "cmdstat_cluster|nodes",
                "calls=15,usec=400",
                "cmdstat_cluster|info",
                "calls=5,usec=100"));
        assertEquals(50 + 2 * 20 + 3 * Cost.AROUND, cost.tick(), 0.01);
        cost.stats(Map.of("cmdstat_info", "calls=1,usec=70"));
        assertEquals(70 + 2 * 20 + 3 * Cost.AROUND, cost.tick(), 0.01);
        assertTrue(guessed > 0);
    }
}
