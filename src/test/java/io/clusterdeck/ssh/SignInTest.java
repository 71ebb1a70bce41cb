package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.Ports;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in to a real OpenSSH server: keys, agent, known hosts, jump hosts, refusals. */
@Tag("local")
@Timeout(300)
class SignInTest {

    private static final Script HELLO = Script.of("probe", "echo").with("value", "it's me");

    @TempDir
    Path folder;

    private static void hello(Host host) throws Exception {
        assertEquals(Optional.of("it's me"), host.run(HELLO, line -> {}).fact("value"));
    }

    @ParameterizedTest
    @CsvSource({
        "id_ed25519, ed25519, '', ''",
        "id_rsa, rsa, '', ''",
        "id_ecdsa, ecdsa, '', ''",
        "id_ed25519, ed25519, 'opens sésame', ''",
        "id_rsa, rsa, 'opens sésame', ''",
        "id_ecdsa, ecdsa, 'opens sésame', ''",
        "id_rsa, rsa, 'opens sésame', '-m PEM'"
    })
    void byKey(String file, String type, String passphrase, String more) throws Exception {
        try (var sshd = new Sshd(folder)) {
            var key = sshd.allow(file, type, passphrase, more.isEmpty() ? new String[0] : more.split(" "));
            var person = new Sshd.Person(true, "wrong", passphrase);
            try (var host = sshd.host(person)) {
                hello(host);
                host.run(HELLO, line -> {});
            }
            assertEquals(
                    passphrase.isEmpty() ? List.of() : List.of("PASSPHRASE " + key, "PASSPHRASE " + key + " again"),
                    person.asked.stream().filter(a -> !a.startsWith("trust")).toList());
        }
    }

    @Test
    void aPassphraseIsAskedOnlyForAKeyThatTheServerWants() throws Exception {
        try (var sshd = new Sshd(folder)) {
            Sshd.keygen(sshd.home.resolve("id_rsa"), "rsa", "never needed");
            sshd.allow("id_ed25519", "ed25519", "");
            var person = new Sshd.Person(true);
            try (var host = sshd.host(person)) {
                hello(host);
            }
            assertEquals(1, person.asked.size(), person.asked.toString());
        }
    }

