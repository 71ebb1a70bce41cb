package io.clusterdeck.deck.paper;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files for whoever helps, already without secrets. Nothing is written before {@link #save}. */
public record SupportBundle(Instant at, List<Part> parts) {

    /**
     * One file of it.
     *
     * @param name its path in the archive
     * @param cut whether only its end is in it, since it was too long
     */
    public record Part(String name, String text, boolean cut) {
        /** Bytes. */
        public long size() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    public SupportBundle {
        parts = List.copyOf(parts);
    }

    /** A name for the archive that sorts by time. */
    public String fileName() {
        return "clusterdeck-support-" + at.toString().substring(0, 19).replace(":", "") + ".zip";
    }

    /** Writes the archive; a file that was at that place is replaced once it is whole, a device or a link is written to. */
    public void save(Path file) throws Failure {
        var target = file.toAbsolutePath();
        try {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
                zip(target);
                return;
            }
            var folder = Objects.requireNonNull(target.getParent());
            var temporary = Files.createTempFile(folder, ".support-", ".tmp");
            try {
                zip(temporary);
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failed) {
            throw unwritable(target, failed);
        }
    }

    private void zip(Path to) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(to))) {
            for (var part : parts) {
                var entry = new ZipEntry(part.name());
                entry.setTime(at.toEpochMilli());
                zip.putNextEntry(entry);
                zip.write(part.text().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    /** A file of ours that the operator wanted somewhere else than it can be. */
    public static NotAllowed unwritable(Path file, IOException why) {
        return new NotAllowed(
                Say.of("paper.unwritable", "file", file, "why", why), Say.of("paper.unwritable.next"), why);
    }
}
