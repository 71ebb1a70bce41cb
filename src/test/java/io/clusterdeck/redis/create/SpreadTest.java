package io.clusterdeck.redis.create;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.SlotRange;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadTest {

    @Test
    void slotsAsRedisCliCutsThem() {
        assertEquals(
                List.of(new SlotRange(0, 5460), new SlotRange(5461, 10922), new SlotRange(10923, 16383)),
                Spread.slots(3));
        assertEquals(
                SlotRange.SLOTS,
                Spread.slots(7).stream().mapToInt(SlotRange::size).sum());
    }

    /** As an operator lists them: host after host, two servers each. */
    @Test
    void threeHostsTwoEach() {
        var machines = List.of("a", "a", "b", "b", "c", "c");
        var spread = Spread.of(machines, 3);
        assertEquals(
                List.of("a", "b", "c"),
                spread.masters().stream().map(machines::get).toList());
        for (int i = 0; i < 6; i++) {
            if (spread.masterOf(i) >= 0) {
                assertNotEquals(machines.get(spread.masterOf(i)), machines.get(i));
            }
        }
    }

    /** Two machines of which one has twice as many: only a matching, no greedy choice, keeps all apart. */
    @Test
    void unevenMachines() {
        var machines = List.of("a", "a", "a", "b", "b", "b", "c", "c");
        var spread = Spread.of(machines, 4);
        assertApart(machines, spread);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyServerHasOnePlace(long seed) {
        var random = new Random(seed);
        int masters = 3 + random.nextInt(5);
        int replicas = random.nextInt(3);
        int extra = random.nextInt(masters);
        var machines = IntStream.range(0, masters * (1 + replicas) + extra)
                .mapToObj(i -> "m" + random.nextInt(1 + masters))
                .toList();
        var spread = Spread.of(machines, masters);
        assertEquals(masters, spread.masters().size());
        var perMaster = IntStream.range(0, machines.size())
                .filter(i -> spread.masterOf(i) >= 0)
                .boxed()
                .collect(Collectors.groupingBy(spread::masterOf, Collectors.counting()));
        for (int master : spread.masters()) {
            assertEquals(-1, spread.masterOf(master));
            assertTrue(perMaster.getOrDefault(master, 0L) >= replicas, perMaster.toString());
        }
        assertEquals(
                machines.size() - masters,
                perMaster.values().stream().mapToLong(n -> n).sum());
    }

    @Test
    void oneMachineIsNoFailure() {
        var spread = Spread.of(List.of("a", "a", "a", "a", "a", "a"), 3);
        assertEquals(List.of(0, 1, 2), spread.masters());
        assertEquals(
                List.of(0, 1, 2),
                IntStream.range(3, 6).map(spread::masterOf).sorted().boxed().toList());
    }

    private static void assertApart(List<String> machines, Spread spread) {
        for (int i = 0; i < machines.size(); i++) {
            if (spread.masterOf(i) >= 0) {
                assertNotEquals(machines.get(spread.masterOf(i)), machines.get(i));
            }
        }
    }
}
