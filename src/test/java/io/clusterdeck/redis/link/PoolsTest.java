package io.clusterdeck.redis.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.redis.tls.Authority;
import io.clusterdeck.say.Unreachable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolsTest {

    @TempDir
    Path folder;

    /** However often certificates change and links are opened in a process that runs for months. */
    @Test
    void whatNodesAreSpokenToWithIsForgottenWithTheLastLinks() throws Exception {
        int before = Pools.secured();
        var file = Files.writeString(
                folder.resolve("ca.crt"), Authority.make("a", Instant.now()).text());
        var tls = Optional.of(new Tls(file.toString(), "", ""));
        var nobody = new NodeAddress("127.0.0.1", Ports.block(1));
        try (var ones = new LettuceLinks(Ways.DIRECT, () -> Login.NONE, () -> tls)) {
            try (var others = new LettuceLinks(Ways.DIRECT, () -> Login.NONE, () -> tls)) {
                for (var links : new LettuceLinks[] {ones, others}) {
                    assertThrows(Unreachable.class, () -> links.act(nobody));
                }
                assertEquals(before + 1, Pools.secured());
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
                for (var links : new LettuceLinks[] {ones, others}) {
                    assertThrows(Unreachable.class, () -> links.act(nobody));
                }
                assertEquals(before + 1, Pools.secured(), "one that was read before is not kept");
            }
            assertEquals(before + 1, Pools.secured(), "somebody still uses it");
        }
        assertEquals(before, Pools.secured());
    }
}
