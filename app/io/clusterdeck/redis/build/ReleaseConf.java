package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.Release;
import io.clusterdeck.redis.build.Blueprint.Source;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The redis.conf of a release: the whole file where its tarball lies on this computer, else the lines of it that say something, which are
 * known here (resources/redis/directives-*.conf).
 *
 * @param from the tarball that holds the whole file
 */
record ReleaseConf(byte[] bytes, Optional<Path> from) {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseConf.class);
    /** Of a header in a ustar archive (tar(5)): the name, and the size in octal digits. */
    private static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int SIZE_DIGITS = 11;
    private static final int MOST = 1 << 20;

    /** Blocks: reads the tarball. */
    static ReleaseConf of(Release release) {
        if (release.source() instanceof Source.Upload upload) {
            try {
                var tarball = Path.of(Builders.here(upload.file()));
                var whole = in(tarball);
                if (whole.isPresent()) {
                    return new ReleaseConf(whole.get(), Optional.of(tarball));
                }
            } catch (IOException | InvalidPathException unreadable) {
                LOG.info(
                        "{} can't be read, so the known directives stand for its redis.conf",
                        upload.file(),
                        unreadable);
            }
        }
        return new ReleaseConf(known(release), Optional.empty());
    }

    /** The file redis.conf of the folder that a .tar.gz holds; empty where there is none. */
    private static Optional<byte[]> in(Path tarball) throws IOException {
        try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(tarball), 1 << 16))) {
            var header = new byte[BLOCK];
            while (true) {
                in.readFully(header);
                var name = new String(header, 0, NAME, StandardCharsets.ISO_8859_1).replaceAll("\0.*", "");
                var digits = new String(header, SIZE, SIZE_DIGITS, StandardCharsets.ISO_8859_1).strip();
                if (name.isEmpty() || !digits.matches("[0-7]+")) {
                    return Optional.empty();
                }
                long size = Long.parseLong(digits, 8);
                if (name.matches("[^/]+/redis\\.conf") && size <= MOST) {
                    return Optional.of(in.readNBytes((int) size));
                }
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
            }
        } catch (EOFException cut) {
            return Optional.empty();
        }
    }

    private static byte[] known(Release release) {
        var version = release.version().split("\\.");
        boolean seven = !version[0].isEmpty() && version[0].compareTo("7") >= 0;
        var name = release.source() instanceof Source.Packaged
                ? InstallStep.CONF
                : "/redis/directives-" + (seven ? "7.0" : "6.2") + ".conf";
        try (InputStream in = ReleaseConf.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            // a line about the file itself is no part of the release's
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return (text.startsWith("# The directives") ? text.substring(text.indexOf('\n') + 1) : text)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
