package io.clusterdeck.redis.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.NotAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as a person types them: their words, what they may do, what must not be kept; and replies as lines. */
class TypedTest {

    private static final CommandTable TABLE = new CommandTable(Map.of(
            "GET", new CommandTable.Entry("GET", 2, Set.of("readonly", "fast"), Set.of(), ""),
            "KEYS", new CommandTable.Entry("KEYS", 2, Set.of("readonly"), Set.of(), ""),
            "SET", new CommandTable.Entry("SET", -3, Set.of("write"), Set.of(), ""),
            "CONFIG", new CommandTable.Entry("CONFIG", -2, Set.of("admin"), Set.of("GET", "SET", "REWRITE"), "")));

    private static List<String> words(String line) throws NotAllowed {
        return Typed.read(line).words();
    }

    @Test
    void wordsAsRedisCliSplitsThem() throws Exception {
        assertEquals(List.of("set", "a b", "x\ny\"\u0041"), words("  set \"a b\"  \"x\\ny\\\"\\x41\" "));
        assertEquals(List.of("set", "it's", "大"), words("set 'it\\'s' 大"));
        assertEquals(List.of("get", ""), words("get \"\""));
        assertEquals(List.of(), words("   "));
        assertEquals(List.of("echo", "大"), words("echo \"\\xe5\\xa4\\xa7\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"set \"a", "set 'a", "set \"a\"b", "echo \"\\xff\""})
    void whatIsNoLineIsRefused(String line) {
        assertThrows(NotAllowed.class, () -> Typed.read(line));
    }

    @ParameterizedTest
    @CsvSource({
        "get a, READ",
        "GET a, READ",
        "set a b, WRITE",
        "nobody-knows a, WRITE",
        "keys *, TYPED",
        "flushall, TYPED",
        "flushdb async, TYPED",
        "debug sleep 1, TYPED",
        "shutdown nosave, TYPED",
        "config set dir /tmp, TYPED",
        "config set maxmemory-policy allkeys-lru, TYPED",
        "config set maxclients 5 dbfilename x, TYPED",
        "config set maxclients 5, WRITE",
        "config get dir, READ",
        "config rewrite, WRITE",
        "tuning-7f3a set requirepass x, TYPED",
        "tuning-7f3a set maxclients 5, WRITE",
        "set set save, WRITE",
        "cluster nodes, READ",
        "cluster reset hard, TYPED",
        "cluster failover takeover, TYPED",
        "monitor, NEVER",
        "subscribe a, NEVER",
        "hello 3, NEVER",
        "client reply off, NEVER",
        "psubscribe *, NEVER",
        "unsubscribe, NEVER",
        "script debug yes, NEVER",
        "quit, NEVER",
        "reset, NEVER",
        "psync ? -1, NEVER",
        "blpop a 0, WRITE",
        "wait 1 100, WRITE",
        "select 0, READ",
        "client list, READ",
        "client kill id 3, WRITE",
        "info, READ",
        "ping, READ",
        "object encoding a, READ",
        "eval 'return 1' 0, WRITE",
        "multi, WRITE",
        "acl list, READ",
        "acl setuser a, TYPED"
    })
    void whatItMayDo(String line, Guard guard) throws Exception {
        assertEquals(guard, Guard.of(Typed.read(line), TABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth hunter2",
                "AUTH me hunter2",
                "config set requirepass hunter2",
                "CONFIG SET maxclients 9 masterauth hunter2",
                "acl setuser me >hunter2",
                "tuning-7f3a SET requirepass hunter2",
                "hello 3 auth me hunter2",
                "migrate h 1 k 0 9 AUTH hunter2"
            })
    void secretsAreNeitherKeptNorShown(String line) throws Exception {
        var typed = Typed.read(line);
        assertTrue(typed.secret());
        assertFalse(typed.shown().contains("hunter2"), typed::shown);
    }

    @Test
    void whatIsNoSecretIsShownAsTyped() throws Exception {
        assertEquals("set \"a b\" c", Typed.read("set 'a b' c").shown());
        assertFalse(Typed.read("config get requirepass").secret());
    }

    @Test
    void completesNamesAndParts() {
        assertEquals(List.of("KEYS"), names("ke"));
        assertEquals(List.of("CONFIG REWRITE"), names("config re"));
        assertEquals(List.of("CONFIG GET", "CONFIG REWRITE", "CONFIG SET"), names("config "));
        assertEquals(List.of(), names("get a"));
    }

    private static List<String> names(String line) {
        return TABLE.completing(line, 9).stream().map(CommandTable.Entry::name).toList();
    }

    private static String shown(Reply reply) {
        return Shown.of(reply).stream().map(l -> l.indent() + l.text()).collect(Collectors.joining("\n"));
    }

    @Test
    void repliesByType() {
        assertEquals("(integer) 3", shown(new Reply.Number(3)));
        assertEquals("(nil)", shown(new Reply.Nil()));
        assertEquals("(error) ERR no", shown(new Reply.Refused("ERR no")));
        assertEquals("\"a\\\"b\\x01大\"", shown(new Reply.Text("a\"b\u0001大")));
        assertEquals("\"a\\xff\\x00\"", shown(new Reply.Binary("aÿ\0")));
        assertEquals("(empty)", shown(new Reply.Many(List.of())));
    }

    @Test
    void listsAreNestedAsRedisCliPrintsThem() {
        var reply = new Reply.Many(List.of(
                new Reply.Text("a"),
                new Reply.Many(List.of(new Reply.Number(1), new Reply.Text("x\ny"))),
                new Reply.Nil()));
        assertEquals("1) \"a\"\n2) 1) (integer) 1\n   2) x\n      y\n3) (nil)", shown(reply));
    }

    @Test
    void bigRepliesAreBounded() {
        var many = new ArrayList<Reply>();
        for (int i = 0; i < 5_000; i++) {
            many.add(new Reply.Text("x".repeat(i == 0 ? 100_000 : 3)));
        }
        var lines = Shown.of(new Reply.Many(many));
        assertEquals(Shown.LINES + 1, lines.size());
        assertEquals(new Shown.Line("", "3000", Shown.Kind.MORE), lines.getLast());
        assertTrue(lines.getFirst().text().length() < Shown.CHARACTERS + 100);
    }
}
