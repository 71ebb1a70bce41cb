package io.clusterdeck.redis.conf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfTest {

    private static final String FILE = """
        # A comment with trailing blanks   \r
        # requirepass foobared\r
        \r
        port 6379\r
          save 900 1\r
        save 300 10\r
        # last comment\
        """;

    private static RedisConf conf(String text) {
        return RedisConf.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(RedisConf conf) {
        return new String(conf.bytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "port 1", "port 1\n\n\n", "a\r\nb\nc\r", "# größe é 大小\n\tport\t1 \n"})
    void anUneditedFileIsByteIdentical(String file) {
        var bytes = file.getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(bytes, RedisConf.of(bytes).bytes());
        var latin = file.getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(latin, RedisConf.of(latin).bytes());
    }

    @Test
    void bytesThatAreNoTextSurviveAnEdit() {
        byte[] odd = {'#', (byte) 0xff, (byte) 0xfe, '\n', 'p', 'o', 'r', 't', ' ', '1', '\n'};
        var edited = RedisConf.of(odd).set("port", "2").bytes();
        odd[9] = '2';
        assertArrayEquals(odd, edited);
    }

    @Test
    void editsOnlyTheLineInQuestionAndKeepsItsEnd() {
        assertEquals(FILE.replace("port 6379", "port 9000"), text(conf(FILE).set("port", "9000")));
    }

    @Test
    void theSameValueIsNoEdit() {
        var conf = conf(FILE);
        assertSame(conf, conf.set("PORT", "6379"));
        assertSame(conf, conf.set("save", List.of(List.of("900", "1"), List.of("300", "10"))));
        assertSame(conf, conf.without("maxmemory"));
    }

    @Test
    void aNewDirectiveGoesBehindItsExample() {
        assertEquals(
                FILE.replace("foobared\r\n", "foobared\r\nrequirepass \"it's\"\r\n"),
                text(conf(FILE).set("requirepass", "it's")));
    }

    @Test
    void aNewDirectiveWithoutExampleGoesToTheEnd() {
        assertEquals(FILE + "\r\ncluster-enabled yes\r\n", text(conf(FILE).set("cluster-enabled", "yes")));
    }

    @Test
    void ofADirectiveObeyedOnceTheLastLineIsEdited() {
        var conf = conf("port 1\nport 2\n");
        assertEquals("port 1\nport 3\n", text(conf.set("port", "3")));
        assertEquals(Optional.of(List.of("2")), conf.last("port"));
    }

    @Test
    void repeatedDirectivesAreReplacedWhereTheyStand() {
        var conf = conf("save 900 1\n# keep\nsave 300 10\nport 1\n");
        assertEquals("save 60 5\n# keep\nport 1\n", text(conf.set("save", List.of(List.of("60", "5")))));
        assertEquals(
                "save 900 1\n# keep\nsave 1 1\nsave 2 2\nport 1\n",
                text(conf.set("save", List.of(List.of("900", "1"), List.of("1", "1"), List.of("2", "2")))));
        assertEquals("save \"\"\n# keep\nport 1\n", text(conf.set("save", List.of(List.of("")))));
        assertEquals("# keep\nport 1\n", text(conf.set("save", List.of())));
    }

    @Test
    void secretsAreMaskedForTheEye() {
        var shown = conf("masterauth  hunter2\nuser bob on >hunter2 ~* +@all\nport 1\n")
                .shown();
        assertFalse(shown.contains("hunter2"), shown);
        assertTrue(shown.endsWith("port 1\n"), shown);
    }

    @Test
    void noLineTellsASecretHoweverItStands() {
        var shown = conf("""
                        # requirepass hunter2
                        #masterauth "hunter2"
                          requirepass "hunter2
                        "requirepass" hunter2
                        REQUIREPASS hunter2
                        tls-key-file-pass hunter2
                        rename-command CONFIG hunter2
                        # rename-command FLUSHALL hunter2
                        Rename-Command  DEBUG "hunter2
                        """).shown();
        assertFalse(shown.contains("hunter2"), shown);
        assertTrue(shown.contains("rename-command CONFIG " + Directive.MASK + "\n"), shown);
        var harmless = "# a word on passwords\nrename-command KEYS \"\"\n\nport 1 # requirepass\nrequirepass\n";
        assertEquals(harmless, conf(harmless).shown());
    }

    /** The cases of sdssplitargs in Redis' own words. */
    @Test
    void splitsAsRedisDoes() {
        assertEquals(Optional.of(List.of("a", "b c", "d")), ConfWords.words("a \"b c\"\t'd'"));
        assertEquals(
                Optional.of(List.of("\n\t\u0001é", "\\n'")), ConfWords.words("\"\\n\\t\\x01\\xc3\\xa9\" '\\n\\''"));
        assertEquals(Optional.of(List.of("abc", "")), ConfWords.words("a\"bc\" \"\""));
        assertEquals(Optional.empty(), ConfWords.words("\"open"));
        assertEquals(Optional.empty(), ConfWords.words("'a'b"));
        assertEquals(Optional.of(List.of()), ConfWords.words("  "));
    }

    static List<String> hostile() {
        var random = new Random(20261122);
        var letters = " \t\n\r\"'\\#$()`;*?{}=ax09\u0001\u0007é大😀";
        var codes = letters.codePoints().toArray();
        return IntStream.range(0, 400)
                .mapToObj(i -> random.ints(random.nextInt(12), 0, codes.length)
                        .map(c -> codes[c])
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void everyValueIsReadBackAsItWasSet(String value) {
        var edited = conf(FILE).set("dir", value).set("requirepass", value, "x");
        var again = RedisConf.of(edited.bytes());
        assertEquals(Optional.of(List.of(value)), again.last("dir"));
        assertEquals(Optional.of(List.of(value, "x")), again.last("requirepass"));
        assertEquals(Optional.of(List.of("6379")), again.last("port"));
    }
}
