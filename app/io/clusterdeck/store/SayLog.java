package io.clusterdeck.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log of JSON lines, {@code {"at", "by", "what"}}, to which is only ever added: each entry by one write to a file that was opened for
 * appending, so that entries of two processes never mix. Readable at any time. Safe for use by many threads.
 */
public final class SayLog {

    private static final Logger LOG = LoggerFactory.getLogger(SayLog.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long READ = 4 << 20;

    /** @param by the account and computer, {@code ops@deck1} */
    public record Entry(Instant at, String by, Say what) {}

    private final Path file;

    SayLog(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    public void add(Entry entry) throws Failure {
        var node = JSON.createObjectNode().put("at", entry.at().toString()).put("by", entry.by());
        node.set("what", SayJson.write(entry.what()));
        try (var channel = Files0600.append(file)) {
            // a line that a crash cut short must not swallow this one (a blank line too many does no harm)
            var line = (torn() ? "\n" : "") + node + "\n";
            Files0600.write(channel, line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw Kept.unwritable(file, failed);
        }
    }

    /** The latest entries, oldest first, at most {@code most} and from the last 4 MiB; lines that were cut short are left out. */
    public List<Entry> last(int most) throws Failure {
        var entries = new ArrayList<Entry>();
        for (var line : lines(READ)) {
            entry(line).ifPresent(entries::add);
        }
        return List.copyOf(entries.subList(Math.max(0, entries.size() - most), entries.size()));
    }

    /** @param unread how many lines say nothing: cut short, or written by another version */
    public record Whole(List<Entry> entries, int unread) {}

    /** Every entry, oldest first, from the beginning. */
    public Whole all() throws Failure {
        var entries = new ArrayList<Entry>();
        int unread = 0;
        for (var line : lines(Long.MAX_VALUE)) {
            var entry = entry(line);
            entry.ifPresent(entries::add);
            unread += entry.isEmpty() && !line.isBlank() ? 1 : 0;
        }
        return new Whole(List.copyOf(entries), unread);
    }

    private List<String> lines(long most) throws Failure {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, open.length() - most);
            open.seek(from);
            var bytes = new byte[(int) (open.length() - from)];
            open.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return from == 0 ? lines : lines.subList(1, lines.size());
        } catch (IOException failed) {
            throw Kept.unreadable(file, failed);
        }
    }

    private Optional<Entry> entry(String line) {
        try {
            var node = JSON.readTree(line);
            return Optional.of(new Entry(
                    Instant.parse(node.path("at").asText()),
                    node.path("by").asText(),
                    SayJson.read(node.path("what"))));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException torn) {
            LOG.debug("{} holds a line that is not whole", file, torn);
            return Optional.empty();
        }
    }

    private boolean torn() throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            if (open.length() == 0) {
                return false;
            }
            open.seek(open.length() - 1);
            return open.read() != '\n';
        }
    }
}
