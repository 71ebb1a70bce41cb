package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts that build, each under dash, bash and busybox: check, apply, check, apply. A make of our own stands for the compiler. */
@Tag("scripts")
class BuildScriptsTest {

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

    private static String verdict(LocalHost host, Script script) throws Exception {
        var exit = run(host, script);
        assertTrue(exit.ok(), exit.toString());
        return exit.verdict().orElse("none") + " " + exit.why().map(Say::key).orElse("");
    }

    /** check, apply, check, apply: needed once, and nothing changed by the second apply. */
    private void twice(LocalHost host, Script any, String needed, String done) throws Exception {
        var check = verb(any, "check");
        var apply = verb(any, "apply");
        assertEquals("needed " + needed, verdict(host, check));
        var first = run(host, apply);
        assertTrue(first.ok(), first.toString());
        assertEquals("done " + done, verdict(host, check));
        var before = files();
        var second = run(host, apply);
        assertTrue(second.ok(), second.toString());
        assertEquals(before, files());
        assertEquals("done " + done, verdict(host, check));
    }

    private static Script verb(Script s, String verb) {
        return new Script(s.resource(), verb, s.args(), s.secrets(), s.sudo(), s.limit());
    }

    private java.util.TreeMap<Path, Object> files() throws IOException {
        var files = new java.util.TreeMap<Path, Object>();
        if (!Files.exists(root)) {
            return files;
        }
        try (var all = Files.walk(root)) {
            for (var f : all.filter(Files::isRegularFile).toList()) {
                files.put(f, Files.getLastModifiedTime(f) + " " + Files.size(f));
            }
        }
        return files;
    }

