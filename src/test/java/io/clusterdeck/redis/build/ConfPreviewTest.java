package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.build.BlueprintReader.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's redis.conf will say, against the release's: the whole file where its tarball lies here. */
class ConfPreviewTest {

    @TempDir
    Path folder;

    private ConfPreview preview(Path tarball) {
        var read = BlueprintReader.read("draft", """
            name: carts
            hosts: [10.0.0.1, 10.0.0.2, 10.0.0.3]
            redis:
              version: 6.2.3
              source: upload
              file: "%s"
              sha256: %s
            """.formatted(tarball, "0".repeat(64)));
        var blueprint =
                assertInstanceOf(Reading.Good.class, read, read::toString).blueprint();
        var first = Placement.of(blueprint).nodes().getFirst();
        return ConfPreview.of(blueprint, first, Optional.empty());
    }

    @Test
    void theTarballsWholeFileIsRead() throws Exception {
        var release = Files.createDirectories(folder.resolve("redis-6.2.3/src"));
        Files.writeString(release.resolve("redis.conf"), "# another one\nport 1\n");
        Files.writeString(
                release.getParent().resolve("redis.conf"),
                "# how many may wait\ntcp-backlog 511\n\n# where\nport 6379\n");
        var tarball = folder.resolve("redis.tar.gz");
        var tar = new ProcessBuilder("tar", "-czf", tarball.toString(), "-C", folder.toString(), "redis-6.2.3").start();
        assertEquals(0, tar.waitFor());
        var seen = preview(tarball);
        assertEquals(Optional.of(tarball), seen.whole());
        assertEquals(
                "# how many may wait\ntcp-backlog 511\n\n# where\nport 6379\n",
                seen.edit().before());
        assertTrue(
                seen.edit().after().startsWith("# how many may wait\ntcp-backlog 511\n\n# where\nport 9000\n"),
                seen.edit()::after);
    }

    @Test
    void withoutItTheKnownLinesAreCompared() throws Exception {
        for (var wrong : new Path[] {folder.resolve("none"), Files.writeString(folder.resolve("text"), "no tarball")}) {
            var seen = preview(wrong);
            assertEquals(Optional.empty(), seen.whole());
            assertFalse(seen.edit().before().contains("# how"));
            assertTrue(seen.edit().before().contains("tcp-backlog 511"));
        }
    }
}
