package io.clusterdeck.store;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
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
            Files0600.append(file).close();
            drop(folder);
        } catch (IOException unwritable) {
            LOG.warn("no log is written to {}: {}", folder, unwritable.toString());
            return;
        }
        quiet(context);
        context.getLogger(OURS).addAppender(appender(context, file));
        context.getLogger(OURS).setLevel(Level.INFO);
    }

    private static FileAppender<ILoggingEvent> appender(LoggerContext context, Path file) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} [%thread] %msg%n%ex");
        encoder.start();
        var appender = new FileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setAppend(true);
        appender.setEncoder(encoder);
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

    private static void drop(Path folder) throws IOException {
        var files = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, "clusterdeck-*.log")) {
            entries.forEach(files::add);
        }
        files.sort(Comparator.reverseOrder());
        for (var old : files.subList(Math.min(DAYS, files.size()), files.size())) {
            Files.deleteIfExists(old);
        }
    }
}
