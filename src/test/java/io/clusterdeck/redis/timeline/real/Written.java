package io.clusterdeck.redis.timeline.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A line that a server wrote; {@code at} in milliseconds of the day's clock. */
record Written(int node, long at, String text) {
    private static final Pattern LINE =
            Pattern.compile("\\d+:[MSCX] (\\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{3}) [.*#-] (.*)");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSS", Locale.ENGLISH);

    static List<Written> all(int node, Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .map(LINE::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(m -> new Written(node, millis(m.group(1)), m.group(2)))
                .toList();
    }

    private static long millis(String stamp) {
        return LocalDateTime.parse(stamp, STAMP)
                .atZone(ZoneId.systemDefault())
                .toInstant()
                .toEpochMilli();
    }
}
