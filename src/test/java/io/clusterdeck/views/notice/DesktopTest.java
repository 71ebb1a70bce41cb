package io.clusterdeck.views.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desktop is told by the first of the programs that is there. */
class DesktopTest {

    @TempDir
    Path folder;

    private ProcessBuilder writing(Path to) {
        return new ProcessBuilder("sh", "-c", "echo told >\"$1\"", "sh", to.toString());
    }

    @Test
    void whereNotifySendIsMissingAnotherTells() throws Exception {
        var second = folder.resolve("second");
        var third = folder.resolve("third");
        Desktop.tell(
                List.of(new ProcessBuilder(folder.resolve("missing").toString()), writing(second), writing(third)));
        assertTrue(Files.exists(second));
        assertFalse(Files.exists(third));
    }

    /** Each word is one of the command's, whatever is in it. */
    @Test
    void whatIsToldIsQuoted() {
        var ways = new Desktop("Linux").builders("orders' \\down\\", "<b> & so\non");
        assertEquals(2, ways.size());
        var send = ways.getFirst().command();
        assertEquals(
                List.of("--", "orders' \\down\\", "&lt;b&gt; &amp; so\non"),
                send.subList(send.size() - 3, send.size()));
        var bus = ways.getLast().command();
        assertTrue(bus.contains("'orders\\' \\\\down\\\\'"), bus::toString);
        assertTrue(bus.contains("'&lt;b&gt; &amp; so\\non'"), bus::toString);
    }
}
