package io.clusterdeck.redis.probe;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The probe's own record of what was acknowledged to it, one line each: milliseconds, node, key. They stand in parts beside the file, and a
 * part goes when all of it was read back: a drill of hours keeps no more than its last minutes. In the file itself stays what is needed to
 * the end: lines that begin with two hyphens tell beforehand which keys will be there, those that begin with {@code lost} which were not
 * there any more. A thread of its own writes: a disk that is busy must not hold up who measures. Safe for use by many threads.
 */
final class AckLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AckLog.class);

    /** Something to be written, in its turn. */
    private interface Note {
        void write() throws IOException;
    }

    private static final Note END = () -> {};

    /** So many keys are told of at once. */
    static final int BLOCK = 1_000;

    /** So many lines make a part, about 8 MB: where 32 shards are probed, those of a minute. */
    private static final int PART = 100_000;

    private record Part(Path file, long last) {}

    private final Path file;
    private final int most;
    private final Writer out;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final BlockingQueue<Note> notes = new LinkedBlockingQueue<>();
    private final Thread writing;
    private Writer part = Writer.nullWriter();
    private int count;
    private int left;
    private long last;

    AckLog(Path file) throws NotAllowed {
        this(file, PART);
    }

    /** @param most lines of a part */
    AckLog(Path file, int most) throws NotAllowed {
        this.file = file;
        this.most = most;
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

    private Path part(int n) {
        return file.resolveSibling(file.getFileName() + "." + n);
    }

    void write(String key, ShardProbe.Ack ack) {
        add(() -> acknowledged(ack.at(), line(key, ack)));
    }

    /** Told a block before the first of them is used: a process may die with lines that are not written yet. */
    void mayUse(String lastKey) {
        add(() -> out.write("- - " + lastKey + "\n"));
    }

    /** It was acknowledged, and is gone. */
    void lost(String key, ShardProbe.Ack ack) {
        add(() -> out.write("lost " + line(key, ack)));
    }

    /** Of what was acknowledged before this time everything was read back. */
    void forget(long before) {
        add(() -> dropBefore(before));
    }

    private static String line(String key, ShardProbe.Ack ack) {
        return ack.at() + " " + ack.by() + " " + key + "\n";
    }

    /** Nobody takes what is added after its writer has ended. */
    private void add(Note note) {
        if (writes()) {
            notes.add(note);
        }
    }

    boolean writes() {
        return writing.isAlive();
    }

    /** What is not written yet. */
    int waiting() {
        return notes.size();
    }

    private void acknowledged(long at, String line) throws IOException {
        if (left == 0) {
            part.close();
            if (count > 0) {
                parts.addLast(new Part(part(count), last));
            }
            part = Files.newBufferedWriter(part(++count));
            left = most;
        }
        part.write(line);
        left--;
        last = Math.max(last, at);
    }

    private void dropBefore(long before) throws IOException {
        while (!parts.isEmpty() && parts.getFirst().last() < before) {
            Files.delete(parts.removeFirst().file());
        }
    }

    private void writeAll() {
        try (out) {
            for (var note = notes.take(); note != END; note = notes.take()) {
                note.write();
                if (notes.isEmpty()) {
                    out.flush();
                    part.flush();
                }
            }
        } catch (IOException full) {
            LOG.error("what is acknowledged can't be written down any more; it is still remembered", full);
        } catch (InterruptedException stop) {
            LOG.error("the log of acknowledged writes is not whole", stop);
        } finally {
            closePart();
            notes.clear();
        }
    }

    private void closePart() {
        try {
            part.close();
        } catch (IOException full) {
            LOG.error("the last of what was acknowledged is not written down", full);
        }
    }

    /** Nothing of it is wanted any more but what stays in the file: everything was read back, or its keys are gone. */
    static void forgetParts(Path file) throws IOException {
        var begins = file.getFileName() + ".";
        try (var found = Files.newDirectoryStream(
                file.toAbsolutePath().getParent(),
                f -> f.getFileName().toString().startsWith(begins))) {
            for (var part : found) {
                Files.deleteIfExists(part);
            }
        }
    }

    /** Returns when all of it is written. */
    @Override
    public void close() {
        notes.add(END);
        try {
            writing.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
