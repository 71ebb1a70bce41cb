package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleHeapTest {
    private static final long MB = 1 << 20;

    private long now;
    private long used = 60 * MB;
    private int collected;
    private final IdleHeap heap = new IdleHeap(() -> now, () -> used, () -> {
        collected++;
        used = 65 * MB;
    });

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void whatGrewIsGivenBackOnce() {
        used = 100 * MB;
        pass(30);
        heap.look(false);
        heap.look(false);
        assertEquals(1, collected);
        used = 96 * MB;
        heap.look(false);
        assertEquals(1, collected, "it is what is young");
        used = 97 * MB;
        heap.look(false);
        assertEquals(2, collected);
    }

    @Test
    void nobodyIsStoppedAtWork() {
        used = 100 * MB;
        pass(30);
        heap.touch();
        pass(5);
        heap.look(false);
        assertEquals(0, collected, "the pointer moved a moment ago");
        pass(30);
        heap.look(true);
        assertEquals(0, collected, "a run is going");
        heap.look(false);
        assertEquals(1, collected);
    }
}
