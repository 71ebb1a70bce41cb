package io.clusterdeck.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our signatures, in our own eyes and in those of OpenSSH. */
class SignatureTest {

    private static final byte[] CONTENT = "a report\n集群\n".getBytes(UTF_8);

    @TempDir
    Path folder;

    private KeyPair key(String home) throws Exception {
        return Home.at(folder.resolve(home)).signingKey().pair();
    }

    private static int run(Path in, String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
    }

    @Test
    void tellsWhetherItWasAltered() throws Exception {
        var pair = key("home");
        var text = Signature.of(CONTENT, pair);
        var signature = Signature.read(text).orElseThrow();
        assertTrue(signature.holds(CONTENT));
        assertEquals(PublicKey.of(pair.getPublic()), signature.by());
        for (int i = 0; i < CONTENT.length; i++) {
            var altered = CONTENT.clone();
            altered[i] ^= 1;
            assertFalse(signature.holds(altered), "byte " + i);
        }
        assertFalse(signature.holds(new byte[0]));
    }

    /** Whatever byte of the signature is another one: it is no signature, or it does not hold, or it is somebody else's. */
    @Test
    void aDamagedSignatureIsNeverTaken() throws Exception {
        var pair = key("home");
        var text = Signature.of(CONTENT, pair);
        var lines = text.lines().toList();
        var blob = Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
        for (int i = 0; i < blob.length; i++) {
            blob[i] ^= 1;
            var read = Signature.read(
                    lines.getFirst() + "\n" + Base64.getEncoder().encodeToString(blob) + "\n" + lines.getLast());
            boolean taken = read.isPresent()
                    && read.get().holds(CONTENT)
                    && read.get().by().equals(PublicKey.of(pair.getPublic()));
            assertFalse(taken, "byte " + i);
            blob[i] ^= 1;
        }
        assertTrue(Signature.read("").isEmpty());
        assertTrue(Signature.read(text.substring(0, 120)).isEmpty());
    }

    @Test
    void openSshReadsOursAndWeReadIts() throws Exception {
        var pair = key("home");
        var content = Files.write(folder.resolve("report"), CONTENT);
        var ours = Files.writeString(folder.resolve("report.sig"), Signature.of(CONTENT, pair));
        var line = PublicKey.of(pair.getPublic()).line("ops@deck1");
        var allowed = Files.writeString(folder.resolve("allowed"), "ops@deck1 " + line + "\n");
        String[] verify = {
            "ssh-keygen",
            "-Y",
            "verify",
            "-n",
            "clusterdeck",
            "-f",
            allowed.toString(),
            "-I",
            "ops@deck1",
            "-s",
            ours.toString()
        };
        assertEquals(0, run(content, verify));
        assertNotEquals(0, run(Files.writeString(folder.resolve("other"), "altered"), verify));

        var theirs = folder.resolve("id");
        assertEquals(0, run(content, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", theirs.toString()));
        assertEquals(
                0,
                run(
                        content,
                        "ssh-keygen",
                        "-q",
                        "-Y",
                        "sign",
                        "-n",
                        "clusterdeck",
                        "-f",
                        theirs.toString(),
                        Files.copy(content, folder.resolve("copy")).toString()));
        var signature =
                Signature.read(Files.readString(folder.resolve("copy.sig"))).orElseThrow();
        assertTrue(signature.holds(CONTENT));
        assertEquals(PublicKey.parse(Files.readString(folder.resolve("id.pub"))).orElseThrow(), signature.by());
    }

    @Test
    void signedForSomethingElseIsNotOurs() throws Exception {
        var content = Files.write(folder.resolve("report"), CONTENT);
        var theirs = folder.resolve("id");
        assertEquals(0, run(content, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", theirs.toString()));
        assertEquals(
                0,
                run(
                        content,
                        "ssh-keygen",
                        "-q",
                        "-Y",
                        "sign",
                        "-n",
                        "git",
                        "-f",
                        theirs.toString(),
                        content.toString()));
        assertTrue(
                Signature.read(Files.readString(folder.resolve("report.sig"))).isEmpty());
    }

    @Test
    void oneKeyForAllProcessesOfAUserAndOnlyForThem() throws Exception {
        var keys = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return PublicKey.of(key("home").getPublic());
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                }))
                .toList();
        var found = keys.stream().map(CompletableFuture::join).distinct().toList();
        assertEquals(1, found.size());
        var file = folder.resolve("home/signing.key");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var all = Files.list(folder.resolve("home"))) {
            assertEquals(List.of(file), all.toList(), "nothing beside it");
        }
        assertNotEquals(found.getFirst(), PublicKey.of(key("other").getPublic()));
    }
}
