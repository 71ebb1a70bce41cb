package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** cure.sh on a kernel's real list of ports, in namespaces of its own, which need root: nothing of this computer is changed. */
@Tag("lab")
class CureScriptTest {

    private static final String RESERVED = "/proc/sys/net/ipv4/ip_local_reserved_ports";

    @TempDir
    Path folder;

    private Process world;

    @BeforeEach
    void begin() throws Exception {
        world = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t tmpfs none /etc/sysctl.d && echo 8080,9148-9150 >" + RESERVED
                                + " && echo ready && exec sleep 600")
                .redirectErrorStream(true)
                .start();
        assertEquals("ready", world.inputReader().readLine());
    }

    @AfterEach
    void end() {
        world.destroyForcibly();
    }

    private LocalHost host(String shell) throws Exception {
        var sh = Files.writeString(
                folder.resolve("sh"), "#!/bin/sh\nexec nsenter -t " + world.pid() + " -n -m " + shell + " \"$@\"\n");
        assertTrue(sh.toFile().setExecutable(true));
        return LocalHost.under(new HostName("cured"), sh.toString(), System.getenv("PATH"));
    }

    private static String cure(LocalHost host, String verb, String build, String ports) throws Exception {
        var script = Script.of("cure", verb)
                .with("what", "ports")
                .with("key", "net.ipv4.ip_local_reserved_ports")
                .with("build", build);
        var exit =
                host.run(ports.equals("undo") ? script.with("undo", "yes") : script.with("value", ports), line -> {});
        return exit.code() + exit.verdict().map(v -> " " + v).orElse("");
    }

    private String reads(String file) throws Exception {
        var cat = new ProcessBuilder("nsenter", "-t", "" + world.pid(), "-n", "-m", "cat", file).start();
        return new String(cat.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).trim();
    }

    /** In the file: what it was, who wants it, and what is to be after the next start. */
    private String kept() throws Exception {
        return reads("/etc/sysctl.d/60-clusterdeck-ports.conf")
                .replace("# clusterdeck ", "")
                .replace("\n", "; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void whatOthersReservedStaysReserved(String shell) throws Exception {
        var host = host(shell);
        var ports = Map.of("one", "40000,50000,40001,50001,9149", "two", "40002,50002,50001");
        for (var build : List.of("one", "two")) { // two clusters on one host
            assertEquals("0 needed", cure(host, "check", build, ports.get(build)));
            assertEquals("0", cure(host, "apply", build, ports.get(build)));
            assertEquals("0 done", cure(host, "check", build, ports.get(build)));
        }
        var all = "8080,9148-9150,40000-40002,50000-50002";
        assertEquals(all, reads(RESERVED));
        var first = "before 8080,9148-9150; for ";
        assertEquals(
                first + "one " + ports.get("one") + "; for two " + ports.get("two")
                        + "; net.ipv4.ip_local_reserved_ports = " + all,
                kept());
        assertEquals("0 done", cure(host, "check", "one", ports.get("one")));

        assertEquals("0 needed", cure(host, "check", "one", "undo"));
        assertEquals("0", cure(host, "apply", "one", "undo"));
        assertEquals("0 done", cure(host, "check", "one", "undo"));
        var left = "8080,9148-9150,40002,50001-50002";
        assertEquals(left, reads(RESERVED), "what the other cluster wants, and what was reserved before");
        assertEquals(first + "two " + ports.get("two") + "; net.ipv4.ip_local_reserved_ports = " + left, kept());
        assertEquals("0 needed", cure(host, "check", "two", "undo"));
        assertEquals("0", cure(host, "apply", "two", "undo"));
        assertEquals("8080,9148-9150", reads(RESERVED));
        assertEquals("", kept());
    }
}
