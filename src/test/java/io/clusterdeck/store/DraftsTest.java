package io.clusterdeck.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.say.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftsTest {

    @Test
    void aDraftComesBackAsItWasLeft(@TempDir Path folder) throws IOException, Failure {
        var home = Home.at(folder);
        Map<String, Object> tree =
                Map.of("page", "layout", "blueprint", Map.of("name", "carts", "hosts", List.of(Map.of("ssh", "h1"))));
        home.drafts().keep(new Draft("a-1", Instant.now(), tree));
        Files.writeString(folder.resolve("drafts.d/broken.yaml"), "{");
        assertEquals(
                List.of(tree),
                Home.at(folder).drafts().all().stream().map(Draft::tree).toList());
        assertEquals(List.of(), home.clusters());
        home.drafts().forget("a-1");
        assertEquals(List.of(), home.drafts().all());
        assertThrows(IllegalArgumentException.class, () -> home.drafts().forget("../x"));
    }
}
