package io.clusterdeck.views.slots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.parts.Ribbon;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Only slots that changed are painted anew; what is then to be seen is what a map that paints them all shows. */
@Tag("window")
class SlotMapTest {
    /** No multiple of the rows and columns: cells are of several sizes. */
    private static final int WIDTH = 601;

    private static final int HEIGHT = 467;

    private final Look look = Stagehand.look(Theme.LIGHT, "en");

    /** A map in a scene, as it is laid out in a window. */
    private record Map(SlotMap map, Scene scene) {
        static Map of(Look look) {
            var map = new SlotMap(look, slot -> {});
            var scene = new Scene(map, WIDTH, HEIGHT);
            look.themes().dress(scene);
            map.applyCss();
            map.layout();
            return new Map(map, scene);
        }

        Map show(State state) {
            map.show(state.owners, state.targets);
            return this;
        }

        int[] pixels() {
            var all = new int[WIDTH * HEIGHT];
            scene.snapshot(null)
                    .getPixelReader()
                    .getPixels(0, 0, WIDTH, HEIGHT, PixelFormat.getIntArgbInstance(), all, 0, WIDTH);
            return all;
        }
    }

    private record State(int[] owners, int[] targets) {}

    /** Three shards. */
    private static State still() {
        var none = new int[SlotRange.SLOTS];
        Arrays.fill(none, Ribbon.NOBODY);
        return new State(
                IntStream.range(0, SlotRange.SLOTS)
                        .map(s -> s * 3 / SlotRange.SLOTS)
                        .toArray(),
                none);
    }

    /** Some have moved, some are on their way, some are nobody's; one strip changed as a whole. */
    private static State moved() {
        var state = still();
        Arrays.fill(state.owners, 100, 120, 2);
        Arrays.fill(state.owners, 2048, 3072, 1);
        Arrays.fill(state.owners, 9000, 9003, Ribbon.NOBODY);
        Arrays.fill(state.targets, 7000, 7300, 0);
        return state;
    }

    private int[] fresh(State state) {
        return Map.of(look).show(state).pixels();
    }

    @Test
    void whatChangedIsToBeSeenAndNothingElseIsLeft() {
        Stagehand.fx(() -> {
            var map = Map.of(look).show(still());
            assertArrayEquals(fresh(still()), map.pixels());
            assertFalse(Arrays.equals(fresh(still()), fresh(moved())));
            assertArrayEquals(fresh(moved()), map.show(moved()).pixels(), "moved");
            assertArrayEquals(fresh(still()), map.show(still()).pixels(), "and back");
        });
    }

    @Test
    void anotherThemePaintsAllOfThem() {
        Stagehand.fx(() -> {
            var map = Map.of(look).show(moved());
            var light = map.pixels();
            look.themes().choiceProperty().set(Optional.of(Theme.DARK));
            assertFalse(Arrays.equals(light, map.pixels()));
            assertArrayEquals(fresh(moved()), map.pixels());
        });
    }
}
