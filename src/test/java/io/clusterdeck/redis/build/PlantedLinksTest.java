package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.Shells;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folders of a cluster may be another account's, and its scripts may run as root: links that lie there lead nobody to write elsewhere. */
@Tag("scripts")
class PlantedLinksTest {

    @TempDir
    Path folder;

    private Path root;
    private Path victim;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    @BeforeEach
    void begin() throws Exception {
        root = folder.resolve("a b 大");
        victim = Files.writeString(folder.resolve("victim"), "of root\n");
    }

    private void planted(String... names) throws Exception {
        for (var name : names) {
            var link = root.resolve(name);
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, victim);
        }
    }

    private Exit run(LocalHost host, Script script) throws Exception {
        return host.run(script.with("root", root), line -> {});
    }

    private void untouched(Exit exit, Path... written) throws Exception {
        assertTrue(exit.ok(), exit::toString);
        assertEquals("of root\n", Files.readString(victim));
        for (var file : written) {
            assertTrue(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), file::toString);
            try (var left = Files.list(file.getParent())) {
                assertEquals(
                        List.of(),
                        left.filter(f -> Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)
                                        && f.getFileName().toString().startsWith(".clusterdeck-"))
                                .toList());
            }
        }
    }

    private static Secret packed(String text) {
        return Secret.of(Packed.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Script configure(String owner) {
        return Script.of("configure", "write")
                .with("data", "data")
                .with("ports", "9000")
                .with("edited", "9000")
                .with("ids", "9000=aaaa")
                .with("owner", owner)
                .with("table", "aaaa 127.0.0.1:9000@19000 master - 0 0 1 connected 0")
                .secret("conf_9000", packed("port 9000\n"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whereNodesAreConfigured(LocalHost host) throws Exception {
        planted("9000/redis.conf.new", "9000/redis.conf", "9000/data/nodes.conf.new");
        untouched(run(host, configure("")), root.resolve("9000/redis.conf"), root.resolve("9000/data/nodes.conf"));
        assertEquals("port 9000\n", Files.readString(root.resolve("9000/redis.conf")));
    }

    /** Nobody's folder becomes the account's, and no file of the account comes into it. */
    @ParameterizedTest
    @MethodSource("shells")
    void whereTheFolderItselfIsALink(LocalHost host) throws Exception {
        var me = System.getProperty("user.name");
        var elsewhere =
                me.equals("root") ? Files.createDirectories(folder.resolve("elsewhere")) : Path.of("/usr/share");
        Files.createDirectories(root.resolve("9000"));
        Files.createSymbolicLink(root.resolve("9000/data"), elsewhere);
        var exit = run(host, configure(me.equals("root") ? "nobody" : me));
        assertFalse(exit.ok());
        var why = exit.why().orElseThrow().key();
        assertTrue(List.of("build.configure.not-its", "build.disk.not-written").contains(why), why);
        assertEquals("root", Files.getOwner(elsewhere).getName());
        assertFalse(Files.exists(elsewhere.resolve("nodes.conf")));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whereCertificatesAreWritten(LocalHost host) throws Exception {
        planted("tls/ca.crt.new", "tls/node.pem.new", "tls/node.pem");
        untouched(run(host, certify()), root.resolve("tls/ca.crt"), root.resolve("tls/node.pem"));
        assertEquals("key\n", Files.readString(root.resolve("tls/node.pem")));
    }

    private static Script certify() {
        return Script.of("certify", "write")
                .with("owner", "")
                .secret("ca", packed("ca\n"))
                .secret("node", packed("key\n"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whereItIsNotedWhatIsOurs(LocalHost host) throws Exception {
        planted("tls/.clusterdeck");
        untouched(run(host, certify()), root.resolve("tls/.clusterdeck"));
        assertEquals("ca.crt\nnode.pem\n", Files.readString(root.resolve("tls/.clusterdeck")));
    }

    /** The cluster's folder is another account's, and a part of it leads elsewhere; who is not root can only lead itself. */
    private void leadsElsewhere(LocalHost host, String part, Script script, boolean ends) throws Exception {
        var elsewhere = Files.createDirectories(folder.resolve("elsewhere " + part));
        for (var name : List.of(".clusterdeck", "redis.conf", "theirs")) {
            Files.writeString(elsewhere.resolve(name), "theirs\n");
        }
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve(part), elsewhere);
        boolean another = System.getProperty("user.name").equals("root");
        if (another) {
            Files.setOwner(
                    root, root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
        var exit = run(host, script);
        assertEquals(ends || !another, exit.ok(), exit::toString);
        try (var there = Files.list(elsewhere)) {
            var names = there.map(f -> f.getFileName().toString()).sorted().toList();
            assertEquals(another, names.equals(List.of(".clusterdeck", "redis.conf", "theirs")), names::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void wherePartsOfItLeadElsewhere(LocalHost host) throws Exception {
        leadsElsewhere(host, "tls", certify(), false);
        leadsElsewhere(host, "9000", configure(""), false);
        var tarball = Files.writeString(folder.resolve("tarball"), "t");
        var source = Script.of("source", "apply")
                .with("release", "9.9.9")
                .with("name", "r.tar.gz")
                .with("sha256", "e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8")
                .with("url", "")
                .with("from", tarball);
        leadsElsewhere(host, "src", source, false);
        leadsElsewhere(host, "bin", install(), false);
        Files.delete(root.resolve("bin"));
        leadsElsewhere(host, "share", install(), false);
    }

    /** What is removed again is what was made there, and not what a link of that name leads to. */
    @ParameterizedTest
    @MethodSource("shells")
    void whereItIsRemoved(LocalHost host) throws Exception {
        var remove = Script.of("remove", "apply")
                .with("data", "theirs")
                .with("ports", "9000")
                .with("cluster", "c")
                .with("build", "b1")
                .with("data_too", "yes")
                .with("aside", folder.resolve("aside"));
        Files.createDirectories(root);
        for (var part : List.of("src", "share", "9000")) {
            Files.writeString(root.resolve(".clusterdeck"), "cluster=c\nbuild=b1\n");
            leadsElsewhere(host, part, remove, true);
            Files.delete(root.resolve(part));
        }
    }

    private Script install() throws Exception {
        var server = Files.writeString(folder.resolve("server"), "#!/bin/sh\n");
        var conf = Files.writeString(folder.resolve("conf"), "port 1\n");
        return Script.of("install", "apply")
                .with("release", "9.9.9")
                .with("how", "server")
                .with("from", server)
                .with("conf", conf)
                .with("version", "");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whereProgramsAreInstalled(LocalHost host) throws Exception {
        planted("bin/.redis-server.new", "bin/.clusterdeck.new", "share/redis.conf.new");
        untouched(
                run(host, install()),
                root.resolve("bin/redis-server"),
                root.resolve("bin/.clusterdeck"),
                root.resolve("share/redis.conf"));
    }

    /** Whoever owns the cluster's folder swaps src for a link in the middle of it, which here tar does. */
    @ParameterizedTest
    @MethodSource("shells")
    void whereProgramsArePackedAndUnpacked(LocalHost plain) throws Exception {
        assertTrue(run(plain, install()).ok());
        var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        var programs = Files.createDirectories(folder.resolve("programs"));
        var tar = Files.writeString(programs.resolve("tar"), """
            #!/bin/sh
            PATH=${PATH#*:}
            mv '%1$s/src' '%1$s/src.swapped' && ln -s '%2$s' '%1$s/src'
            exec tar "$@"
            """.formatted(root, elsewhere));
        assertTrue(tar.toFile().setExecutable(true));
        var host = Shells.with(plain, programs);
        run(host, Script.of("install", "pack").with("release", "9.9.9"));
        var packed = root.resolve("src.swapped/pack.tar.gz");
        assertTrue(Files.isRegularFile(packed), "where it was begun");
        Files.delete(root.resolve("src"));
        var from = Files.move(packed, folder.resolve("from.tar.gz"));
        Files.move(root.resolve("src.swapped"), root.resolve("src.before"));
        var theirs = Files.createDirectories(elsewhere.resolve("pack.new/bin")).resolve("redis-server");
        Files.writeString(theirs, "another's\n");
        var installed = run(
                host,
                install()
                        .with("release", "9.9.10")
                        .with("how", "pack")
                        .with("from", from)
                        .with("conf", ""));
        assertTrue(installed.ok(), installed::toString);
        assertEquals("another's\n", Files.readString(theirs), "not taken from where the link leads");
        try (var there = Files.list(elsewhere)) {
            assertEquals(List.of(elsewhere.resolve("pack.new")), there.toList());
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whereTheFolderIsClaimed(LocalHost host) throws Exception {
        planted(".clusterdeck.new");
        var claim = Script.of("claim", "apply")
                .with("data", "data")
                .with("ports", "9000")
                .with("cluster", "c")
                .with("build", "b1")
                .with("owner", "");
        untouched(run(host, claim), root.resolve(".clusterdeck"));
    }

    /** No lease on what the link leads to, and nothing written there. */
    @ParameterizedTest
    @MethodSource("shells")
    void whereTheLeaseIsTaken(LocalHost host) throws Exception {
        planted(".clusterdeck-lease");
        var hold = Script.of("lease", "hold")
                .with("folder", root)
                .with("who", "me")
                .with("since", "now")
                .with("plan", "p");
        var exit = host.run(hold, line -> {});
        assertEquals("plan.lease.denied", exit.why().orElseThrow().key(), exit::toString);
        assertEquals("of root\n", Files.readString(victim));
    }
}
