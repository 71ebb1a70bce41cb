package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo from the command line, where its first port is somebody's: it says what it made, and stays where that is wished. */
@Tag("local")
class DemoWordTest {

    @TempDir
    Path folder;

    /** Holds the first port of a demo, unless somebody does. */
    private static ServerSocket taken() throws Exception {
        var socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000));
        } catch (java.net.BindException byAnother) {
            assertFalse(socket.isBound());
        }
        return socket;
    }

    private Stream<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().command().orElse("").startsWith(folder.toString()));
    }

    @Test
    void isPrintedAndKeptBesideAnothersPort() throws Exception {
        try (var port = taken()) {
            var said = Said.by(folder, "demo", "--headless", "--keep");
            assertEquals(Code.DONE, said.code(), said.err());
            var shown = said.out().lines().toList();
            assertTrue(shown.getFirst().contains("16,384 of 16,384"), said.out());
            assertEquals(3, shown.stream().filter(l -> l.startsWith("slots ")).count(), said.out());
            var nodes = shown.stream().filter(l -> l.contains("127.0.0.1:9")).toList();
            assertEquals(6, nodes.size(), said.out());
            assertFalse(said.out().contains("127.0.0.1:9000 "), said.out());
            assertTrue(said.err().contains("destroy"), "how it goes away: " + said.err());
            assertEquals(6, servers().count(), "they go on without us");
            assertEquals(Code.DONE, Said.by(folder, "demo", "--clean").code());
            assertEquals(6, servers().count(), "what is kept is no leftover");
        } finally {
            var gone = Said.by(folder, "destroy", "demo", "--remove-data", "--yes", "--type", "demo");
            assertEquals(Code.DONE, gone.code(), gone.err());
        }
        assertEquals(0, servers().count());
        assertFalse(Files.exists(folder.resolve("home/demo/redis-cluster/9006")));
    }

    /** A file lies where its servers would. */
    @Test
    void whereItIsRefusedNothingIsKept() throws Exception {
        var own = Files.createDirectories(folder.resolve("home/demo"));
        Files.writeString(own.resolve("redis-cluster"), "");
        var said = Said.by(folder, "demo", "--headless", "--keep");
        assertEquals(Code.FAILED, said.code(), said.err());
        assertFalse(Files.exists(own.resolve("demo-owner")), said.err());
    }
}
