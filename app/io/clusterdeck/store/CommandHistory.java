package io.clusterdeck.store;

import io.clusterdeck.say.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Lines that were typed, oldest first, one a line; whoever adds leaves out what holds a secret. Several processes may add. */
public final class CommandHistory {

    private static final int KEPT = 1_000;

    private final Path file;

    CommandHistory(Path file) {
        this.file = file;
    }

    /** The latest. */
    public List<String> last() throws Failure {
        try {
            var all = Files.readAllLines(file, StandardCharsets.UTF_8);
            return List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size()));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw Kept.unreadable(file, failed);
        }
    }

    public void add(String line) throws Failure {
        try (var channel = Files0600.append(file)) {
            Files0600.write(channel, (line.replaceAll("\\R", " ") + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw Kept.unwritable(file, failed);
        }
    }
}
