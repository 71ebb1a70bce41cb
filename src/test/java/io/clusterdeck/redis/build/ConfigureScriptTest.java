package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a node's files come to a host, under dash, bash and busybox. */
@Tag("scripts")
class ConfigureScriptTest {

    @TempDir
    Path folder;

    private Path root;

    static Stream<LocalHost> shells() {
        return io.clusterdeck.ssh.Shells.all();
    }

    @BeforeEach
    void begin() {
        root = folder.resolve("a b'$(id)\"\\ 大");
    }

    private Script script(String name, String verb) {
        return Script.of(name, verb).with("root", root);
    }

    private static Exit run(LocalHost host, Script script) throws Exception {
        return host.run(script, line -> {});
    }

    private static String packed(String text) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(out)) {
            gzip.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return java.util.Base64.getEncoder().encodeToString(out.toByteArray());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aNodesFilesAreWrittenOnceAndItsNodesConfIsNeverTouchedAgain(LocalHost host) throws Exception {
        Files.createDirectories(root.resolve("share"));
        Files.writeString(root.resolve("share/redis.conf"), "port 6379\n");
        var text = "# 大\nrequirepass \"$(x) 'y'\"\n" + "# long\n".repeat(5000);
        var look = script("configure", "look")
                .with("data", "data")
                .with("ports", "9000")
                .with("port", "");
        assertEquals("-", run(host, look).fact("node_9000").orElseThrow());
        var write = script("configure", "write")
                .with("data", "data")
                .with("ports", "9000")
                .with("edited", "9000")
                .with("ids", "9000=aaaa")
                .with("owner", "")
                .with(
                        "table",
                        "bbbb 127.0.0.1:9001@19001 master - 0 0 2 connected 1\n"
                                + "aaaa 127.0.0.1:9000@19000 master - 0 0 1 connected 0\n"
                                + "vars currentEpoch 2 lastVoteEpoch 0")
                .secret("conf_9000", io.clusterdeck.ssh.Secret.of(packed(text)));
        var written = run(host, write);
        assertTrue(written.ok(), written.toString());
        assertEquals(text, Files.readString(root.resolve("9000/redis.conf")));
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(root.resolve("9000/redis.conf"))));
        var nodes = root.resolve("9000/data/nodes.conf");
        assertTrue(
                Files.readString(nodes).contains("aaaa 127.0.0.1:9000@19000 myself,master - 0 0 1 connected 0\n"),
                Files.readString(nodes));
        assertEquals("aaaa", run(host, look).fact("node_9000").orElseThrow());
        assertEquals(
                Shelf.sha256(root.resolve("9000/redis.conf")),
                run(host, look).fact("conf_9000").orElseThrow());

        Files.writeString(nodes, "what the node wrote since");
        assertTrue(run(host, write.with("edited", "")).ok());
        assertEquals("what the node wrote since", Files.readString(nodes));
        Files.move(nodes, nodes.resolveSibling("appendonly.aof"));
        assertTrue(run(host, look).fact("leftover").orElseThrow().endsWith("appendonly.aof"));
        assertTrue(run(host, write.with("edited", "")).ok());
        assertFalse(Files.exists(nodes), "no nodes.conf beside data that nobody here owns");
    }
}
