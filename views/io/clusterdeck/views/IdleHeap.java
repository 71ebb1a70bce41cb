package io.clusterdeck.views;

import java.time.Duration;
import java.util.function.LongSupplier;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;

/**
 * Gives memory back while nobody works with the window. The serial collector, which is the smallest, looks at what is old only when the
 * whole heap is full: in a window that stays open for a day everything that was ever looked at would lie there until then. A collection
 * stops the program for a tenth of a second or two, so it waits for a moment when nobody minds.
 */
final class IdleHeap {
    /** How often it is worth a look. */
    static final Duration EVERY = Duration.ofSeconds(30);

    private static final long QUIET = Duration.ofSeconds(20).toNanos();

    /** Bytes by which what is used must have grown since: what is young comes and goes. */
    private static final long GROWN = 32 << 20;

    private final LongSupplier clock;
    private final LongSupplier used;
    private final Runnable collection;
    private volatile long touched;
    private long left;

    IdleHeap() {
        this(
                System::nanoTime,
                () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
                System::gc);
    }

    /**
     * @param clock nanoseconds
     * @param used bytes that are taken now
     */
    IdleHeap(LongSupplier clock, LongSupplier used, Runnable collection) {
        this.clock = clock;
        this.used = used;
        this.collection = collection;
        touched = clock.getAsLong();
        left = used.getAsLong();
    }

    /** Hears whenever somebody works with the window. */
    void hear(Scene scene) {
        scene.addEventFilter(InputEvent.ANY, e -> touch());
    }

    void touch() {
        touched = clock.getAsLong();
    }

    /** Collects where it is worth it. Off the FX thread. @param busy whether a run is going, which may measure */
    void look(boolean busy) {
        if (!busy && clock.getAsLong() - touched >= QUIET && used.getAsLong() >= left + GROWN) {
            collection.run();
            left = used.getAsLong();
        }
    }
}
