package io.clusterdeck.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.ssh.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    private static final String NAME = "clusters/carts/requirepass";
    private static final Secret VALUE = Secret.of("pässword \"$(id)\"\n密");

    @TempDir
    Path folder;

    private Secrets open() throws Exception {
        return Home.at(folder).secrets();
    }

    private void assertNowhereInClear() throws Exception {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                var clear = new String(VALUE.reveal().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                assertFalse(text.contains(clear) || text.contains("carts"), file.toString());
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString());
            }
        }
    }

    @Test
    void comeBackInTheNextProcess() throws Exception {
        open().keep(NAME, VALUE);
        assertEquals(Optional.of(VALUE), open().get(NAME));
        assertEquals(Optional.empty(), open().get("hosts/h1/sudo"));
        assertNowhereInClear();
        open().forget(NAME);
        assertEquals(Set.of(), open().names());
    }

    @Test
    void anyChangedByteIsSeen() throws Exception {
        open().keep(NAME, VALUE);
        var file = folder.resolve("secrets.json");
        var whole = Files.readString(file);
        int data = whole.indexOf("\"data\":\"") + 10;
        char other = whole.charAt(data) == 'A' ? 'B' : 'A';
        Files.writeString(file, whole.substring(0, data) + other + whole.substring(data + 1));
        var secrets = open();
        assertEquals(
                "store.secrets-other-key",
                assertThrows(NotAllowed.class, () -> secrets.get(NAME)).what().key());
    }

    @Test
    void aLostKeyIsSaidAndNothingIsOverwritten() throws Exception {
        open().keep(NAME, VALUE);
        var before = Files.readString(folder.resolve("secrets.json"));
        Files.delete(folder.resolve("secrets.key"));
        assertThrows(NotAllowed.class, this::open);
        assertEquals(before, Files.readString(folder.resolve("secrets.json")));
    }

    @Test
    void theSameSecretIsNeverWrittenTheSameWay() throws Exception {
        open().keep(NAME, VALUE);
        var before = Files.readString(folder.resolve("secrets.json"));
        open().keep(NAME, VALUE);
        assertFalse(before.equals(Files.readString(folder.resolve("secrets.json"))));
    }
}
