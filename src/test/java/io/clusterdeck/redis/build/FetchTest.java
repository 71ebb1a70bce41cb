package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Line;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What this computer fetches for hosts that can't. */
@Timeout(300)
class FetchTest {
    private static final int SIZE = 1_000_000;

    @TempDir
    Path folder;

    private final CountDownLatch tested = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/mute", at -> await());
        server.createContext("/stalls", at -> send(at, SIZE / 2));
        server.createContext("/whole", at -> send(at, SIZE));
        server.start();
    }

    @AfterEach
    void stop() {
        tested.countDown();
        server.stop(0);
    }

    private void await() {
        try {
            tested.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpExchange at, int bytes) throws IOException {
        at.sendResponseHeaders(200, SIZE);
        at.getResponseBody().write(new byte[bytes]);
        at.getResponseBody().flush();
        if (bytes < SIZE) {
            await();
        }
        at.close();
    }

    private String fetch(String path, Duration silence, ArrayList<Integer> percents) throws Exception {
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        new Fetch(silence).to(folder.resolve("it"), url, Copies.told(url, line -> {
            percents.add(((Line.Progress) line).percent());
        }));
        return url;
    }

    @Test
    void whatComesIsWrittenAndTold() throws Exception {
        var percents = new ArrayList<Integer>();
        fetch("/whole", Duration.ofMinutes(1), percents);
        assertEquals(SIZE, Files.size(folder.resolve("it")));
        assertEquals(100, percents.getLast());
        assertEquals(percents.stream().distinct().sorted().toList(), percents, "each percent once, in order");
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() {
        for (var path : new String[] {"/mute", "/stalls"}) {
            var failure =
                    assertThrows(Unreachable.class, () -> fetch(path, Duration.ofMillis(500), new ArrayList<>()), path);
            assertEquals("build.source.silent-here", failure.what().key(), path);
        }
    }
}