    @Test
    void byAgent() throws Exception {
        var socket = folder.resolve("agent");
        var agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try (var sshd = new Sshd(folder.resolve("sshd"))) {
            var key = sshd.allow("secret_key", "ed25519", "");
            // its socket is there before it listens
            org.awaitility.Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> Sshd.sh(Map.of("SSH_AUTH_SOCK", socket.toString()), "ssh-add", "-q", key.toString())
                            .isEmpty());
            Files.delete(key);
            try (var host = new SshHost(sshd.spec(), new Sshd.Person(true), sshd.files(socket), null)) {
                hello(host);
            }
        } finally {
            agent.destroy();
        }
    }

    @Test
    void firstContactAsksAndIsWrittenDown() throws Exception {
        try (var sshd = new Sshd(folder)) {
            sshd.allow("id_ed25519", "ed25519", "");
            var known = sshd.home.resolve("known_hosts");
            var careful = new Sshd.Person(false);
            try (var host = sshd.host(careful)) {
                var refused = assertThrows(SignInRefused.class, () -> hello(host));
                assertEquals("ssh.host-key-refused", refused.what().key());
            }
            assertEquals(List.of("trust h1 ssh-ed25519 " + sshd.fingerprint()), careful.asked);
            assertFalse(Files.exists(known));

            Files.writeString(known, "# no newline at its end");
            try (var host = sshd.host(new Sshd.Person(true))) {
                hello(host);
            }
            assertTrue(Sshd.sh(Map.of(), "ssh-keygen", "-F", "[127.0.0.1]:" + sshd.port, "-f", known.toString())
                    .contains("ssh-ed25519"));
            assertTrue(Files.readString(known).startsWith("# no newline at its end\n"));
            try (var host = sshd.host(Asker.NOBODY)) {
                hello(host);
            }
        }
    }

    @Test
    void hashedNamesAreWrittenAndFound() throws Exception {
        try (var sshd = new Sshd(folder)) {
            sshd.allow("id_ed25519", "ed25519", "");
            Files.writeString(sshd.home.resolve("config"), "Host *\n  HashKnownHosts yes\n");
            var known = sshd.home.resolve("known_hosts");
            try (var host = sshd.host(new Sshd.Person(true))) {
                hello(host);
            }
            assertTrue(Files.readString(known).startsWith("|1|"), Files.readString(known));
            Sshd.sh(Map.of(), "ssh-keygen", "-F", "[127.0.0.1]:" + sshd.port, "-f", known.toString());
            try (var host = sshd.host(Asker.NOBODY)) {
                hello(host);
            }
        }
    }

    @Test
    void aChangedKeyIsRefusedWithBothFingerprints() throws Exception {
        try (var sshd = new Sshd(folder)) {
            sshd.allow("id_ed25519", "ed25519", "");
            var before = sshd.fingerprint();
            try (var host = sshd.host(new Sshd.Person(true))) {
                hello(host);
            }
            for (var type : List.of("ed25519", "rsa")) {
                Files.delete(sshd.folder.resolve("host_key"));
                Sshd.keygen(sshd.folder.resolve("host_key"), type, "");
                sshd.restart();
                var person = new Sshd.Person(true);
                try (var host = sshd.host(person)) {
                    var changed = assertThrows(HostKeyChanged.class, () -> hello(host));
                    assertEquals("ssh.host-key-changed", changed.what().key());
                    assertEquals(before, changed.what().args().get("known"));
                    assertEquals(sshd.fingerprint(), changed.what().args().get("shown"));
                }
                assertEquals(List.of(), person.asked, "nobody may be asked to accept it");
            }
        }
    }

    @Test
    void aRevokedKeyIsRefused() throws Exception {
        try (var sshd = new Sshd(folder)) {
            sshd.allow("id_ed25519", "ed25519", "");
            var key = Files.readString(sshd.folder.resolve("host_key.pub"));
            Files.writeString(
                    sshd.home.resolve("known_hosts"), "[127.0.0.1]:" + sshd.port + " " + key + "@revoked * " + key);
            try (var host = sshd.host(new Sshd.Person(true))) {
                var refused = assertThrows(HostKeyChanged.class, () -> hello(host));
                assertEquals("ssh.host-key-revoked", refused.what().key());
            }
        }
    }

    @Test
    void aRefusalTellsWhatWasTried() throws Exception {
        try (var sshd = new Sshd(folder)) {
            var key = Sshd.keygen(sshd.home.resolve("id_ed25519"), "ed25519", "");
            Files.writeString(sshd.home.resolve("id_rsa"), "not a key");
            try (var host = sshd.host(new Sshd.Person(true))) {
                var refused = assertThrows(SignInRefused.class, () -> hello(host));
                assertEquals("publickey", refused.what().args().get("offers"));
                var tried = (List<?>) refused.what().args().get("tried");
                assertTrue(tried.contains(Say.of("ssh.tried-key", "key", key)), tried.toString());
                assertTrue(tried.toString().contains("ssh.tried-unusable-key"), tried.toString());
                // not cached: as soon as the server lets the key in, so do we
                Files.copy(
                        Path.of(key + ".pub"),
                        sshd.folder.resolve("authorized_keys"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                hello(host);
            }
        }
    }

    @Test
    void namesOfTheSshConfiguration() throws Exception {
        try (var sshd = new Sshd(folder)) {
            sshd.allow("odd name", "ed25519", "");
            Files.createDirectories(sshd.home.resolve("config.d"));
            Files.writeString(sshd.home.resolve("config"), "Include config.d/*\nHost *\n  User nobody-at-all\n");
            Files.writeString(
                    sshd.home.resolve("config.d/lab"),
                    "Host alias !other\n  HostName=127.0.0.1\n  Port %d\n  IdentityFile \"%s\"\nMatch host 127.0.0.1 originalhost al*\n  User %s\n"
                            .formatted(sshd.port, sshd.home.resolve("odd name"), System.getProperty("user.name")));
            try (var host = new SshHost(HostSpec.of("alias"), new Sshd.Person(true), sshd.files(), null)) {
                hello(host);
            }
        }
    }

    @Test
    void throughAJumpHost() throws Exception {
        try (var jump = new Sshd(folder.resolve("jump"));
                var sshd = new Sshd(folder.resolve("target"), "AllowTcpForwarding no")) {
            jump.allow("id_ed25519", "ed25519", "");
            Files.copy(
                    jump.folder.resolve("authorized_keys"),
                    sshd.folder.resolve("authorized_keys"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    jump.home.resolve("config"),
                    "Host bastion\n  HostName 127.0.0.1\n  Port %d\nHost inner\n  HostName 127.0.0.1\n  Port %d\n  ProxyJump bastion\nHost *\n ProxyJump bastion\n"
                            .formatted(jump.port, sshd.port));
            var person = new Sshd.Person(true);
            try (var hosts = new Hosts(person, jump.files())) {
                hosts.know(List.of(HostSpec.of("inner")));
                hello(hosts.host(new HostName("inner")));
                assertEquals(
                        List.of(
                                "trust bastion ssh-ed25519 " + jump.fingerprint(),
                                "trust inner ssh-ed25519 " + sshd.fingerprint()),
                        person.asked);
                // a jump host that is a host of ours, by its name
                hosts.know(List.of(
                        new HostSpec(new HostName("j"), "127.0.0.1", jump.port, null, List.of(), null, false),
                        new HostSpec(new HostName("t"), "127.0.0.1", sshd.port, null, List.of(), "j", false)));
                hello(hosts.host(new HostName("t")));
            }
            // a jump host that forbids forwarding: bytes are passed on there
            try (var passing = new SshHost(
                    new HostSpec(
                            new HostName("t"),
                            "127.0.0.1",
                            jump.port,
                            null,
                            List.of(),
                            "127.0.0.1:" + sshd.port,
                            false),
                    person,
                    jump.files(),
                    null)) {
                Files.delete(jump.home.resolve("config"));
                hello(passing);
            }
        }
    }

    /** What a second factor answers is asked anew for each connection, and nobody is told that the password was wrong. */
    @Test
    void aCodeIsNotTakenForThePassword() throws Exception {
        try (var sshd = new Sshd(folder)) {
            var person = new Sshd.Person(true, "pass", "123456", "654321");
            var remembered = new SignIn.Remembered();
            for (var code : List.of("123456", "654321")) {
                var signIn = new SignIn(sshd.spec(), Target.of(sshd.spec(), sshd.files()), person, remembered);
                assertEquals("pass", answer(signIn, "Password: "));
                assertEquals(code, answer(signIn, "One-time password (OATH): "));
            }
            var user = Target.of(sshd.spec(), sshd.files()).user();
            var code = "PASSWORD One-time password (OATH):";
            assertEquals(List.of("PASSWORD " + user, code, code), person.asked);
        }
    }

    private static String answer(SignIn signIn, String prompt) {
        var answers = signIn.promptKeyboardInteractive("", "", "", new String[] {prompt}, new boolean[1]);
        return answers == null ? "" : answers[0];
    }

    @Test
    void nobodyThere() throws Exception {
        int port = Ports.block(1);
        var files = new SshFiles(folder, folder, null);
        try (var host = new SshHost(
                new HostSpec(new HostName("h"), "127.0.0.1", port, null, List.of(), null, true),
                Asker.NOBODY,
                files,
                null)) {
            var e = assertThrows(Unreachable.class, () -> hello(host));
            assertEquals(Say.of("ssh.why-refused"), e.what().args().get("why"));
        }
        try (var host = new SshHost(HostSpec.of("no-such-name.invalid"), Asker.NOBODY, files, null)) {
            var e = assertThrows(Unreachable.class, () -> hello(host));
            assertEquals(Say.of("ssh.why-unknown-name"), e.what().args().get("why"));
        }
    }
}
