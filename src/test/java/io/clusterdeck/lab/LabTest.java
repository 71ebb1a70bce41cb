package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lab does what it says; everything that is proven on its hosts stands on this. */
@Tag("lab")
class LabTest {

    private Lab lab;

    @BeforeEach
    void threeHosts() {
        lab = Lab.bare(3, "compiler=h1");
    }

    @Test
    void everyAccountSignsInByKeyAndHasTheSudoItsNamePromises() throws Exception {
        for (var user : List.of("root", "ops", "opspw", "plain", "dashy", "fishy", "chatty", "zh")) {
            assertTrue(ssh(user, "h2", "id -un").endsWith(user), user);
        }
        assertEquals("root", ssh("ops", "h2", "sudo -n id -un"));
        assertThrows(AssertionError.class, () -> ssh("opspw", "h2", "sudo -n id -un"));
        assertThrows(AssertionError.class, () -> ssh("plain", "h2", "sudo -n id -un"));
        assertTrue(ssh("zh", "h2", "ls /nowhere 2>&1 || true").contains("没有那个文件"));
    }

    @Test
    void onlyTheHostThatAskedForACompilerHasOneAndTheOthersCanInstallIt() {
        assertTrue(lab.exec("h1", "gcc", "--version").contains("gcc"));
        assertThrows(AssertionError.class, () -> lab.exec("h2", "gcc", "--version"));
        assertThrows(AssertionError.class, () -> lab.exec("h2", "python3", "--version"));
        lab.exec("h2", "apt-get", "install", "-q", "-y", "--no-install-recommends", "gcc", "make", "libc6-dev");
        assertTrue(lab.exec("h2", "gcc", "--version").contains("gcc"));
    }

    @Test
    void aHostReachesItsNeighboursAndNothingElse() {
        assertTrue(connects("h1", lab.address("h2"), 22));
        assertTrue(connects("h1", lab.gate(), lab.serve(Path.of("docs")).getPort()));
        assertEquals("", lab.exec("h1", "ip", "route", "show", "default"));
    }

    @Test
    void crashTakesTheHostAndBootBringsItsDiskBack() throws Exception {
        lab.exec("h2", "touch", "/root/kept", "/run/forgotten");
        lab.crash("h2");
        assertFalse(answers("h2"));
        assertTrue(lab.processes().stream().noneMatch(p -> p.host().equals("h2")));
        lab.boot("h2");
        assertEquals("/root/kept", ssh("root", "h2", "ls /root/kept /run/forgotten 2>/dev/null || true"));
    }

    @Test
    void wipeBringsBackABareHostUnderTheSameKeys() throws Exception {
        lab.exec("h2", "touch", "/root/gone");
        var before = Files.readString(lab.knownHosts());
        lab.wipe("h2");
        assertEquals("", ssh("root", "h2", "ls /root"));
        assertEquals(before, Files.readString(lab.knownHosts()));
    }

