package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.Shells;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** conf-file.sh under dash, bash and busybox: check → apply → check → apply, and a file that somebody else changed. */
@Tag("local")
class ConfFileScriptTest {

    @TempDir
    Path folder;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    private static Script script(String verb, Path conf, String before, String after) {
        return Script.of("conf-file", verb)
                .with("conf", conf)
                .with("sum", Packed.sha256(before.getBytes(StandardCharsets.UTF_8)))
                .with("wanted", Packed.sha256(after.getBytes(StandardCharsets.UTF_8)))
                .with("keep", "before-1");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void writesOnceAndKeepsTheOldFile(LocalHost host) throws Exception {
        var real = Files.createDirectories(folder.resolve("it's real")).resolve("redis.conf");
        var before = "# ours\r\nport 1\n大\n";
        var after = before + "requirepass \"a b\"\n";
        Files.writeString(real, before);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        var link = Files.createSymbolicLink(folder.resolve("redis.conf"), real);
        try (host) {
            var found = host.run(script("look", link, "", ""), l -> {});
            assertEquals(before, new String(Packed.open(found.fact("text").orElseThrow()), StandardCharsets.UTF_8));
            assertEquals(Optional.of("yes"), found.fact("writable"));
            var secret = Secret.of(Packed.of(after.getBytes(StandardCharsets.UTF_8)));
            for (var verdict : new String[] {"needed", "done"}) {
                assertEquals(
                        Optional.of(verdict),
                        host.run(script("check", link, before, after), l -> {}).verdict());
                assertTrue(host.run(script("apply", link, before, after).secret("text", secret), l -> {})
                        .ok());
            }
            assertEquals(after, Files.readString(real));
            assertTrue(Files.isSymbolicLink(link));
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
            assertEquals(before, Files.readString(real.resolveSibling("redis.conf.before-1")));
            Files.writeString(real, "somebody else's\n");
            assertEquals(
                    Optional.of("blocked"),
                    host.run(script("check", link, before, after), l -> {}).verdict());
            var refused = host.run(script("apply", link, before, after).secret("text", secret), l -> {});
            assertEquals("nodes.conf.changed", refused.why().orElseThrow().key());
            assertEquals("somebody else's\n", Files.readString(real));
        }
    }

    /** The folder may be another account's, and we may be root: its links lead nowhere. */
    @ParameterizedTest
    @MethodSource("shells")
    void writesThroughNoLinkThatLiesThere(LocalHost host) throws Exception {
        var mine = Files.createDirectories(folder.resolve("its folder")).toRealPath();
        var conf = Files.writeString(mine.resolve("redis.conf"), "port 1\n");
        var victim = Files.writeString(folder.resolve("victim"), "of root\n");
        Files.createSymbolicLink(mine.resolve("redis.conf.new"), victim);
        Files.createSymbolicLink(mine.resolve("redis.conf.before-1"), folder.resolve("made"));
        var after = "port 2\n";
        try (host) {
            var secret = Secret.of(Packed.of(after.getBytes(StandardCharsets.UTF_8)));
            var exit = host.run(script("apply", conf, "port 1\n", after).secret("text", secret), l -> {});
            assertTrue(exit.ok(), exit::toString);
        }
        assertEquals("of root\n", Files.readString(victim));
        assertTrue(Files.notExists(folder.resolve("made")));
        assertEquals(after, Files.readString(conf));
        var kept = mine.resolve("redis.conf.before-1");
        assertTrue(Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS));
        assertEquals("port 1\n", Files.readString(kept));
        try (var left = Files.list(mine)) {
            assertEquals(3, left.count(), "nothing of ours is left");
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void tellsWhatAnIncludeNames(LocalHost host) throws Exception {
        var more = Files.createDirectories(folder.resolve("it's more"));
        for (var name : List.of("b.conf", "a.conf", "c.txt", ".hidden.conf")) {
            Files.writeString(more.resolve(name), "# " + name + "\n");
        }
        var gone = folder.resolve("gone.conf");
        try (host) {
            var script = Script.of("conf-file", "included")
                    .with("conf", "/dev/null")
                    .with("files", more + "/*.conf\n" + gone + "\n" + more + "/none-*.conf\n" + more + "/c.txt");
            var told = host.run(script.with("globs", "yes"), l -> {}).all("included");
            assertEquals(
                    List.of("1 found a.conf", "1 found b.conf", "2 missing gone.conf", "4 found c.txt"),
                    told.stream().map(ConfFileScriptTest::brief).toList());
            assertEquals("# b.conf\n", text(told.get(1)));
            var literal = host.run(script.with("globs", "no"), l -> {}).all("included");
            assertEquals(
                    List.of("1 missing *.conf", "2 missing gone.conf", "3 missing none-*.conf", "4 found c.txt"),
                    literal.stream().map(ConfFileScriptTest::brief).toList());
        }
    }

    private static String brief(String fact) {
        var words = fact.lines().findFirst().orElseThrow().split(" ", 5);
        return words[0] + " " + words[1] + " " + words[4].replaceFirst(".*/", "");
    }

    private static String text(String fact) {
        return new String(Packed.open(fact.lines().skip(1).findFirst().orElseThrow()), StandardCharsets.UTF_8);
    }
}
