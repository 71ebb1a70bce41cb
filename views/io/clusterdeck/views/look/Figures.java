package io.clusterdeck.views.look;

import io.clusterdeck.words.Words;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Numbers as they stand on the screen. */
public final class Figures {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** A space between a number and its unit, in both languages. */
    private static final Pattern UNIT =
            Pattern.compile("(?<=\\d) (?=(?:(?:ms|s|min|h|B|kB|MB|GB|TB|k|M|G|keys?|slots?|nodes?)\\b|[毫秒分小天个]))");

    private static final Pattern RANGE = Pattern.compile("(?<=\\d)([–:])(?=\\d)");

    private Figures() {}

    /** The same words, but no line ends between a number and what it counts, nor within a range or an address. */
    public static String joined(String words) {
        return RANGE.matcher(UNIT.matcher(words).replaceAll("\u00a0")).replaceAll("$1\ufeff");
    }

    /** {@code 812}, {@code 18.4 k}, {@code 1.20 M}: three digits and a unit. */
    public static String brief(Words words, double n) {
        if (n < 1000) {
            return Long.toString(Math.round(n));
        }
        double v = n;
        int unit = -1;
        while (v >= 999.5 && unit < 3) {
            v /= 1000;
            unit++;
        }
        var format = NumberFormat.getNumberInstance(words.locale());
        int digits = v < 9.995 ? 2 : v < 99.95 ? 1 : 0;
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(v) + " " + "kMGT".charAt(unit);
    }

    /** {@code 16,384}. */
    public static String whole(Words words, long n) {
        return NumberFormat.getIntegerInstance(words.locale()).format(n);
    }

    /** {@code 1.30 GB}: as {@link Words#bytes}, always with three digits, so that a column does not dance. */
    public static String size(Words words, long n) {
        if (Math.abs(n) < 1000) {
            return n + " B";
        }
        return brief(words, n)
                .replace(" k", " kB")
                .replace(" M", " MB")
                .replace(" G", " GB")
                .replace(" T", " TB");
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
