package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.say.Say;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's redis.conf will say, against the file that it is made from: the whole one where an archive with it lies here. */
class ConfPreviewTest {
    private static final String SUM = "0".repeat(64);
    private static final String WHOLE = "# how many may wait\ntcp-backlog 511\n\n# where\nport 6379\n";

    @TempDir
    Path folder;

    private FileDiff preview(String source) {
        var read =
                BlueprintReader.read("draft", "name: carts\nhosts: [10.0.0.1, 10.0.0.2, 10.0.0.3]\nredis: " + source);
        var blueprint =
                assertInstanceOf(Reading.Good.class, read, read::toString).blueprint();
        var first = Placement.of(blueprint).nodes().getFirst();
        return ConfPreview.of(blueprint, first, Optional.empty(), folder.resolve("shelf"));
    }

    private FileDiff upload(Path file) {
        return preview("{version: 6.2.3, source: upload, file: \"" + file + "\", sha256: " + SUM + "}");
    }

    private Path packed(String name, Path archive) throws Exception {
        var conf = folder.resolve("tree").resolve(name);
        Files.createDirectories(conf.getParent());
        Files.writeString(conf, WHOLE);
        Files.createDirectories(archive.getParent());
        var words = List.of(
                "tar", "-czf", archive.toString(), "-C", folder.resolve("tree").toString(), ".");
        assertEquals(0, new ProcessBuilder(words).start().waitFor());
        return archive;
    }

    private static void compared(FileDiff seen, Path with) {
        assertEquals(Optional.of(Say.of("build.basis.file", "file", with)), seen.basis());
        assertEquals(WHOLE, seen.before());
        assertTrue(seen.after().startsWith(WHOLE.replace("6379", "9000")), seen::after);
    }

    @Test
    void theTarballsWholeFileIsRead() throws Exception {
        var other = folder.resolve("tree/redis-6.2.3/src/redis.conf");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "# another one\nport 1\n");
        var tarball = packed("redis-6.2.3/redis.conf", folder.resolve("redis.tar.gz"));
        compared(upload(tarball), tarball);
    }

    @Test
    void ofADownloadItIsReadWhereItCameByThisComputer() throws Exception {
        var download = "{version: 6.2.3, url: \"http://mirror/redis.tar.gz\", sha256: " + SUM + "}";
        assertEquals(Optional.of(Say.of("build.basis.known")), preview(download).basis());
        var shelved = packed("redis-6.2.3/redis.conf", folder.resolve("shelf").resolve(SUM));
        compared(preview(download), shelved);
    }

    @Test
    void readyProgramsBringTheirsOrGetOurs() throws Exception {
        var archive = packed("share/redis.conf", folder.resolve("programs.tar.gz"));
        var programs = "{version: 6.2.3, source: programs, file: \"%s\"}";
        compared(preview(programs.formatted(archive)), archive);
        for (var none : List.of(
                programs.formatted(folder.resolve("none")),
                "{source: installed, folder: /usr/bin}",
                "{source: packaged}")) {
            var seen = preview(none);
            assertEquals(Optional.of(Say.of("build.basis.ours")), seen.basis(), none);
            assertTrue(seen.before().startsWith("# Configuration of a Redis node"), seen::before);
        }
    }

    @Test
    void withoutItTheKnownLinesAreCompared() throws Exception {
        for (var wrong : new Path[] {folder.resolve("none"), Files.writeString(folder.resolve("text"), "no tarball")}) {
            var seen = upload(wrong);
            assertEquals(Optional.of(Say.of("build.basis.known")), seen.basis());
            assertFalse(seen.before().contains("# how"));
            assertTrue(seen.before().contains("tcp-backlog 511"));
        }
    }
}