    private Script claim(String verb) {
        return script("claim", verb)
                .with("data", "data")
                .with("ports", "9000 9001")
                .with("cluster", "c 1")
                .with("build", "b1");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFolderIsClaimedOnce(LocalHost host) throws Exception {
        twice(host, claim("check"), "build.claim.free", "build.claim.ours");
        assertEquals("blocked build.claim.other", verdict(host, claim("check").with("build", "b2")));
        assertFalse(run(host, claim("proven")).fact("proven").isPresent());
        assertTrue(run(host, claim("prove")).ok());
        assertEquals("yes", run(host, claim("proven")).fact("proven").orElseThrow());
        var facts = run(host, script("facts", "look").with("data", "data").with("ports", "9000"));
        assertEquals("c 1", facts.fact("made_cluster").orElseThrow());
        assertEquals(root.toString(), facts.fact("root").orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFolderThatRootMadeForAnAccountIsKnownAgain(LocalHost host) throws Exception {
        var facts = script("facts", "look").with("data", "data").with("ports", "9000");
        assertTrue(run(host, facts).fact("there").isEmpty());
        // a lease may have made the folder by then, and says so in its fourth line
        Files.createDirectories(root.resolve("9000"));
        var lease = root.resolve("9000/.clusterdeck-lease");
        Files.writeString(lease, "who\nsince\nplan\n\n");
        assertTrue(run(host, facts).fact("there").isPresent(), "the folder was there before the lease");
        Files.writeString(lease, "who\nsince\nplan\n" + root + "\n");
        assertTrue(run(host, facts).fact("there").isEmpty());
        var owner = System.getProperty("user.name");
        assertTrue(run(host, claim("apply").with("owner", owner)).ok());
        assertEquals("root", run(host, facts).fact("made_by").orElseThrow());
        assertEquals(owner, Files.getOwner(root.resolve(".clusterdeck")).getName());
        assertTrue(run(host, claim("prove")).ok());
        assertEquals("yes", run(host, facts).fact("there").orElseThrow());
        assertEquals("root", run(host, facts).fact("made_by").orElseThrow());
    }

    /** Whoever ends it at any command leaves nothing at the place, or all. */
    @ParameterizedTest
    @MethodSource("shells")
    void aFolderForAnAccountIsMadeInOneGo(LocalHost host) throws Exception {
        var owner = System.getProperty("user.name");
        assertFalse(
                run(host, claim("apply").with("owner", "nobody-of-that-name")).ok());
        assertTrue(Files.notExists(root), "not half made");
        assertTrue(run(host, claim("apply").with("owner", owner)).ok());
        assertEquals("done build.claim.ours", verdict(host, claim("check")));
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(root)));
        try (var left = Files.list(root.getParent())) {
            assertEquals(
                    List.of(root),
                    left.filter(f -> f.toString().startsWith(root.toString())).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFolderWithSomebodysDataIsRefused(LocalHost host) throws Exception {
        for (var name : new String[] {
            "9001/data/nodes.conf",
            "9000/appendonly.aof",
            "9000/data/appendonlydir/x",
            "9001/dump.rdb",
            "9001/redis.conf",
            "bin/redis-cli",
            "src/redis-9.9.9",
            "share/redis.conf"
        }) {
            var file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
            assertEquals("blocked build.claim.foreign", verdict(host, claim("check")), name);
            var facts = run(host, script("facts", "look").with("data", "data").with("ports", "9000 9001"));
            assertEquals(1, facts.all("holds").size(), name);
            Files.delete(file);
            if (name.contains("appendonlydir")) {
                Files.delete(file.getParent());
            }
        }
        assertEquals("needed build.claim.free", verdict(host, claim("check")));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void factsAreToldInOneGo(LocalHost host) throws Exception {
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("share"));
        Files.writeString(root.resolve("share/redis.conf"), "port 1\n");
        var server = Files.writeString(root.resolve("bin/redis-server"), "t");
        assertTrue(server.toFile().setExecutable(true));
        Files.writeString(
                root.resolve("bin/.clusterdeck"),
                "release=6.2.3 abc jemalloc\nredis-server=e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8\n");
        var facts = facts(host);
        assertTrue(facts.cores() > 0 && facts.memoryMb() > 0 && facts.diskMb() > 0, facts.toString());
        assertTrue(facts.writable() && facts.ephemeralFrom() > 0, facts.toString());
        assertTrue(Math.abs(facts.skew()) < 5000, facts.toString());
        assertEquals(System.getProperty("user.name"), facts.user());
        assertEquals("6.2.3 abc jemalloc", facts.release());
        Files.writeString(server, "damaged");
        assertEquals("", facts(host).release(), "as the installing itself finds: what it will cost is told");
    }

    private HostFacts facts(LocalHost host) throws Exception {
        var asked = java.time.Instant.now();
        var exit = run(host, script("facts", "look").with("data", "d").with("ports", "9000"));
        return HostFacts.of(host.name(), exit, asked, java.time.Instant.now());
    }

    /** A tarball whose make needs no compiler. */
    private Path tarball() throws Exception {
        var tree = folder.resolve("redis-9.9.9");
        Files.createDirectories(tree.resolve("src"));
        Files.createDirectories(tree.resolve("deps/hiredis"));
        Files.createDirectories(tree.resolve("deps/lua/src"));
        Files.writeString(tree.resolve("src/server.c"), "int main;");
        Files.writeString(tree.resolve("redis.conf"), "port 6379\n");
        var file = folder.resolve("redis-9.9.9.tar.gz");
        var tar = new ProcessBuilder("tar", "-czf", file.toString(), "-C", folder.toString(), "redis-9.9.9").start();
        assertEquals(0, tar.waitFor());
        return file;
    }

    private Script source(Path tarball, String sum) {
        return script("source", "check")
                .with("release", "9.9.9 x")
                .with("name", "r.tar.gz")
                .with("sha256", sum)
                .with("url", "")
                .with("from", tarball);
    }

    private LocalHost withMake(LocalHost host) throws IOException {
        var bin = Files.createDirectories(folder.resolve("bin"));
        var make = bin.resolve("make");
        Files.writeString(make, """
            #!/bin/sh
            echo make >>"%s/calls"
            for p in redis-server redis-cli redis-check-aof; do
                printf '#!/bin/sh\\necho Redis $0\\n' >"$2/src/$p"
                chmod 755 "$2/src/$p"
                echo "    CC $p.o"
            done
            [ ! -e "%s/fail" ]
            """.formatted(folder, folder));
        assertTrue(make.toFile().setExecutable(true));
        return io.clusterdeck.ssh.Shells.with(host, bin);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aTarballIsCheckedCompiledAndInstalled(LocalHost plain) throws Exception {
        var host = withMake(plain);
        var tarball = tarball();
        var sum = Shelf.sha256(tarball);
        var copy = Files.copy(tarball, folder.resolve("copy"));

        var wrong = run(host, verb(source(copy, "0".repeat(64)), "apply"));
        assertEquals("build.source.wrong-sum", wrong.why().orElseThrow().key());
        assertEquals(java.util.Set.of(root.resolve("src/.clusterdeck")), files().keySet());
        Files.copy(tarball, copy);
        twice(host, source(copy, sum), "build.source.missing", "build.source.there");

        var compile = script("compile", "check")
                .with("release", "9.9.9 x")
                .with("name", "r.tar.gz")
                .with("sha256", sum)
                .with("malloc", "libc")
                .with("version", "9.9.9");
        Files.writeString(folder.resolve("fail"), "");
        assertEquals(
                "build.compile.failed",
                run(host, verb(compile, "apply")).why().orElseThrow().key());
        Files.delete(folder.resolve("fail"));
        // what is left of a make that was cut off is thrown away
        var half = root.resolve("src/redis-9.9.9/src/half.o");
        Files.writeString(half, "");
        twice(host, compile, "build.compile.missing", "build.compile.there");
        assertFalse(Files.exists(half));
        assertEquals(2, Files.readAllLines(folder.resolve("calls")).size());

        var install = script("install", "check")
                .with("release", "9.9.9 x")
                .with("how", "tree")
                .with("from", "")
                .with("conf", "")
                .with("version", "9.9.9");
        twice(host, install, "build.install.missing", "build.install.there");
        assertEquals("done build.compile.not-needed", verdict(host, compile));
        assertEquals("done build.source.not-needed", verdict(host, source(copy, sum)));
        Files.writeString(root.resolve("bin/redis-cli"), "tampered");
        assertEquals("needed build.install.missing", verdict(host, install));
        assertTrue(run(host, verb(install, "apply")).ok());
        assertEquals("done build.install.there", verdict(host, install));

        var pack = run(host, verb(install, "pack"));
        var other = folder.resolve("other");
        var from = Files.copy(Path.of(pack.fact("pack").orElseThrow()), folder.resolve("pack"));
        var there = install.with("root", other).with("how", "pack").with("from", from);
        assertEquals("needed build.install.missing", verdict(host, there));
        var applied = run(host, verb(there, "apply"));
        assertTrue(applied.ok(), applied.toString());
        assertEquals("done build.install.there", verdict(host, there));
        assertTrue(Files.isExecutable(other.resolve("bin/redis-check-aof")));
        assertEquals("port 6379\n", Files.readString(other.resolve("share/redis.conf")));
    }
}
