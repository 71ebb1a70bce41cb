package io.clusterdeck.views.look;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javafx.scene.paint.Color;

/** The colours of a theme, read from its style sheet, so that there is one place for them. */
public record Palette(Map<String, Color> tokens) {
    private static final Pattern TOKEN = Pattern.compile("-cd-([a-z0-9-]+):\\s*(#[0-9a-fA-F]{6}|rgba?\\([^)]*\\))");

    /** How many shard colours there are; further shards begin again with the first. */
    public static final int SHARDS = 6;

    public Palette {
        tokens = Map.copyOf(tokens);
    }

    static Palette read(String sheet) {
        try (var in = Palette.class.getResourceAsStream(sheet)) {
            if (in == null) {
                throw new IllegalStateException("no style sheet " + sheet);
            }
            var tokens = new HashMap<String, Color>();
            var matcher = TOKEN.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (matcher.find()) {
                tokens.put(matcher.group(1), Color.web(matcher.group(2)));
            }
            return new Palette(tokens);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public Color of(String token) {
        var color = tokens.get(token);
        if (color == null) {
            throw new IllegalArgumentException("no colour " + token);
        }
        return color;
    }

    /** The colour of the nth shard, from 0. */
    public Color shard(int n) {
        return of("s" + (n % SHARDS + 1));
    }

    /** The shard colours as pixels, 0xAARRGGBB. */
    public int[] shardPixels() {
        return IntStream.range(0, SHARDS).map(n -> pixel(shard(n))).toArray();
    }

    public static int pixel(Color c) {
        return 0xFF000000
                | (int) Math.round(c.getRed() * 255) << 16
                | (int) Math.round(c.getGreen() * 255) << 8
                | (int) Math.round(c.getBlue() * 255);
    }

    /** The names of every colour, for tests that compare themes. */
    public List<String> names() {
        return tokens.keySet().stream().sorted().toList();
    }
}
