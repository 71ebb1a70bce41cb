package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** tools.sh under dash, bash and busybox: check, apply, check, apply. A compiler and an apt-get of our own stand for those of a host. */
@Tag("scripts")
class ToolsScriptTest {

    private static final String RELEASE = "6.2.3 'a' $(id) \"b\" 大 * \\";

    @TempDir
    Path folder;

    private Path root;
    private Path bin;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    @BeforeEach
    void begin() throws Exception {
        root = folder.resolve("a b'$(id)\"\\ 大");
        bin = Files.createDirectory(folder.resolve("bin"));
        program("make", "exit 0");
        program("dpkg", "echo dpkg \"$@\" >>calls");
        // an install finds nothing until the lists were updated, and then brings the compiler
        program("apt-get", """
            echo apt-get "$@" >>calls
            case " $* " in
            *' update '*) : >lists ;;
            *' install '*) [ -e lists ] && : >compiler ;;
            esac""");
        program("cc", "[ -e compiler ]");
        program("c++", "[ -e compiler ]");
    }

    private void program(String name, String text) throws IOException {
        var file = Files.writeString(bin.resolve(name), "#!/bin/sh\ncd '" + folder + "' || exit\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Script tools(String verb, String tls) {
        return Script.of("tools", verb)
                .with("root", root)
                .with("release", RELEASE)
                .with("tls", tls);
    }

    private static Exit run(LocalHost host, Script script) throws Exception {
        return host.run(script, line -> {});
    }

    private static String verdict(LocalHost host, Script script) throws Exception {
        var exit = run(host, script);
        assertTrue(exit.ok(), exit::toString);
        return exit.verdict().orElse("none") + " " + exit.why().map(Say::key).orElse("");
    }

    private List<String> calls() throws IOException {
        return Files.exists(folder.resolve("calls")) ? Files.readAllLines(folder.resolve("calls")) : List.of();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatIsMissingIsInstalledOnce(LocalHost plain) throws Exception {
        var host = Shells.with(plain, bin);
        var missing = run(host, tools("check", "no"));
        assertEquals("build.tools.missing", missing.why().orElseThrow().key());
        assertEquals("gcc libc6-dev", missing.why().orElseThrow().args().get("tools"));
        assertEquals(
                "gcc libc6-dev libssl-dev",
                run(host, tools("check", "yes")).why().orElseThrow().args().get("tools"));
        assertEquals(
                "gcc libc6-dev g++",
                run(host, tools("check", "no").with("release", "8.0.6 libc"))
                        .why()
                        .orElseThrow()
                        .args()
                        .get("tools"),
                "8.0 has a part in C++");
        assertEquals(List.of(), calls(), "looking installs nothing");
        assertTrue(run(host, tools("apply", "no")).ok());
        var install = "apt-get -q -y -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold"
                + " --no-install-recommends install gcc libc6-dev";
        assertEquals(
                List.of(
                        "dpkg --configure -a",
                        install,
                        "apt-get -q -o DPkg::Lock::Timeout=600 update",
                        "dpkg --configure -a",
                        install),
                calls());
        assertEquals("done build.tools.there", verdict(host, tools("check", "no")));
        assertTrue(run(host, tools("apply", "no")).ok());
        assertEquals(5, calls().size(), "nothing is installed twice");
        assertEquals("done build.tools.there", verdict(host, tools("check", "no")));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatCanNotBeInstalledIsNamed(LocalHost plain) throws Exception {
        program("apt-get", "exit 100");
        var why = run(Shells.with(plain, bin), tools("apply", "no")).why().orElseThrow();
        assertEquals(Say.of("build.tools.failed", "tools", "gcc libc6-dev"), why);
    }

    /** By the very words of the release, whatever they are. */
    @ParameterizedTest
    @MethodSource("shells")
    void whereTheReleaseIsInstalledNothingIsNeeded(LocalHost plain) throws Exception {
        var host = Shells.with(plain, bin);
        Files.createDirectories(root.resolve("bin"));
        var note = Files.writeString(root.resolve("bin/.clusterdeck"), "redis-server=00\nrelease=" + RELEASE + "\n");
        assertEquals("done build.tools.not-needed", verdict(host, tools("check", "no")));
        Files.writeString(note, "release=6.2.3\n");
        assertEquals("needed build.tools.missing", verdict(host, tools("check", "no")));
        assertEquals(List.of(), calls());
    }
}
