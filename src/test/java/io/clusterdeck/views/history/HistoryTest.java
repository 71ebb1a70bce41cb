package io.clusterdeck.views.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.Sample;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static io.clusterdeck.redis.model.ClusterState at(long second, long ops) {
        return new Sample("x")
                .at(Sample.NOW.plusSeconds(second))
                .master(9000, 1, new SlotRange(0, 8000), 1, 100, ops)
                .master(9001, 2, new SlotRange(8001, 16383), 1, 50, 10)
                .state();
    }

    @Test
    void sumsTheMastersOncePerSecond() {
        var history = new History();
        history.add(at(0, 5));
        history.add(at(0, 99));
        history.add(at(1, 7));
        assertArrayEquals(new double[] {Double.NaN, 15, 17}, history.ops(3));
        assertArrayEquals(new double[] {150, 150}, history.memory(2));
        assertEquals(2, history.seconds());
    }

    /** The sums of the first nodes that were heard would rise to those of all. */
    @Test
    void beginsWhenAllWereHeard() {
        var history = new History();
        history.add(new Sample("x")
                .at(Sample.NOW)
                .master(9000, 1, new SlotRange(0, 8000), 1, 100, 5)
                .master(9001, 2, new SlotRange(8001, 16383), 1, 50, 10)
                .contact(9001, new Contact.Unknown())
                .state());
        assertEquals(0, history.seconds());
        history.add(at(1, 7));
        assertArrayEquals(new double[] {150}, history.memory(1));
        assertEquals(1, history.seconds());
    }

    @Test
    void aSlowTickIsNoGapALongSilenceIs() {
        var history = new History();
        history.add(at(0, 0));
        history.add(at(3, 20));
        assertArrayEquals(new double[] {10, 30, 30, 30}, history.ops(4));
        history.add(at(33, 40));
        var ops = history.ops(History.SECONDS);
        assertEquals(50, ops[ops.length - 1]);
        assertTrue(Double.isNaN(ops[ops.length - 2]));
        assertEquals(30, ops[ops.length - 31]);
    }

    @Test
    void forgetsWhatIsOlderThanAQuarterOfAnHour() {
        var history = new History();
        history.add(at(0, 1));
        history.add(at(History.SECONDS + 100, 2));
        var ops = history.ops(History.SECONDS);
        assertEquals(
                1, java.util.Arrays.stream(ops).filter(v -> !Double.isNaN(v)).count());
    }
}
