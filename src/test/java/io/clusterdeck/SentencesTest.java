package io.clusterdeck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What failed and what to do about it are sentences: they stand one after the other. */
class SentencesTest {

    /** Titles of findings; why a node is not trusted, within a sentence; lines that the console ends itself. */
    private static final List<String> NONE = List.of("health.", "tls.", "console.", "forecast.");

    /** With a stop, or with what somebody else said. */
    private static final String ENDED = "(?s).*([.!?…}]|[。！？])";

    private static Map<String, String> words(String language) throws IOException {
        var all = new TreeMap<String, String>();
        try (var files = Files.list(Path.of("resources/i18n", language))) {
            for (var file : files.toList()) {
                var area = new Properties();
                try (var in = Files.newBufferedReader(file)) {
                    area.load(in);
                }
                area.forEach((key, text) -> all.put(key.toString(), text.toString()));
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void whatFailedEndsWithAStop(String language) throws IOException {
        var words = words(language);
        var open = words.keySet().stream()
                .filter(key -> words.containsKey(key + ".next") && NONE.stream().noneMatch(key::startsWith))
                .map(key -> key + "=" + words.get(key))
                .filter(line -> !line.matches(ENDED))
                .collect(Collectors.joining("\n"));
        assertEquals("", open);
    }

    @Test
    void bothLanguagesEndAlike() throws IOException {
        var chinese = words("zh");
        var unlike = words("en").entrySet().stream()
                .filter(e -> e.getValue().endsWith(".")
                        != chinese.getOrDefault(e.getKey(), "").endsWith("。"))
                .map(e -> e + "\n  " + chinese.get(e.getKey()))
                .collect(Collectors.joining("\n"));
        assertEquals("", unlike);
    }
}
