package io.clusterdeck.store;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program's own log as a file of each day beside what it keeps, readable by this user only; a week of them. */
public final class LogFile {

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
    private static final int DAYS = 7;
    private static final String OURS = "io.clusterdeck";

    private LogFile() {}

    /** From now on what is told to the log is written there, too; standard error gets no more than before. */
    public static void begin(Home home) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        var folder = home.folder().resolve("logs");
        var file = folder.resolve("clusterdeck-" + LocalDate.now(ZoneOffset.UTC) + ".log");
        try {
            Files0600.append(file)
                    .close(); // so that the first one is ours alone; later ones lie in the same private folder
        } catch (IOException unwritable) {
            LOG.warn("no log is written to {}: {}", folder, unwritable.toString());
            return;
        }
        quiet(context);
        context.getLogger(OURS).addAppender(appender(context, folder));
        context.getLogger(OURS).setLevel(Level.INFO);
        Thread.setDefaultUncaughtExceptionHandler((thread, why) -> LOG.error("{} ended", thread.getName(), why));
    }

    static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, Path folder) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} [%thread] %msg%n%ex");
        encoder.start();
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        var days = new TimeBasedRollingPolicy<ILoggingEvent>();
        days.setContext(context);
        days.setParent(appender);
        days.setFileNamePattern(
                folder.resolve("clusterdeck-%d{yyyy-MM-dd,UTC}.log").toString());
        days.setMaxHistory(DAYS);
        days.setTotalSizeCap(FileSize.valueOf("200MB"));
        days.setCleanHistoryOnStart(true);
        days.start();
        appender.setRollingPolicy(days);
        appender.start();
        return appender;
    }

    /** What reached standard error by the loggers' levels is now kept from it by a filter. */
    private static void quiet(LoggerContext context) {
        var before = context.getLogger(OURS).getEffectiveLevel();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        for (var appenders = root.iteratorForAppenders(); appenders.hasNext(); ) {
            var filter = new ThresholdFilter();
            filter.setLevel(before.toString());
            filter.start();
            appenders.next().addFilter(filter);
        }
    }
}
