package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.SshFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** sshd answers before systemd-user-sessions lets anybody but root in; the texts are those of systemd's nologin files. */
@Tag("lab")
@Timeout(300)
class StartingHostLabTest {

    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void up() throws Exception {
        lab = Lab.of(1);
        Files.copy(lab.knownHosts(), folder.resolve("known_hosts"));
    }

    private int run() throws Exception {
        try (var hosts = new Hosts(Asker.NOBODY, new SshFiles(folder, folder, null))) {
            hosts.know(List.of(lab.spec("h1", "ops")));
            return hosts.host(new HostName("h1"))
                    .run(Script.of("probe", "echo").with("value", "x"), line -> {})
                    .code();
        }
    }

    private void nologin(String text, String then) {
        lab.exec("h1", "sh", "-c", "echo '" + text + "' >/run/nologin; " + then);
    }

    @Test
    void aHostThatStillStartsIsWaitedFor() throws Exception {
        nologin(
                "System is booting up. Unprivileged users are not permitted to log in yet.",
                "(sleep 2; rm /run/nologin) >/dev/null 2>&1 &");
        assertEquals(0, run());
    }

    @Test
    void oneThatGoesDownIsQuoted() {
        nologin("System is going down. Unprivileged users are not permitted to log in anymore.", "");
        try {
            var refused = assertThrows(SignInRefused.class, this::run);
            assertEquals("ssh.sign-in-closed", refused.what().key());
            assertTrue(
                    refused.what().toString().contains("going down"),
                    refused.what().toString());
        } finally {
            lab.exec("h1", "rm", "/run/nologin");
        }
    }
}
