package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.Release;
import io.clusterdeck.redis.build.Blueprint.Source;
import io.clusterdeck.say.Say;
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
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The redis.conf that nodes' files are made from, as far as it is known before a host has it.
 *
 * @param basis where it is from, and whether it is the whole file
 */
record ReleaseConf(byte[] bytes, Say basis) {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseConf.class);
    /** Of a header in a ustar archive (tar(5)): the name, and the size in octal digits. */
    private static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int SIZE_DIGITS = 11;
    private static final int MOST = 1 << 20;

    /** In a release's tarball. */
    private static final Pattern RELEASED = Pattern.compile("(\\./)?[^/]+/redis\\.conf");

    /** In an archive of ready programs, where {@code install.sh} looks. */
    private static final Pattern PACKED = Pattern.compile("(\\./)?([^/]+/)?redis\\.conf");

    /**
     * The whole file where its archive lies on this computer; else the lines of the release's that say something, which are known here
     * (resources/redis/directives-*.conf), or our own for sources that bring none. Blocks: reads the archive.
     *
     * @param shelf as in {@link BuildSteps#kinds}: a tarball that came by this computer lies there
     */
    static ReleaseConf of(Release release, Path shelf) {
        return switch (release.source()) {
            case Source.Upload u -> in(here(u.file()), RELEASED).orElseGet(() -> known(release));
            case Source.Download d ->
                in(Optional.of(shelf.resolve(d.sha256())), RELEASED).orElseGet(() -> known(release));
            case Source.Programs p -> in(here(p.file()), PACKED).orElseGet(ReleaseConf::ours);
            case Source.Packaged p -> ours();
            case Source.Installed i -> ours();
        };
    }

    private static Optional<Path> here(String file) {
        try {
            return Optional.of(Path.of(Builders.here(file)));
        } catch (InvalidPathException odd) {
            LOG.debug("{} is no path", file, odd);
            return Optional.empty();
        }
    }

    private static Optional<ReleaseConf> in(Optional<Path> archive, Pattern name) {
        if (archive.filter(Files::exists).isEmpty()) {
            return Optional.empty();
        }
        var folder = ProgramsFolder.of(archive.get());
        try {
            return (folder.isPresent() ? conf(folder.get()) : in(archive.get(), name))
                    .map(b -> new ReleaseConf(b, Say.of("build.basis.file", "file", archive.get())));
        } catch (IOException unreadable) {
            LOG.info("{} can't be read, so its redis.conf is not known", archive.get(), unreadable);
            return Optional.empty();
        }
    }

    private static Optional<byte[]> conf(ProgramsFolder folder) throws IOException {
        return folder.conf().isPresent()
                ? Optional.of(Files.readAllBytes(folder.conf().get()))
                : Optional.empty();
    }

    /** The first file of such a name in a .tar.gz; empty where there is none. */
    private static Optional<byte[]> in(Path tarball, Pattern wanted) throws IOException {
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
                if (wanted.matcher(name).matches() && size <= MOST) {
                    return Optional.of(in.readNBytes((int) size));
                }
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
            }
        } catch (EOFException cut) {
            return Optional.empty();
        }
    }

    private static ReleaseConf known(Release release) {
        var version = release.version().split("\\.");
        boolean seven = !version[0].isEmpty() && version[0].compareTo("7") >= 0;
        var text =
                new String(resource("/redis/directives-" + (seven ? "7.0" : "6.2") + ".conf"), StandardCharsets.UTF_8);
        // its first line is about the file itself
        var bytes = text.substring(text.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8);
        return new ReleaseConf(bytes, Say.of("build.basis.known"));
    }

    private static ReleaseConf ours() {
        return new ReleaseConf(resource(InstallStep.CONF), Say.of("build.basis.ours"));
    }

    private static byte[] resource(String name) {
        try (InputStream in = ReleaseConf.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
