package io.clusterdeck.say;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something went wrong, for a person: without the names of our classes, and without the path that the sentence around it names. */
final class Reason {

    private Reason() {}

    /** A Say where the runtime has no words of its own, else the system's message. */
    static Object of(Throwable why) {
        return switch (why) {
            case AccessDeniedException denied -> Say.of("file.denied");
            case NoSuchFileException missing -> Say.of("file.missing");
            case FileAlreadyExistsException there -> Say.of("file.exists");
            case NotDirectoryException file -> Say.of("file.no-folder");
            case ClosedByInterruptException stopped -> Say.of("file.interrupted");
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default ->
                why.getMessage() == null || why.getMessage().isBlank()
                        ? why.getClass().getSimpleName()
                        : why.getMessage();
        };
    }
}
