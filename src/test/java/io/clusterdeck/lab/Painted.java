package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What the picture of a cluster's window shows, told by the colours of its theme (tokens-*.css): nobody reads the words. */
record Painted(BufferedImage picture) {

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    /** How far below its band a shard's card goes, in pixels: two nodes. */
    private static final int CARD = 180;

    /** @param shards the colours of the first three */
    private record Theme(int background, int well, List<Integer> shards) {}

    private static final List<Theme> THEMES = List.of(
            new Theme(0x0d1117, 0x3fb950, List.of(0x5aa2e0, 0x46b98f, 0xd0a04a)),
            new Theme(0xffffff, 0x1a7f37, List.of(0x3b82c4, 0x2f9e77, 0xb07d2b)));

    /** Three shards of a master and a replica that are well, side by side, and a third of the slots for each. */
    void showsThreeShardsOfTwo() {
        assertEquals(List.of(WIDTH, HEIGHT), List.of(picture.getWidth(), picture.getHeight()));
        var theme = theme();
        var bands = theme.shards().stream().map(this::band).toList();
        for (int i = 0; i < bands.size(); i++) {
            var band = bands.get(i);
            assertTrue(i == 0 || bands.get(i - 1).getMaxX() < band.x && bands.get(i - 1).y == band.y, bands::toString);
            var nodes = blobs(new Rectangle(band.x, band.y, band.width, CARD), c -> near(c, theme.well()));
            assertEquals(2, nodes.size(), () -> band + ": " + nodes);
            // a disc for the master, a ring for its replica
            assertEquals(
                    List.of(true, false),
                    nodes.stream().map(n -> near(centre(n), theme.well())).toList());
        }
        slots(theme.shards());
    }

    /** The one whose background most of the picture is, though not nearly all. */
    private Theme theme() {
        var counts = new HashMap<Integer, Integer>();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                counts.merge(at(x, y), 1, Integer::sum);
            }
        }
        var commonest =
                counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        var told = "%06x on %d, %d colours".formatted(commonest.getKey(), commonest.getValue(), counts.size());
        assertTrue(commonest.getValue() < WIDTH * HEIGHT * 0.9 && counts.size() > 500, told);
        return THEMES.stream()
                .filter(t -> t.background() == commonest.getKey())
                .findFirst()
                .orElseThrow(() -> new AssertionError(told));
    }

    /** The topmost line of that colour that is as long as a card is wide. */
    private Rectangle band(int colour) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0, length = 0; x < WIDTH; x++) {
                length = at(x, y) == colour ? length + 1 : 0;
                if (length > 150 && (x + 1 == WIDTH || at(x + 1, y) != colour)) {
                    return new Rectangle(x - length + 1, y, length, 1);
                }
            }
        }
        throw new AssertionError("no shard of the colour %06x".formatted(colour));
    }

    /** The line on which most is of their colours: one after another, a third of it each. */
    private void slots(List<Integer> shards) {
        int line = IntStream.range(HEIGHT / 2, HEIGHT)
                .boxed()
                .max(java.util.Comparator.comparing(
                        y -> shards.stream().mapToInt(c -> xs(y, c).length).sum()))
                .orElseThrow();
        double last = -1;
        int all = shards.stream().mapToInt(c -> xs(line, c).length).sum();
        assertTrue(all > WIDTH / 3, "slots: " + all);
        for (var colour : shards) {
            var xs = xs(line, colour);
            assertTrue(Math.abs(xs.length - all / 3) < all / 10, xs.length + " of " + all);
            double middle = IntStream.of(xs).average().orElse(-1);
            assertTrue(middle > last + xs.length * 0.8, "%06x about %s, after %s".formatted(colour, middle, last));
            last = middle;
        }
    }

    private int[] xs(int y, int colour) {
        return IntStream.range(0, WIDTH).filter(x -> at(x, y) == colour).toArray();
    }

    /** What hangs together of such pixels, from above; not what is only a few. */
    private List<Rectangle> blobs(Rectangle within, IntPredicate such) {
        var blobs = new ArrayList<Rectangle>();
        var seen = new HashSet<Integer>();
        for (int y = within.y; y < within.getMaxY(); y++) {
            for (int x = within.x; x < within.getMaxX(); x++) {
                var blob = blob(x, y, such, seen);
                if (blob.width > 4 && blob.height > 4) {
                    blobs.add(blob);
                }
            }
        }
        return blobs;
    }

    private Rectangle blob(int x, int y, IntPredicate such, HashSet<Integer> seen) {
        var blob = new Rectangle(x, y, 0, 0);
        var next = new ArrayDeque<>(List.of(y * WIDTH + x));
        while (!next.isEmpty()) {
            int at = next.pop();
            if (such.test(at(at % WIDTH, at / WIDTH)) && seen.add(at)) {
                blob.add(new Rectangle(at % WIDTH, at / WIDTH, 1, 1));
                for (int d : new int[] {1, -1, WIDTH, -WIDTH, WIDTH + 1, WIDTH - 1, 1 - WIDTH, -1 - WIDTH}) {
                    next.push(Math.clamp(at + d, 0, WIDTH * HEIGHT - 1));
                }
            }
        }
        return blob;
    }

    private int centre(Rectangle of) {
        return at((int) of.getCenterX(), (int) of.getCenterY());
    }

    private static boolean near(int one, int other) {
        return IntStream.of(0, 8, 16).allMatch(s -> Math.abs((one >> s & 255) - (other >> s & 255)) < 48);
    }

    private int at(int x, int y) {
        return picture.getRGB(x, y) & 0xffffff;
    }
}
