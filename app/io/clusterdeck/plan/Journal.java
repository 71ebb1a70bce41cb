package io.clusterdeck.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.say.SayJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record of one run: a file of JSON lines to which is only ever added, each line on the disk (fsync) before the run goes on.
 * The first line says its version and holds the whole plan as it was approved. Safe for use by many threads.
 */
final class Journal implements AutoCloseable {

    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Not a FileChannel: that one closes for good when an interrupted (cancelled) thread writes. */
    private final RandomAccessFile file;

    private final JournalTap tap;
    private String hash;
    private @Nullable Throwable end;

    /** It can't be written any more. */
    static final class Broken extends RuntimeException {
        Broken(Throwable why) {
            super(why);
        }
    }

    private Journal(RandomAccessFile file, JournalTap tap, String hash) {
        this.file = file;
        this.tap = tap;
        this.hash = hash;
    }

    static Path file(Path folder, PlanId id) {
        return folder.resolve(id.value().replace(':', '_') + ".jsonl");
    }

    /** A new one, readable by this user only. Fails with FileAlreadyExistsException where the plan ran before. */
    static Journal create(Path file, JournalTap tap) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        folder(folder);
        if (!begun(file)) {
            Files.deleteIfExists(file);
        }
        Files.createFile(file, rights(folder, "rw-------"));
        if (posix(folder)) {
            try (var entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                entry.force(true);
            }
        }
        return new Journal(new RandomAccessFile(file.toFile(), "rw"), tap, "");
    }

    /** Whether it is there and has a whole line; without one nothing was done. */
    static boolean begun(Path file) throws IOException {
        return Files.exists(file) && new String(Files.readAllBytes(file), StandardCharsets.UTF_8).indexOf('\n') >= 0;
    }

    /** For journals; made if it is missing, for this user only. */
    static void folder(Path folder) throws IOException {
        Files.createDirectories(folder, rights(folder, "rwx------"));
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Of a file or folder that is to be made; none where the system knows no such rights. */
    static FileAttribute<?>[] rights(Path path, String rights) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    /** One that goes on behind its last whole line: a line that a crash cut short is cut off. */
    static Journal reopen(Path file, JournalTap tap, String hash) throws IOException {
        var bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        var open = new RandomAccessFile(file.toFile(), "rw");
        open.setLength(end);
        open.seek(end);
        return new Journal(open, tap, hash);
    }

    /**
     * Writes down an event, if it is one that lasts: what only passes by (a check, a line of output) is not kept. Throws
     * {@link Broken}, and from then on always: a run must not go on unwritten.
     *
     * @param tail the last lines of the step that it ends
     */
    synchronized void write(RunEvent event, List<String> tail) {
        var node = JSON.createObjectNode().put("at", event.at().toString());
        if (!fill(node, event)) {
            return;
        }
        if (!tail.isEmpty()) {
            var lines = node.putArray("tail");
            tail.forEach(lines::add);
        }
        append(node.toString());
    }

    private void append(String line) {
        switch (end) {
            case null -> {}
            case JournalTap.Halted dead -> throw dead;
            case Throwable failed -> throw new Broken(failed);
        }
        try {
            tap.before(line);
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
            tap.after(line);
        } catch (IOException failed) {
            end = failed;
            throw new Broken(failed);
        } catch (RuntimeException | Error ended) {
            end = ended;
            throw ended;
        }
    }

    private boolean fill(ObjectNode node, RunEvent event) {
        switch (event) {
            case RunEvent.Began b -> {
                node.put("is", "began").put("version", VERSION).put("resumed", b.resumed());
                var self = Holder.SELF;
                node.putObject("by")
                        .put("user", self.user())
                        .put("computer", self.computer())
                        .put("pid", self.pid())
                        .put("since", self.since().toString());
                node.set("consent", PlanJson.write(b.consent()));
                var now = PlanJson.hash(b.plan());
                if (!now.equals(hash)) {
                    hash = now;
                    node.set("plan", PlanJson.write(b.plan()));
                }
            }
            case RunEvent.StepBegan b
            when b.applying() ->
                step(node, "begun", b.step()).put("since", b.since().toString());
            case RunEvent.StepDone d ->
                step(node, d.applied() ? "done" : "already", d.step()).set("found", SayJson.write(d.found()));
            case RunEvent.StepFailed f -> {
                step(node, "failed", f.step()).set("why", SayJson.write(f.why()));
                node.set("next", SayJson.write(f.next()));
            }
            case RunEvent.StepUndone u -> step(node, "undone", u.step());
            case RunEvent.Paused p -> node.put("is", "paused").set("differences", SayJson.write(p.differences()));
            case RunEvent.Ended e ->
                node.put("is", "ended").put("outcome", e.outcome().name());
            case RunEvent.StageBegan s -> {
                return false;
            }
            case RunEvent.StepBegan checking -> {
                return false;
            }
            case RunEvent.StepLine l -> {
                return false;
            }
        }
        return true;
    }

    private static ObjectNode step(ObjectNode node, String is, StepId step) {
        return node.put("is", is).put("step", step.value());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
