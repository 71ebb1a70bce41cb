package io.clusterdeck.plan;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps two processes of this computer, and two runs of this process, from changing one cluster at a time; falls when the process dies. */
final class LocalLock implements AutoCloseable {

    /** Far behind the text, which others must be able to read while the file is locked. */
    private static final long BYTE = Long.MAX_VALUE - 1;

    /** What this process holds. Asked first: a file lock falls as soon as any channel to the file is closed in the same process. */
    private static final Map<Path, Say> OURS = new ConcurrentHashMap<>();

    private final Path folder;
    private final FileChannel channel;

    private LocalLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @param runs the folder of the cluster's journals, which exists */
    static LocalLock take(Path runs, PlanId plan) throws IOException, NotAllowed {
        var folder = runs.toRealPath();
        var since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var other = OURS.putIfAbsent(folder, leased(Holder.SELF.who(), since.toString(), plan.value()));
        if (other != null) {
            throw refused(other);
        }
        try {
            return take(folder, Holder.SELF.who() + "\n" + since + "\n" + plan + "\n");
        } catch (IOException | NotAllowed | RuntimeException failed) {
            OURS.remove(folder);
            throw failed;
        }
    }

    private static LocalLock take(Path folder, String text) throws IOException, NotAllowed {
        var file = folder.resolve("lock");
        var channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Journal.rights(folder, "rw-------"));
        try {
            if (channel.tryLock(BYTE, 1, false) == null) {
                var lines = Files.readAllLines(file);
                throw refused(
                        lines.size() < 3
                                ? leased("?", "?", "?")
                                : leased(lines.getFirst(), lines.get(1), lines.get(2)));
            }
            channel.truncate(0).write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            return new LocalLock(folder, channel);
        } catch (IOException | NotAllowed | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static Say leased(String who, String since, String plan) {
        return Say.of("plan.leased", "who", who, "since", since, "plan", plan);
    }

    private static NotAllowed refused(Say why) {
        return new NotAllowed(why, Say.of("plan.leased.next"));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OURS.remove(folder);
    }
}
