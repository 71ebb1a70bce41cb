package io.clusterdeck.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    /** The policy's clock is turned, as its own tests turn it: ten days, from today on. */
    @Test
    void aNewFileBeginsAtMidnightAndAWeekIsKept(@TempDir Path folder) throws Exception {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var logger = context.getLogger("x");
        var appender = LogFile.appender(context, folder);
        var clock =
                ((TimeBasedRollingPolicy<?>) appender.getRollingPolicy()).getTimeBasedFileNamingAndTriggeringPolicy();
        logger.addAppender(appender);
        var today = LocalDate.now(ZoneOffset.UTC);
        try {
            for (int day = 0; day < 10; day++) {
                var midnight = today.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant();
                if (day > 0) {
                    clock.setCurrentTime(midnight.toEpochMilli());
                }
                logger.info("of day {}", day);
                // by a thread of its own, which takes for done what a later day's has begun
                var old = of(folder, today.plusDays(day - 8));
                Awaitility.await("the day before a week is removed")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> !Files.exists(old));
            }
            for (int day = 2; day < 10; day++) {
                var lines = Files.readAllLines(of(folder, today.plusDays(day)));
                assertEquals(1, lines.size(), lines.toString());
                assertTrue(lines.getFirst().endsWith("of day " + day), lines.toString());
            }
        } finally {
            appender.stop();
            context.stop();
        }
    }

    private static Path of(Path folder, LocalDate day) {
        return folder.resolve("clusterdeck-" + day + ".log");
    }
}
