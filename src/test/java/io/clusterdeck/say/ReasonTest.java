package io.clusterdeck.say;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** An exception in a Say is what a person would say of it. */
class ReasonTest {

    private static Object why(Throwable why) {
        return Say.of("x", "why", why).args().get("why");
    }

    @Test
    void aReasonNamesNoClassAndNoPathTwice() {
        assertEquals(Say.of("file.denied"), why(new AccessDeniedException("/x")));
        assertEquals(Say.of("file.missing"), why(new NoSuchFileException("/x")));
        assertEquals(Say.of("file.no-folder"), why(new NotDirectoryException("/x")));
        assertEquals("Too many links", why(new FileSystemException("/x", null, "Too many links")));
        assertEquals("Broken pipe", why(new IOException("Broken pipe")));
        assertEquals("TimeoutException", why(new TimeoutException()));
    }

    @Test
    void whatTheSystemSaysMostOftenHasWordsInBothLanguages() {
        assertEquals(Say.of("file.folder"), why(new IOException("Is a directory")));
        assertEquals(Say.of("file.full"), why(new FileSystemException("/x", null, "No space left on device")));
        assertEquals(Say.of("file.read-only"), why(new FileSystemException("/x", null, "Read-only file system")));
        assertEquals(Say.of("file.denied"), why(new FileNotFoundException("/x (1) (Permission denied)")));
    }
}
