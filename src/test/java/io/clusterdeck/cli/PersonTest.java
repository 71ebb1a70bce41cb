package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.Asker.Kind;
import io.clusterdeck.ssh.Asker.Want;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.words.Words;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers where nobody sits at the terminal. */
class PersonTest {

    private static final HostSpec HOST = HostSpec.of("10.0.0.1");

    @TempDir
    Path folder;

    private final Answering answers = new Answering();
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Person person(String typed) {
        var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(stream, stream, new BufferedReader(new StringReader(typed)), null, false);
        return new Person(terminal, Words.in(Locale.ENGLISH), answers, environment);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aNewKeyIsTrustedOnlyWhenThatWasSaidBefore() {
        assertFalse(person("yes\n").trust(HOST, "ED25519", "SHA256:abc"), "what is piped in is no person");
        assertTrue(said().contains("SHA256:abc") && said().contains("--accept-new"), said());
        answers.acceptNew = true;
        assertTrue(person("").trust(HOST, "ED25519", "SHA256:abc"));
    }

    @Test
    void whatNobodyAnswersIsSaidOnce() {
        var nobody = person("");
        var want = new Want(HOST, Kind.SUDO, "", false);
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), nobody.secret(want));
        }
        assertEquals(1, said().lines().count(), said());
    }

    @Test
    void passwordsComeFromFilesNamedByOptionOrEnvironment() throws Exception {
        var file = Files.writeString(folder.resolve("a"), " päss 'word\nsecond line\n");
        var other = Files.writeString(folder.resolve("b"), "other\n");
        environment.put("CLUSTERDECK_SUDO_PASSWORD_FILE", other.toString());
        answers.sshPasswordFile = file.toString();
        var person = person("");
        assertEquals(Optional.of(Secret.of(" päss 'word")), person.secret(new Want(HOST, Kind.PASSWORD, "ops", false)));
        assertEquals(Optional.of(Secret.of("other")), person.secret(new Want(HOST, Kind.SUDO, "", false)));
        assertEquals(Optional.empty(), person.secret(new Want(HOST, Kind.PASSPHRASE, "~/.ssh/id", false)));
        assertTrue(said().contains("--passphrase-file"), said());
        assertFalse(said().contains("word"), said());
    }

    @Test
    void aWrongAnswerFromAFileIsNotGivenAgain() throws Exception {
        answers.passwordFile = Files.writeString(folder.resolve("a"), "wrong\n").toString();
        assertEquals(Optional.of(Secret.of("wrong")), person("").password("carts", false));
        assertEquals(Optional.empty(), person("").password("carts", true));
        assertTrue(said().contains("what " + answers.passwordFile + " holds was not accepted"), said());
        assertFalse(said().contains("nobody is there"), said());
    }

    @Test
    void thePasswordOfTheNodesMayBePiped() {
        answers.passwordFromStdin = true;
        assertEquals(Optional.of(Secret.of("piped")), person("piped\n").password("carts", false));
        assertEquals(Optional.empty(), person("").password("carts", true));
        assertTrue(said().contains("what standard input holds was not accepted"), said());
    }

    @Test
    void aMissingFileIsNamed() {
        answers.passwordFile = folder.resolve("none").toString();
        assertEquals(Optional.empty(), person("").password("carts", false));
        assertTrue(said().contains(folder.resolve("none").toString()), said());
    }
}
