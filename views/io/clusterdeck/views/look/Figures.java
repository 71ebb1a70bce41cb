package io.clusterdeck.views.look;

import io.clusterdeck.words.Words;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/** Numbers as they stand on the screen. */
public final class Figures {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** A space between a number and its unit, in both languages. */
    private static final Pattern UNIT =
            Pattern.compile("(?<=\\d) (?=(?:(?:ms|s|min|h|B|[KMGTP]iB|k|M|G|keys?|slots?|nodes?)\\b|[毫秒分小天个]))");

    private static final Pattern RANGE = Pattern.compile("(?<=\\d)([–:])(?=\\d)");

    private Figures() {}

    /** The same words, but no line ends between a number and what it counts, nor within a range or an address. */
    public static String joined(String words) {
        return RANGE.matcher(UNIT.matcher(words).replaceAll("\u00a0")).replaceAll("$1\ufeff");
    }

    /** {@code 812}, {@code 18.4 k}, {@code 1.20 M}: three digits and a unit. */
    public static String brief(Words words, double n) {
        return n < 1000 ? Long.toString(Math.round(n)) : scaled(words, n, 1000, List.of("k", "M", "G", "T"));
    }

    /** {@code 16,384}. */
    public static String whole(Words words, long n) {
        return NumberFormat.getIntegerInstance(words.locale()).format(n);
    }

    /** {@code 1.30 GiB}: as {@link Words#bytes}, always with three digits, so that a column does not dance. */
    public static String size(Words words, long n) {
        return Math.abs(n) < 1000 ? n + " B" : scaled(words, n, 1024, List.of("KiB", "MiB", "GiB", "TiB"));
    }

    private static String scaled(Words words, double n, int base, List<String> units) {
        double v = n;
        int unit = -1;
        while (Math.abs(v) >= 999.5 && unit < units.size() - 1) {
            v /= base;
            unit++;
        }
        var format = NumberFormat.getNumberInstance(words.locale());
        int digits = Math.abs(v) < 9.995 ? 2 : Math.abs(v) < 99.95 ? 1 : 0;
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(v) + " " + units.get(unit);
    }

    /** A long path over several lines of at most {@code most} characters, broken behind slashes where there are any. */
    public static String folded(String path, int most) {
        var lines = new StringBuilder();
        int line = 0;
        for (var part : path.split("(?<=/)")) {
            if (line > 0 && line + part.length() > most) {
                lines.append('\n');
                line = 0;
            }
            lines.append(part);
            line += part.length();
        }
        return lines.toString();
    }

    /** {@code 2026-11-22}. */
    public static String day(Instant at) {
        return DateTimeFormatter.ISO_LOCAL_DATE.format(at.atZone(ZoneId.systemDefault()));
    }

    public static String clock(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    /** How long ago, as {@link Words#millis}. */
    public static String since(Words words, Instant then, Instant now) {
        return words.millis(Math.max(0, Duration.between(then, now).toMillis()));
    }
}
