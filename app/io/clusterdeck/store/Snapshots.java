package io.clusterdeck.store;

import io.clusterdeck.say.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.LoggerFactory;

/**
 * The kept states of one cluster: JSON documents, compressed, named by their time (UTC) and why they were taken,
 * {@code 20261122-090312-000-change.json.gz}. Several processes may keep and remove at once.
 */
public final class Snapshots {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("(\\d{8}-\\d{6}-\\d{3})(?:-([a-z]+))?(?:-\\d+)?\\.json\\.gz");

    /** Far above what 10,000 nodes need; a file that grows beyond it when it is unpacked is none of ours. */
    private static final int LARGEST = 64 << 20;

    /** One of them. @param why as its name tells it: {@code hand} for those that do not say */
    public record Entry(Path file, Instant at, String why) {}

    private final Path folder;

    Snapshots(Path folder) {
        this.folder = folder;
    }

    /** Keeps a document and says where; never in place of another. @param why a word of small letters */
    public Entry keep(Instant at, String why, String json) throws Failure {
        var content = packed(json);
        for (int n = 1; ; n++) {
            var file = folder.resolve(STAMP.format(at) + "-" + why + (n == 1 ? "" : "-" + n) + ".json.gz");
            try {
                Files0600.create(file, content);
                return new Entry(file, at, why);
            } catch (FileAlreadyExistsException taken) {
                if (!Files.exists(
                        file, LinkOption.NOFOLLOW_LINKS)) { // what is taken is the folder's name, and stays so
                    throw Kept.unwritable(folder, taken);
                }
                LoggerFactory.getLogger(Snapshots.class).trace("{} is taken", file, taken);
            } catch (IOException failed) {
                throw Kept.unwritable(file, failed);
            }
        }
    }

    private static byte[] packed(String json) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // it is written to memory
        }
        return bytes.toByteArray();
    }

    /** Newest first; other files in the folder are left alone. */
    public List<Entry> all() throws Failure {
        var found = new ArrayList<Entry>();
        try (var entries = Files.newDirectoryStream(folder, "*.json.gz")) {
            entries.forEach(file -> entry(file).ifPresent(found::add));
        } catch (NoSuchFileException none) {
            LoggerFactory.getLogger(Snapshots.class).trace("none yet", none);
        } catch (IOException failed) {
            throw Kept.unreadable(folder, failed);
        }
        found.sort(Comparator.comparing(Entry::at)
                .thenComparing(e -> e.file().getFileName().toString())
                .reversed());
        return found;
    }

    private static Optional<Entry> entry(Path file) {
        var name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            var at = Instant.from(STAMP.parse(name.group(1)));
            return Optional.of(new Entry(file, at, name.group(2) == null ? "hand" : name.group(2)));
        } catch (DateTimeException noTime) {
            LoggerFactory.getLogger(Snapshots.class).debug("{} is none of ours", file, noTime);
            return Optional.empty();
        }
    }

    /** The document in a file, ours or anybody's, packed or not. */
    public static String read(Path file) throws Failure {
        try (var in = Files.newInputStream(file)) {
            return unpacked(in);
        } catch (IOException failed) {
            throw Kept.unreadable(file, failed);
        }
    }

    private static String unpacked(InputStream in) throws IOException {
        var start = in.readNBytes(2);
        // the mark of RFC 1952
        boolean zip = start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
        var whole = new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(start), in);
        var bytes = (zip ? new GZIPInputStream(whole) : whole).readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException("larger than " + LARGEST + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** One that is gone already, because another process was faster, is as good. */
    public static void remove(Entry entry) throws Failure {
        try {
            Files.deleteIfExists(entry.file());
        } catch (IOException failed) {
            throw Kept.unwritable(entry.file(), failed);
        }
    }
}
