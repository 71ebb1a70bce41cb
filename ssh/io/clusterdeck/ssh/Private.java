package io.clusterdeck.ssh;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Attributes of files that only this user may enter or read; where the file system knows no permissions, none. */
final class Private {

    private Private() {}

    static FileAttribute<?>[] folder() {
        return only("rwx------");
    }

    static FileAttribute<?>[] file() {
        return only("rw-------");
    }

    private static FileAttribute<?>[] only(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
