package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thirty hosts in one line. */
class HostNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h1 h2 h3|h1–h3",
                "h1 h2|h1 h2",
                "h9 h10 h11 h13|h9–h11 h13",
                "a1 b2 c3|a1 b2 c3",
                "10.0.0.11 10.0.0.12 10.0.0.13|10.0.0.11–10.0.0.13",
                "h08 h09 h10|h08 h09 h10",
                "h3 h2 h1|h3 h2 h1",
                "1 2 3 db|1–3 db",
            })
    void whatIsCountedThroughIsTold(String names, String brief) {
        var all = Stream.of(names.split(" ")).map(HostName::new).toList();
        assertEquals(List.of(brief.split(" ")), HostName.brief(all));
    }
}
