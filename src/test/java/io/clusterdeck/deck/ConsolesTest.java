package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.clusterdeck.redis.console.Typed;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Renames;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed by the word to which CONFIG was renamed is judged and kept as CONFIG: the word is as good as a password. */
class ConsolesTest {
    private static final NodeAddress NODE = new NodeAddress("127.0.0.1", 9000);

    @TempDir
    Path folder;

    @Test
    void aRenamedCommandIsCalledByItsName() throws Exception {
        var renames = new Renames();
        renames.everywhere("CONFIG", Secret.of("tuning-7f3a"));
        renames.at(NODE, "CONFIG", Secret.of("own-2c"));
        var home = Home.at(folder);
        try (var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE)) {
            var consoles = new DeckConsoles(links, renames, home.typed("carts"), home.audit("carts"));
            assertEquals("CONFIG GET \"a b\"", consoles.named("  Tuning-7F3A GET \"a b\""));
            assertEquals("CONFIG GET save", consoles.named("'own-2c' GET save"));
            for (var line : List.of("get tuning-7f3a", "tuning-7f3ab GET x", "get 'own-2c GET", "")) {
                assertEquals(line, consoles.named(line));
            }
            for (var line : List.of("tuning-7f3a SET requirepass hunter2", "own-2c SET maxclients 9")) {
                var named = consoles.named(line);
                consoles.keep(Typed.read(named), named);
                consoles.audit(NODE, Typed.read(named));
            }
        }
        var kept = Files.readString(folder.resolve("carts/console.history"))
                + Files.readString(folder.resolve("carts/audit.jsonl"));
        for (var secret : List.of("tuning-7f3a", "own-2c", "hunter2")) {
            assertFalse(kept.contains(secret), kept);
        }
    }
}
