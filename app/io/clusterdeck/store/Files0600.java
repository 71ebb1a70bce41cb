package io.clusterdeck.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Files and folders that only this user may enter or read. Where the system knows no such rights (Windows) the user's profile guards them. */
final class Files0600 {

    private Files0600() {}

    static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, rights(folder, "rwx------"));
    }

    /** Takes the place of what was there in one step, once it is on the disk: a reader or a crash sees the old or the new one, whole. */
    static void replace(Path file, byte[] content) throws IOException {
        var target = file.toAbsolutePath();
        var folder = folder(Objects.requireNonNull(target.getParent()));
        var temporary = Files.createTempFile(folder, ".new-", ".tmp", rights(folder, "rw-------"));
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                write(channel, content);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        if (posix(folder)) {
            try (var entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                entry.force(true);
            }
        }
    }

    /** Makes a file that is whole from the moment it is there. Fails with FileAlreadyExistsException where there is one, whoever made it. */
    static void create(Path file, byte[] content) throws IOException {
        var target = file.toAbsolutePath();
        var folder = folder(Objects.requireNonNull(target.getParent()));
        var temporary = Files.createTempFile(folder, ".new-", ".tmp", rights(folder, "rw-------"));
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                write(channel, content);
                channel.force(true);
            }
            link(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A second name is given only where there is none; file systems without them (FAT) leave a moment in which two may meet. */
    private static void link(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException there) {
            throw there;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            if (Files.exists(target)) {
                throw (IOException) new FileAlreadyExistsException(target.toString()).initCause(noLinks);
            }
            Files.move(temporary, target);
        }
    }

    /** Opens for appending; made if it is missing. */
    static FileChannel append(Path file) throws IOException {
        var target = file.toAbsolutePath();
        var folder = folder(Objects.requireNonNull(target.getParent()));
        Set<StandardOpenOption> options =
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        return FileChannel.open(target, options, rights(folder, "rw-------"));
    }

    static void write(FileChannel channel, byte[] content) throws IOException {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static FileAttribute<?>[] rights(Path path, String rights) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }
}
