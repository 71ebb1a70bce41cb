package io.clusterdeck.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.Say;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    private static final Words ENGLISH = Words.in(Locale.ENGLISH);
    private static final Words CHINESE = Words.in(Locale.CHINA);
    private static final Pattern HOLE = Pattern.compile("\\{([a-zA-Z]+)(?::([a-z]+))?(?::([^}]*))?}");
    private static final Set<String> FORMS =
            Set.of("int", "bytes", "millis", "percent", "plural", "date", "time", "sentences", "clauses");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 ms|0 毫秒",
                "999|999 ms|999 毫秒",
                "1000|1 s|1 秒",
                "7149|7.1 s|7.1 秒",
                "9999|10 s|10 秒",
                "59400|59 s|59 秒",
                "59600|1 min|1 分钟",
                "72000|1 min 12 s|1 分 12 秒",
                "3599600|1 h|1 小时",
                "12000000|3 h 20 min|3 小时 20 分",
                "3542400000|41 days|41 天",
            })
    void durations(long millis, String english, String chinese) {
        assertEquals(english, ENGLISH.millis(millis));
        assertEquals(chinese, CHINESE.millis(millis));
    }

    @Test
    void namesAreJoinedAsTheLanguageJoins() {
        var names = List.of("h1", "h2");
        assertEquals("h1, h2", ENGLISH.list(names));
        assertEquals("h1、h2", CHINESE.list(names));
        assertEquals("h1; h2", ENGLISH.clauses(names));
        assertEquals("h1；h2", CHINESE.clauses(names));
    }

    /** One unit everywhere; a limit is shown as it was set: {@code maxmemory 64mb}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 B",
                "1023|1,023 B",
                "1024|1 KiB",
                "1048575|1 MiB",
                "67108864|64 MiB",
                "1610612736|1.5 GiB",
                "1400000|1.34 MiB",
                "52000000|49.6 MiB",
                "812000000|774 MiB",
                "17179869184|16 GiB",
                "9223372036854775807|8,192 PiB",
            })
    void sizes(long bytes, String words) {
        assertEquals(words, ENGLISH.bytes(bytes));
    }

    @Test
    void formsTakeNumbersAndTheirDigits() {
        assertEquals("5,461 slots", fill("{n:int} {n:plural:slot|slots}", 5461));
        assertEquals("1 slot", fill("{n:int} {n:plural:slot|slots}", 1));
        assertEquals("5,461 slots", fill("{n:int} {n:plural:slot|slots}", "5461"));
        assertEquals("7.41 GiB", fill("{n:bytes}", "7961000000"));
        assertEquals("0.05 %", fill("{n:percent}", 0.0005));
        assertEquals("37.4 %", fill("{n:percent}", 0.3741));
        assertEquals("many", fill("{n:int}", "many"));
        assertEquals("5461", fill("{n}", 5461));
        assertEquals("1,000, 2,000", fill("{n:int}", List.of(1000, 2000)));
        assertEquals("$1 \\ {x}", fill("{n}", "$1 \\ {x}"));
        assertEquals("{other}", fill("{other}", 1));
    }

    private static String fill(String template, Object n) {
        return ENGLISH.fill(template, Say.of("test.it", "n", n));
    }

    @Test
    void datesAreLocal() {
        var at = Instant.parse("2026-11-22T09:03:12Z");
        var local = at.atZone(ZoneId.systemDefault());
        var time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).format(local);
        assertEquals(time, fill("{n:time}", at));
        assertEquals(time, fill("{n:time}", at.toEpochMilli()));
        assertEquals(local.getDayOfMonth() + " Nov 2026, " + time, fill("{n:date}", at));
        assertEquals(
                "2026年11月" + local.getDayOfMonth() + "日 " + time, CHINESE.fill("{n:date}", Say.of("test.it", "n", at)));
        assertEquals("?", fill("{n:date}", "?"));
    }

    @Test
    void saysWithinSaysAreWords() {
        var say = Say.of("plan.not-proven", "missing", Say.of("plan.cancelled"));
        assertTrue(ENGLISH.say(say).endsWith("still finds: Cancelled."));
        assertTrue(CHINESE.say(say).endsWith("仍然发现：已取消。"));
    }

    @Test
    void aKeyWithoutWordsShowsAsItself() {
        assertEquals("nothing.of-the-kind{a=1}", ENGLISH.say("nothing.of-the-kind", "a", 1));
        assertEquals("plain", ENGLISH.say("plain"));
    }

    @Test
    void everyTemplateParsesInBothLanguages() throws IOException {
        var wrong = new ArrayList<String>();
        int seen = 0;
        for (var language : List.of("en", "zh")) {
            try (var files = Files.list(Path.of("resources/i18n", language))) {
                for (var file : files.toList()) {
                    var templates = new Properties();
                    templates.load(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
                    seen += templates.size();
                    templates.forEach((key, template) -> check(language, key + "=" + template, wrong));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(seen > 100);
    }

    private static void check(String language, String line, List<String> wrong) {
        HOLE.matcher(line).results().forEach(hole -> {
            var form = hole.group(2);
            if (form != null && !FORMS.contains(form)) {
                wrong.add(language + " " + line + ": " + form);
            }
            int words = hole.group(3) == null ? 0 : hole.group(3).split("\\|", -1).length;
            boolean plural = "plural".equals(form);
            if (plural ? language.equals("en") && words != 2 || words == 0 : words > 0) {
                wrong.add(language + " " + line + ": " + words + " words");
            }
        });
        if (HOLE.matcher(line).replaceAll("").matches(".*[{}].*")) {
            wrong.add(language + " " + line + ": a brace");
        }
        assertFalse(line.isBlank());
    }
}
