package io.clusterdeck.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be read of the past is told, each file with its reason: it must not look as if nothing had been done. */
class UnreadJournalsTest {

    @TempDir
    Path folder;

    private JournaledRuns runs;

    @BeforeEach
    void twoWereRun() throws Exception {
        var deeds = new Deeds(folder);
        runs = new JournaledRuns(deeds, Deeds.kinds());
        runs.start(deeds.usual("p1")).await();
        runs.start(deeds.usual("p2")).await();
    }

    private Path journal(String id) {
        return folder.resolve("runs/" + id + ".jsonl");
    }

    private static List<String> ids(Runs.Known known) {
        return known.states().stream().map(s -> s.plan().id().value()).toList();
    }

    private static List<Say> why(Runs.Known known) {
        return known.unread().stream().map(u -> u.what()).toList();
    }

    private void replace(String id, String from, String to) throws IOException {
        var text = Files.readString(journal(id));
        assertTrue(text.contains(from.replace("\\", "")), text);
        Files.writeString(journal(id), text.replaceFirst(from, to));
    }

    /** Told each time, though the file is read only once. */
    private void told(String key, Object... args) {
        for (int times = 0; times < 2; times++) {
            var known = runs.known();
            assertEquals(List.of("p2"), ids(known));
            assertEquals(List.of(key), why(known).stream().map(Say::key).toList());
            assertEquals(Say.of(key, args).args(), why(known).getFirst().args());
        }
    }

    @Test
    void aDamagedOneIsToldWithItsLine() throws Exception {
        replace("p1", "\n\\{", "\n!{");
        told("plan.journal-damaged", "file", journal("p1"), "line", 2);
    }

    @Test
    void bytesThatAreNoTextAreADamageToo() throws Exception {
        Files.write(journal("p1"), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
        told("plan.journal-damaged", "file", journal("p1"), "line", 1);
    }

    @Test
    void oneOfALaterVersionIsTold() throws Exception {
        replace("p1", "\"version\":1", "\"version\":999");
        told("plan.journal-newer", "file", journal("p1"));
    }

    @Test
    void oneThatTheSystemDoesNotGiveIsTold() throws Exception {
        Files.delete(journal("p1"));
        Files.createDirectory(journal("p1"));
        var known = runs.known();
        assertEquals(List.of("p2"), ids(known));
        assertEquals("plan.journal-unreadable", why(known).getFirst().key());
        assertEquals(journal("p1").toString(), why(known).getFirst().args().get("file"));
    }

    @Test
    void oneThatWasOnlyJustCreatedIsNoRunYet() throws Exception {
        Files.write(journal("p1"), "{\"at\":\"20".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), why(runs.known()));
        assertEquals(List.of("p2"), ids(runs.known()));
    }

    @Test
    void aFolderThatCanNotBeListedIsTold() throws Exception {
        Files.move(folder.resolve("runs"), folder.resolve("moved"));
        Files.writeString(folder.resolve("runs"), "a file where the folder was");
        var known = runs.known();
        assertEquals(List.of(), ids(known));
        assertEquals("plan.unreadable", why(known).getFirst().key());
        assertEquals(
                folder.resolve("runs").toString(), why(known).getFirst().args().get("folder"));
    }
}
