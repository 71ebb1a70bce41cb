package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** known_hosts files as ssh-keygen writes and reads them. */
class KnownHostsTest {

    @TempDir
    Path folder;

    private String key(String name, String type) throws Exception {
        var words = Files.readString(Path.of(Sshd.keygen(folder.resolve(name), type, "") + ".pub"))
                .split(" ");
        return words[0] + " " + words[1];
    }

    private static byte[] blob(String key) {
        return Base64.getDecoder().decode(key.split(" ")[1]);
    }

    @Test
    void patternsPortsMarkersAndHashes() throws Exception {
        var one = key("one", "ed25519");
        var two = key("two", "rsa");
        var file = folder.resolve("known_hosts");
        Files.writeString(
                file,
                "# comment\n\nh1,h2 " + one + " a comment\n[h1]:2222 " + two + "\n*.example,!bad.example " + one
                        + "\n@revoked * " + two + "\nnonsense\nh3 ssh-ed25519 notbase64!\n");
        var hashed = folder.resolve("hashed");
        Files.writeString(hashed, "secret.host " + one + "\n[secret.host]:23 " + two + "\n");
        Sshd.sh(Map.of(), "ssh-keygen", "-H", "-f", hashed.toString());
        var known = new KnownHosts(List.of(file, hashed, folder.resolve("missing")));
        assertEquals(List.of("ssh-ed25519", "@revoked ssh-rsa"), about(known, "h1"));
        assertEquals(List.of("ssh-rsa", "@revoked ssh-rsa"), about(known, "[h1]:2222"));
        assertEquals(List.of("ssh-ed25519", "@revoked ssh-rsa"), about(known, "a.example"));
        assertEquals(List.of("@revoked ssh-rsa"), about(known, "bad.example"));
        assertEquals(List.of("@revoked ssh-rsa"), about(known, "h3"));
        assertEquals(List.of("@revoked ssh-rsa", "ssh-ed25519"), about(known, "secret.host"));
        assertEquals(List.of("@revoked ssh-rsa", "ssh-rsa"), about(known, "[secret.host]:23"));
    }

    private static List<String> about(KnownHosts known, String host) {
        return known.about(host).stream()
                .map(e -> (e.marker() + " " + e.type()).strip())
                .toList();
    }

    @Test
    void whatIsWrittenIsWhatSshKeygenFinds() throws Exception {
        var key = key("one", "ed25519");
        var file = folder.resolve("new/known_hosts");
        var known = new KnownHosts(List.of(file));
        known.add("plain", "ssh-ed25519", blob(key), false);
        known.add("[hidden]:2222", "ssh-ed25519", blob(key), true);
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Sshd.sh(Map.of(), "ssh-keygen", "-F", "plain", "-f", file.toString())
                .contains(key));
        assertTrue(Sshd.sh(Map.of(), "ssh-keygen", "-F", "[hidden]:2222", "-f", file.toString())
                .contains(key));
        assertEquals(1, known.about("[hidden]:2222").size());
        assertTrue(!Files.readString(file).contains("hidden"));
        assertEquals(
                Sshd.sh(Map.of(), "ssh-keygen", "-lf", folder.resolve("one.pub").toString())
                        .split(" ")[1],
                known.about("plain").getFirst().fingerprint());
        assertEquals("ssh-ed25519", KnownHosts.type(blob(key)));
    }
}
