package io.clusterdeck.views.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.find.Found.Kind;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is typed finds what is meant, the best first. */
class FinderTest {

    private static Finder finder() {
        var finder = new Finder();
        finder.add(() -> Stream.of(
                Found.of(Kind.ACTION, "Restart 9001…", "orders-prod", () -> {}),
                Found.of(Kind.ACTION, "Restart 9000…", "orders-prod", () -> {}),
                Found.of(Kind.NODE, "9001", "orders-prod · 10.20.0.175:9001 · h2", () -> {}),
                Found.of(Kind.CLUSTER, "orders-prod", "Redis cluster", () -> {}),
                Found.of(Kind.CLUSTER, "sessions", "Redis cluster", () -> {}),
                Found.of(Kind.PAGE, "槽位", "orders-prod", () -> {}),
                Found.of(Kind.SETTING, "Dark", "Theme", () -> {})));
        finder.open();
        return finder;
    }

    private static List<String> titles(String query) {
        return finder().find(query).stream().map(Found::title).toList();
    }

    @Test
    void beginningsComeFirst() {
        assertEquals("orders-prod", titles("ord").getFirst());
        assertEquals(List.of("9001", "Restart 9001…"), titles("9001"));
        assertEquals(List.of("Restart 9001…"), titles("rest 9001"));
    }

    @Test
    void lettersInOrderSuffice() {
        assertEquals(
                List.of("Restart 9000…", "Restart 9001…"),
                titles("rstrt").stream().sorted().toList());
        assertEquals(List.of(), titles("xyz"));
    }

    @Test
    void whatStandsBesideIsSearchedToo() {
        assertEquals(List.of("Dark"), titles("theme"));
        assertTrue(titles("h2").contains("9001"));
        assertEquals(List.of("槽位"), titles("槽"));
    }

    /** Whatever the window speaks, the hands type kill. */
    @Test
    void whatItIsCalledElsewhereIsSearchedToo() {
        var finder = new Finder();
        finder.add(() -> Stream.of(
                Found.of(Kind.ACTION, "重启 9000…", "orders-prod", () -> {}).also("Restart"),
                Found.of(Kind.ACTION, "杀死 9000…", "orders-prod", () -> {}).also("Kill")));
        finder.open();
        assertEquals(
                List.of("杀死 9000…"),
                finder.find("kill 9000").stream().map(Found::title).toList());
    }

    @Test
    void nothingTypedShowsClustersFirst() {
        assertEquals("orders-prod", titles("").getFirst());
    }

    @Test
    void thousandsAreFoundAtOnceAndFewAreShown() {
        var finder = new Finder();
        finder.add(
                () -> IntStream.range(0, 8_000).mapToObj(i -> Found.of(Kind.ACTION, "Restart " + i, "big", () -> {})));
        finder.open();
        assertEquals("Restart 777", finder.find("777").getFirst().title());
        assertTrue(finder.find("r").size() <= 200);
    }
}
