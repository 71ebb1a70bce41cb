package io.clusterdeck.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.store.Snapshots.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How snapshots thin out, and that several processes may keep them at once. */
class KeepingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Keeping RULE = new Keeping(Duration.ofHours(1), 2, 14, 365);

    @TempDir
    Path folder;

    private static Entry entry(Duration ago, String why) {
        return new Entry(Path.of(ago + why), NOW.minus(ago), why);
    }

    @Test
    void thinsOutByAge() {
        var all = new ArrayList<Entry>();
        for (long minutes = 0; minutes < Duration.ofDays(400).toMinutes(); minutes += 30) {
            all.add(entry(Duration.ofMinutes(minutes), "schedule"));
        }
        var left = new ArrayList<>(all);
        left.removeAll(new HashSet<>(RULE.surplus(all, NOW)));
        assertEquals(2 * 24 * 2, left.stream().filter(e -> younger(e, 2)).count());
        assertEquals(
                12 * 24,
                left.stream().filter(e -> younger(e, 14) && !younger(e, 2)).count(),
                1);
        assertEquals(
                351,
                left.stream().filter(e -> younger(e, 365) && !younger(e, 14)).count(),
                1);
        assertTrue(left.stream().allMatch(e -> younger(e, 365)));
        assertEquals(List.of(), RULE.surplus(left, NOW), "and again nothing");
    }

    private static boolean younger(Entry e, int days) {
        return Duration.between(e.at(), NOW).compareTo(Duration.ofDays(days)) < 0;
    }

    @Test
    void neverTheLastAndNeverWhatAPersonTook() {
        var old = entry(Duration.ofDays(900), "schedule");
        var older = entry(Duration.ofDays(901), "schedule");
        var hand = entry(Duration.ofDays(2000), "hand");
        var imported = entry(Duration.ofDays(2001), "import");
        assertEquals(List.of(older), RULE.surplus(List.of(old, older, hand, imported), NOW));
        assertEquals(List.of(), RULE.surplus(List.of(old), NOW));
        assertEquals(List.of(), RULE.surplus(List.of(), NOW));
    }

    @Test
    void aChangeTellsMoreThanTheClock() {
        var newest = entry(Duration.ZERO, "schedule");
        var clock = entry(Duration.ofDays(5).minusMinutes(20), "schedule");
        var change = entry(Duration.ofDays(5).minusMinutes(10), "change");
        assertEquals(List.of(clock), RULE.surplus(List.of(newest, change, clock), NOW));
        assertEquals(
                List.of(clock),
                RULE.surplus(List.of(newest, entry(Duration.ofDays(5).minusMinutes(30), "change"), clock), NOW));
    }

    @Test
    void theRuleIsKeptAndNonsenseIsNot() throws Exception {
        var home = Home.at(folder);
        assertEquals(Keeping.DEFAULT, home.keeping());
        var chosen = new Keeping(Duration.ofMinutes(15), 1, 2, 3);
        home.keep(chosen);
        assertEquals(chosen, Home.at(folder).keeping());
        assertEquals(Keeping.DEFAULT, Keeping.of(Map.of("every-minutes", -1, "all-days", "many")));
    }

    @Test
    void nobodyWritesOverAnother() throws Exception {
        var writers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return Home.at(folder).snapshots("carts").keep(NOW, "change", "{\"n\":" + i + "}");
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                }))
                .toList();
        writers.forEach(CompletableFuture::join);
        var all = Home.at(folder).snapshots("carts").all();
        assertEquals(20, all.size());
        var texts = new HashSet<String>();
        for (var entry : all) {
            assertEquals("change", entry.why());
            assertEquals(NOW, entry.at());
            texts.add(Snapshots.read(entry.file()));
        }
        assertEquals(20, texts.size());
        Snapshots.remove(all.getFirst());
        Snapshots.remove(all.getFirst());
        assertEquals(19, Home.at(folder).snapshots("carts").all().size());
    }

    @Test
    void strangeFilesAreLeftAloneAndBombsAreNotUnpacked() throws Exception {
        var snapshots = Home.at(folder).snapshots("carts");
        snapshots.keep(NOW, "hand", "{}");
        var beside = folder.resolve("carts/snapshots");
        Files.writeString(beside.resolve("notes.json.gz"), "mine");
        Files.writeString(beside.resolve("99999999-999999-999.json.gz"), "mine");
        assertEquals(1, snapshots.all().size());
        var plain = Files.writeString(folder.resolve("plain.json"), "{\"a\":1}");
        assertEquals("{\"a\":1}", Snapshots.read(plain));
        var bomb = folder.resolve("bomb.json.gz");
        try (var zip = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            var block = new byte[1 << 20];
            for (int i = 0; i < 70; i++) {
                zip.write(block);
            }
        }
        assertThrows(UnexpectedOutput.class, () -> Snapshots.read(bomb));
        assertThrows(UnexpectedOutput.class, () -> Snapshots.read(folder.resolve("not there")));
        assertFalse(Files.exists(folder.resolve("not there")));
    }
}
