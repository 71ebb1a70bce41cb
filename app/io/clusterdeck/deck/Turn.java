package io.clusterdeck.deck;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Whose turn it is to keep a cluster's history: a file lock, which falls when its process dies. */
final class Turn implements AutoCloseable {

    /** What this process holds: file locks do not tell its threads apart. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final @Nullable FileChannel channel;

    private Turn(Path folder, @Nullable FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @param folder the cluster's; where there is none, there is nothing to keep either */
    static Turn take(Path folder) {
        if (!Files.isDirectory(folder) || !OURS.add(folder)) {
            return new Turn(folder, null);
        }
        try {
            var channel = FileChannel.open(
                    folder.resolve("history.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new Turn(folder, channel);
            }
            channel.close();
        } catch (IOException unlockable) {
            LoggerFactory.getLogger(Turn.class).debug("no turn in {}", folder, unlockable);
        }
        OURS.remove(folder);
        return new Turn(folder, null);
    }

    boolean ours() {
        return channel != null;
    }

    @Override
    public void close() {
        var held = channel;
        if (held != null) {
            try {
                held.close();
            } catch (IOException odd) {
                LoggerFactory.getLogger(Turn.class).debug("the turn in {} was not given back", folder, odd);
            }
            OURS.remove(folder);
        }
    }
}