    @Test
    void aHostCanHaveSystemdAndItsUnitsStartAtBoot() throws Exception {
        lab.wipe("h2", "systemd", "compiler");
        assertTrue(lab.exec("h2", "gcc", "--version").contains("gcc"));
        lab.exec(
                "h2",
                "sh",
                "-c",
                "printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n'"
                        + " >/etc/systemd/system/naps.service && systemctl enable --now naps");
        lab.crash("h2");
        lab.boot("h2");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        ssh("root", "h2", "systemctl is-active naps || true").equals("active"));
        assertEquals("running", ssh("root", "h2", "systemctl is-system-running --wait"));
    }

    @Test
    void aCableCanBeCutOneWayForOnePortAndForOneNeighbour() {
        lab.cut("h1", "in", "--port", "2201");
        assertFalse(connects("h2", lab.address("h1"), 2201));
        assertTrue(connects("h2", lab.address("h1"), 22));
        assertTrue(connects("h1", lab.address("h2"), 2201));
        lab.heal("h1");
        assertTrue(connects("h2", lab.address("h1"), 2201));
        lab.cut("h1", "both", "--to", "h2");
        assertFalse(connects("h2", lab.address("h1"), 22));
        assertTrue(connects("h3", lab.address("h1"), 22));
        lab.crash("h1");
        lab.boot("h1");
        assertFalse(connects("h2", lab.address("h1"), 22), "a cut cable stays cut when the host boots");
    }

    @Test
    void aHiddenHostIsReachedThroughItsJumpHostOnly() {
        lab.hide("h3", "h2");
        assertFalse(answers("h3"));
        assertFalse(connects("h1", lab.address("h3"), 22));
        assertTrue(connects("h2", lab.address("h3"), 22));
    }

    @Test
    void aSlowCableDelaysBothWays() {
        lab.slow("h2", 60, 0);
        var ping = lab.exec("h1", "ping", "-q", "-c", "3", "-i", "0.2", "h2");
        double least = Double.parseDouble(ping.replaceAll("(?s).*= ([0-9.]+)/.*", "$1"));
        assertTrue(least >= 120, ping);
        lab.heal("h2");
        lab.exec("h1", "ping", "-q", "-c", "1", "h2");
    }

    @Test
    void aDiskFillsUpAndAFolderForbidsPrograms() {
        lab.fill("h2", "/srv/small", "8M", "1M");
        assertThrows(
                AssertionError.class,
                () -> lab.exec("h2", "dd", "if=/dev/zero", "of=/srv/small/x", "bs=1M", "count=2"));
        lab.unfill("h2", "/srv/small");
        lab.exec("h2", "dd", "if=/dev/zero", "of=/srv/small/x", "bs=1M", "count=2");
        lab.noexec("h2", "/tmp");
        lab.exec("h2", "cp", "/bin/true", "/tmp/true");
        assertThrows(AssertionError.class, () -> lab.execAs("plain", "h2", "/tmp/true"));
    }

    @Test
    void aClockIsWrongForUsersAndForSudo() throws Exception {
        lab.skew("h2", -3600);
        for (var date : List.of("date +%s", "sudo date +%s")) {
            long offset = Long.parseLong(ssh("ops", "h2", date)) - System.currentTimeMillis() / 1000;
            assertTrue(offset > -3660 && offset < -3540, date + ": " + offset);
        }
        lab.skew("h2", 0);
        assertTrue(Math.abs(Long.parseLong(ssh("ops", "h2", "date +%s")) - System.currentTimeMillis() / 1000) < 60);
    }

    @Test
    void anotherHostKeyIsAnotherHostKey() throws Exception {
        var before = Files.readString(lab.knownHosts());
        lab.rekey("h2");
        assertNotEquals(before, Files.readString(lab.knownHosts()));
        assertEquals("h2", ssh("root", "h2", "hostname"));
    }

    @Test
    void argumentsAndEnvironmentOfHostsAreSeen() throws Exception {
        var process = new ProcessBuilder(
                        "ssh", "-F", lab.sshConfig().toString(), "h2", "PLANTED=kohlrabi sleep 30 & sleep 31")
                .start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !lab.showing("kohlrabi").isEmpty()
                            && lab.processes().stream().anyMatch(p -> p.argv().equals(List.of("sleep", "31"))));
            assertTrue(lab.showing("rutabaga").isEmpty());
        } finally {
            process.destroy();
        }
    }

    @Test
    void aPristineRootHasAJdkAndNeitherSudoNorANetwork() {
        var asUser = Lab.pristine("plain", "sh", "-c", "id -un; ls").lines().toList();
        assertEquals("plain", asUser.getFirst());
        assertTrue(asUser.contains("clusterdeck"));
        var asRoot = Lab.pristine(
                "root",
                "sh",
                "-c",
                "/opt/jdk/bin/javac --version; which sudo curl; ip route; ldconfig -p | grep -c gtk || true");
        assertLinesMatch(
                List.of("javac \\d+.*", "/usr/bin/curl", "0"), asRoot.lines().toList());
    }

    private boolean connects(String from, String address, int port) {
        try {
            lab.exec(from, "nc", "-z", "-w", "1", address, Integer.toString(port));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private boolean answers(String host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(lab.address(host), 22), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a command printed, by OpenSSH's own client. */
    private String ssh(String user, String host, String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "ssh", "-F", lab.sshConfig().toString(), "-o", "BatchMode=yes", "-l", user, host, command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        if (code != 0) {
            throw new AssertionError(command + " ended with " + code + ": " + output);
        }
        return output;
    }
}
