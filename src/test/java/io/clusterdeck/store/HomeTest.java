package io.clusterdeck.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {

    @TempDir
    Path folder;

    private static String rights(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isWhereTheBaseDirectorySpecificationSays() throws Exception {
        var user = folder.resolve("user");
        assertEquals(
                folder.resolve("xdg/clusterdeck"),
                Home.open(Map.of("XDG_DATA_HOME", folder + "/xdg"), user, folder)
                        .folder());
        assertEquals(
                user.resolve(".local/share/clusterdeck"),
                Home.open(Map.of(), user, folder).folder());
        assertEquals(
                user.resolve(".local/share/clusterdeck"),
                Home.open(Map.of("XDG_DATA_HOME", "relative"), user, folder).folder());
        assertEquals("rwx------", rights(user.resolve(".local/share/clusterdeck")));
    }

    @Test
    void goesToATemporaryFolderAndSaysSo() throws Exception {
        var file = Files.writeString(folder.resolve("user"), "a file where the home should be");
        var home = Home.open(Map.of(), file, folder);
        assertEquals("store.temporary", home.note().orElseThrow().key());
        assertEquals(Say.of("file.no-folder"), home.note().orElseThrow().args().get("why"));
        assertEquals("rwx------", rights(home.folder()));
        assertEquals(home.folder(), Home.open(Map.of(), file, folder).folder(), "the next process finds it again");
        assertEquals(Optional.empty(), Home.at(folder.resolve("x")).note());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "carts",
                "two words",
                "../../etc",
                "",
                ".",
                "..",
                ".hidden",
                "生产",
                "a/b\\c:d",
                "quote\"'$(id)\n",
                "%41",
                "settings.yaml"
            })
    void keepsAClusterOfAnyName(String name) throws Exception {
        var home = Home.at(folder.resolve("home"));
        home.keep(Settings.DEFAULT);
        home.keep(name, Map.of("name", name, "seeds", List.of(Map.of("host", "10.0.0.1", "port", 9000))));
        assertEquals(List.of(name), Home.at(folder.resolve("home")).clusters());
        assertEquals(name, home.cluster(name).orElseThrow().get("name"));
        assertEquals(home.folder(), home.of(name).getParent());
        assertEquals("rw-------", rights(home.of(name).resolve("cluster.yaml")));
        home.forget(name);
        assertEquals(List.of(), home.clusters());
    }

    @Test
    void namesThatLookAlikeDoNotMeet() {
        var names = List.of("a b", "a%20b", "a_b", "x".repeat(200), "x".repeat(201), "", "%", "A b");
        assertEquals(names.size(), names.stream().map(FolderName::of).distinct().count());
    }

    @Test
    void aBrokenFileIsNamed() throws Exception {
        var home = Home.at(folder);
        Files.createDirectories(home.of("carts"));
        Files.writeString(home.of("carts").resolve("cluster.yaml"), "name: [unclosed");
        var broken = assertThrows(UnexpectedOutput.class, () -> home.cluster("carts"));
        assertTrue(broken.what().args().get("file").toString().endsWith("carts/cluster.yaml"));
        assertEquals(List.of("carts"), home.clusters(), "it stays in sight");
    }

    @Test
    void settingsComeBackAndBadOnesDoNotHurt() throws Exception {
        var home = Home.at(folder);
        assertEquals(Settings.DEFAULT, home.settings());
        var chosen = Settings.DEFAULT
                .with(Settings.Theme.DARK)
                .speaking("zh")
                .scaled(150)
                .notifying(false)
                .at(new Settings.Frame(12, 34, 1440, 900, false))
                .showing("runs");
        home.keep(chosen);
        assertEquals(chosen, Home.at(folder).settings());
        Files.writeString(folder.resolve("settings.yaml"), "theme: pink\nwidth: wide\nlanguage: zh\nlater: 1\n");
        assertEquals(Settings.DEFAULT.speaking("zh"), home.settings());
    }

    @Test
    void snapshotsComeBackNewestFirst() throws Exception {
        var snapshots = Home.at(folder).snapshots("carts");
        assertEquals(List.of(), snapshots.all());
        snapshots.keep(Instant.parse("2026-11-22T09:00:00Z"), "hand", "{\"a\":\"集群\"}");
        var later = snapshots.keep(Instant.parse("2026-11-22T09:00:01Z"), "change", "{}");
        assertEquals(later, snapshots.all().getFirst());
        assertEquals("{\"a\":\"集群\"}", Snapshots.read(snapshots.all().getLast().file()));
        assertEquals("rw-------", rights(later.file()));
    }

    @Test
    void aLogSurvivesALineThatWasCutShort() throws Exception {
        var log = Home.at(folder).events("carts");
        assertEquals(List.of(), log.last(10));
        var entry = new SayLog.Entry(
                Instant.parse("2026-11-22T09:00:00Z"), "ops@deck", Say.of("a.b", "n", 1, "in", Say.of("c.d")));
        log.add(entry);
        Files.writeString(log.file(), "{\"at\":\"2026-", java.nio.file.StandardOpenOption.APPEND);
        log.add(entry);
        assertEquals(List.of(entry, entry), log.last(10));
        assertEquals(List.of(entry), log.last(1));
        assertEquals("rw-------", rights(log.file()));
    }

    @Test
    void twoProcessesWriteOneLogWithoutMixingTheirLines() throws Exception {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var writers = new ArrayList<Process>();
        for (int i = 0; i < 2; i++) {
            writers.add(new ProcessBuilder(
                            java,
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString(),
                            "p" + i)
                    .inheritIO()
                    .start());
        }
        for (var writer : writers) {
            assertTrue(writer.waitFor(60, TimeUnit.SECONDS) && writer.exitValue() == 0);
        }
        var entries = Home.at(folder).audit("carts").last(10_000);
        for (int i = 0; i < 2; i++) {
            var by = "p" + i;
            var numbers = entries.stream()
                    .filter(e -> e.by().equals(by))
                    .map(e -> e.what().args().get("n"))
                    .toList();
            assertEquals(IntStream.range(0, Writer.LINES).boxed().toList(), numbers);
        }
    }

    /** Writes many long lines as fast as it can. */
    static final class Writer {
        static final int LINES = 300;

        public static void main(String[] args) throws Exception {
            var log = Home.at(Path.of(args[0])).audit("carts");
            for (int n = 0; n < LINES; n++) {
                log.add(new SayLog.Entry(
                        Instant.now(), args[1], Say.of("a.b", "n", n, "long", "x".repeat(n * 17 % 5000))));
            }
        }
    }
}
