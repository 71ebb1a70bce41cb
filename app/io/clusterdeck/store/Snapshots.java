package io.clusterdeck.store;

import io.clusterdeck.say.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.LoggerFactory;

/** The kept states of one cluster: JSON documents, compressed, named by their time (UTC). */
public final class Snapshots {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;

    Snapshots(Path folder) {
        this.folder = folder;
    }

    /** Keeps a document and says where. */
    public Path keep(Instant at, String json) throws Failure {
        var file = folder.resolve(STAMP.format(at) + ".json.gz");
        try {
            var bytes = new ByteArrayOutputStream();
            try (var zip = new GZIPOutputStream(bytes)) {
                zip.write(json.getBytes(StandardCharsets.UTF_8));
            }
            Files0600.replace(file, bytes.toByteArray());
            return file;
        } catch (IOException failed) {
            throw Kept.unwritable(file, failed);
        }
    }

    /** Newest first. */
    public List<Path> all() throws Failure {
        var files = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, "*.json.gz")) {
            entries.forEach(files::add);
        } catch (NoSuchFileException none) {
            LoggerFactory.getLogger(Snapshots.class).trace("none yet", none);
        } catch (IOException failed) {
            throw Kept.unreadable(folder, failed);
        }
        files.sort((a, b) -> b.getFileName().compareTo(a.getFileName()));
        return files;
    }

    public String read(Path file) throws Failure {
        try (var zip = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw Kept.unreadable(file, failed);
        }
    }
}
