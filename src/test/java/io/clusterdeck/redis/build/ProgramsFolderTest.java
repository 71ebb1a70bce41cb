package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.NotAllowed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs may lie in a folder of this computer, as the wizard and the blueprint say. */
class ProgramsFolderTest {
    private static final byte[] SERVER =
            "SSL_CTX_ of a server".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @TempDir
    Path home;

    private Path folder;
    private Shelf shelf;

    @BeforeEach
    void programs() throws Exception {
        folder = Files.createDirectories(home.resolve("my redis"));
        Files.write(folder.resolve("redis-server"), SERVER);
        Files.writeString(folder.resolve("redis-cli"), "a client");
        Files.writeString(folder.resolve("notes.txt"), "not a program");
        Files.writeString(folder.resolve("redis.conf"), "port 6379\n");
        shelf = new Shelf(home.resolve("shelf"));
    }

    @Test
    void isPackedAsHostsUnpackIt() throws Exception {
        var pack = shelf.packed(ProgramsFolder.of(checked(folder)).orElseThrow());
        var to = Files.createDirectories(home.resolve("to"));
        var tar = new ProcessBuilder("tar", "-xzf", pack.toString(), "-C", to.toString())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
        assertArrayEquals(SERVER, Files.readAllBytes(to.resolve("bin/redis-server")));
        assertTrue(Files.isExecutable(to.resolve("bin/redis-server")));
        assertEquals("a client", Files.readString(to.resolve("bin/redis-cli")));
        assertEquals("port 6379\n", Files.readString(to.resolve("share/redis.conf")));
        assertFalse(Files.exists(to.resolve("bin/notes.txt")));
        assertEquals(pack, shelf.packed(new ProgramsFolder(folder)), "the same bytes");
    }

    @Test
    void itsBinIsLookedInto() throws Exception {
        var root = Files.createDirectories(home.resolve("root/bin"));
        Files.move(folder.resolve("redis-server"), root.resolve("redis-server"));
        assertEquals(root.getParent(), checked(root.getParent()));
        var why = assertThrows(NotAllowed.class, () -> checked(folder));
        assertEquals("build.source.no-server", why.what().key());
    }

    @Test
    void whetherItSpeaksTlsIsSeen() throws Exception {
        var source = new Blueprint.Source.Programs(folder.toString(), "");
        assertEquals(Optional.empty(), TlsPrograms.wrong(source));
        Files.writeString(folder.resolve("redis-server"), "without");
        assertEquals(Optional.of(folder.toString()), TlsPrograms.wrong(source));
    }

    private static Path checked(Path file) throws Exception {
        return new SourceFile(file, "").checked();
    }
}
