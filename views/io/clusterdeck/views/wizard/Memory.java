package io.clusterdeck.views.wizard;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Sizes as redis.conf has them (memtoll in util.c: k is 1000, kb is 1024, and so on; letters of any case). */
final class Memory {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([a-z]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "b",
            1L,
            "k",
            1_000L,
            "kb",
            1_024L,
            "m",
            1_000_000L,
            "mb",
            1_048_576L,
            "g",
            1_000_000_000L,
            "gb",
            1_073_741_824L);

    private Memory() {}

    /** 0 where it says nothing. */
    static long bytes(String text) {
        var size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            return 0;
        }
        var unit = UNITS.get(size.group(2));
        return unit == null ? 0 : Long.parseLong(size.group(1)) * unit;
    }
}
