package io.clusterdeck.redis.probe;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The probe's own record of what was acknowledged to it, one line each: milliseconds, node, key. Lines that begin with two hyphens tell
 * beforehand which keys will be there. A thread of its own writes it: a disk that is busy must not hold up who measures. Safe for use by
 * many threads.
 */
final class AckLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AckLog.class);
    private static final String END = "";

    /** So many keys are told of at once. */
    static final int BLOCK = 1_000;

    private final Writer out;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread writing;

    AckLog(Path file) throws NotAllowed {
        try {
            out = Files.newBufferedWriter(file);
        } catch (IOException unwritable) {
            throw new NotAllowed(
                    Say.of("probe.unwritable", "file", file, "why", unwritable),
                    Say.of("probe.unwritable.next"),
                    unwritable);
        }
        writing = Thread.ofVirtual().name("probe notes " + file.getFileName()).start(this::writeAll);
    }

    void write(String key, ShardProbe.Ack ack) {
        add(ack.at() + " " + ack.by() + " " + key + "\n");
    }

    /** Told a block before the first of them is used: a process may die with lines that are not written yet. */
    void mayUse(String lastKey) {
        add("- - " + lastKey + "\n");
    }

    /** Nobody takes what is added after its writer has ended. */
    private void add(String line) {
        if (writes()) {
            lines.add(line);
        }
    }

    boolean writes() {
        return writing.isAlive();
    }

    /** Lines that are not written yet. */
    int waiting() {
        return lines.size();
    }

    private void writeAll() {
        try (out) {
            for (var line = lines.take(); !line.equals(END); line = lines.take()) {
                out.write(line);
                if (lines.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException full) {
            LOG.error("what is acknowledged can't be written down any more; it is still remembered", full);
        } catch (InterruptedException stop) {
            LOG.error("the log of acknowledged writes is not whole", stop);
        } finally {
            lines.clear();
        }
    }

    /** Returns when all of it is written. */
    @Override
    public void close() {
        lines.add(END);
        try {
            writing.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
