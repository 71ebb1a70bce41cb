package io.clusterdeck.say;

import java.io.FileNotFoundException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/** Why something went wrong, for a person: without the names of our classes, and without the path that the sentence around it names. */
final class Reason {

    /** What the system says most often, in its own words. */
    private static final Map<String, Say> KNOWN = Map.of(
            "Permission denied", Say.of("file.denied"),
            "No such file or directory", Say.of("file.missing"),
            "Not a directory", Say.of("file.no-folder"),
            "Is a directory", Say.of("file.folder"),
            "No space left on device", Say.of("file.full"),
            "Read-only file system", Say.of("file.read-only"));

    private Reason() {}

    /** A Say where the runtime has no words of its own or the system's are well known, else the system's message. */
    static Object of(Throwable why) {
        return switch (why) {
            case AccessDeniedException denied -> Say.of("file.denied");
            case NoSuchFileException missing -> Say.of("file.missing");
            case FileAlreadyExistsException there -> Say.of("file.exists");
            case NotDirectoryException file -> Say.of("file.no-folder");
            case ClosedByInterruptException stopped -> Say.of("file.interrupted");
            case FileSystemException other when other.getReason() != null -> known(other.getReason());
            case FileNotFoundException other when other.getMessage() != null -> known(bracketed(other.getMessage()));
            default ->
                why.getMessage() == null || why.getMessage().isBlank()
                        ? why.getClass().getSimpleName()
                        : known(why.getMessage());
        };
    }

    private static Object known(String message) {
        var known = KNOWN.get(message);
        return known == null ? message : known;
    }

    /** Without the path before it. */
    private static String bracketed(String message) {
        return message.endsWith(")") ? message.substring(message.lastIndexOf('(') + 1, message.length() - 1) : message;
    }
}
