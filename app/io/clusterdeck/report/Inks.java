package io.clusterdeck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The colours of one theme, {@code #rrggbb} each, read from the window's own style sheets. */
public record Inks(Map<Ink, String> values) {

    private static final Pattern TOKEN = Pattern.compile("-cd-([a-z0-9-]+):\\s*(#[0-9a-fA-F]{6})");

    /** For paper and for tickets. */
    public static final Inks LIGHT = read("/css/tokens-light.css");

    public static final Inks DARK = read("/css/tokens-dark.css");

    public Inks {
        values = Map.copyOf(values);
    }

    private static Inks read(String sheet) {
        try (var in = Inks.class.getResourceAsStream(sheet)) {
            if (in == null) {
                throw new IllegalStateException("no style sheet " + sheet);
            }
            var found = new EnumMap<Ink, String>(Ink.class);
            var matcher = TOKEN.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (matcher.find()) {
                for (var ink : Ink.values()) {
                    if (ink.token().equals(matcher.group(1))) {
                        found.put(ink, matcher.group(2));
                    }
                }
            }
            return new Inks(found);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** {@code none} for {@link Ink#NONE}. */
    public String of(Ink ink) {
        return values.getOrDefault(ink, "none");
    }

    /** As custom properties of a style sheet, {@code --cd-fg: #1f2328;}. */
    String properties() {
        var text = new StringBuilder();
        for (var ink : Ink.values()) {
            if (ink != Ink.NONE) {
                text.append("--cd-")
                        .append(ink.token())
                        .append(": ")
                        .append(of(ink))
                        .append("; ");
            }
        }
        return text.toString().strip();
    }
}
