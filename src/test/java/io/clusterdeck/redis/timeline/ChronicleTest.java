package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.words.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of all failovers as a document: each is in it, with its stages, and the JSON reads back as what it was. */
class ChronicleTest {
    private static final List<Kept> ALL = List.of(ActedFailovers.stuck(), ActedFailovers.taken());

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void everyFailoverIsInIt(String language) throws Exception {
        var words = Words.in(Locale.of(language));
        var html = Chronicle.html("orders", ALL, words);
        var markdown = Chronicle.markdown("orders", ALL, words);
        for (var kept : ALL) {
            var title = Headline.of(kept.timeline(), words);
            assertTrue(html.contains(title.replaceAll("[⟨⟩⟪⟫].*", "")), title);
            assertTrue(markdown.contains("## " + io.clusterdeck.report.Plain.words(title)), markdown);
        }
        assertEquals(2, html.split("<svg", -1).length - 1, "a picture of each");
        Files.writeString(
                Files.createDirectories(Path.of("target/pictures")).resolve("failovers-" + language + ".html"), html);
    }

    @Test
    void theJsonIsThatOfEach() throws Exception {
        var array = new ObjectMapper().readTree(Chronicle.json(ALL));
        assertEquals(ALL.size(), array.size());
        for (int i = 0; i < ALL.size(); i++) {
            assertEquals(
                    TimelineJson.text(ALL.get(i)),
                    TimelineJson.text(TimelineReader.read(array.get(i).toString(), "array")));
        }
    }
}
