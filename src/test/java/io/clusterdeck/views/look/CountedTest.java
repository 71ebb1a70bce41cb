package io.clusterdeck.views.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountedTest {

    @Test
    void numbersAreCountedAndWordsAreSpelled() {
        var right =
                List.of("", "10.0.0.9", "10.0.0.11", "10.0.0.11:900", "db", "h1", "h2", "h02", "h10", "h10a", "web");
        var mixed = right.reversed().stream().sorted(Counted.ORDER).toList();
        assertEquals(List.of("h02", "h2"), mixed.subList(6, 8)); // the same number: then letter by letter
        assertEquals(
                right.stream().filter(w -> !w.matches("h0?2")).toList(),
                mixed.stream().filter(w -> !w.matches("h0?2")).toList());
    }
}
