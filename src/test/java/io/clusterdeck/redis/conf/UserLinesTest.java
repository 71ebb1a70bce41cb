package io.clusterdeck.redis.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UserLinesTest {
    private static final String HASH = Packed.sha256("pw".getBytes(StandardCharsets.UTF_8));

    private static RedisConf conf(String text) {
        return RedisConf.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String let(String text) {
        return new String(conf(text).letting("default", "pw").bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void onlyThePasswordsOfTheDefaultUserAreReplaced() {
        assertEquals(
                "port 1\nuser alice on >hers ~*\nuser default on ~* &* +@all \"#" + HASH + "\"\n",
                let("port 1\nuser alice on >hers ~*\nuser default on nopass #00 >other ~* &* +@all\n"));
    }

    @Test
    void ofANamedUserItsLinesAlone() {
        var before = "user default on nopass ~* +@all\nuser alice on >hers #00 ~a:* +get\n";
        assertEquals(
                "user default on nopass ~* +@all\nuser alice on ~a:* +get \"#" + HASH + "\"\n",
                new String(conf(before).letting("alice", "pw").bytes(), StandardCharsets.UTF_8));
        assertEquals(before, new String(conf(before).letting("bob", "pw").bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void aLineThatSaysSoAlreadyStaysAsItIs() {
        var line = "user default on \">pw\" ~*\n";
        assertEquals(line, let(line));
        assertEquals("port 1\n", let("port 1\n"));
    }

    @Test
    void theLastWordCounts() {
        assertFalse(UserLines.admitsOnly(conf("user default >pw >b\n"), "default", "pw"));
        assertTrue(UserLines.admitsOnly(conf("user default >b resetpass >pw\n"), "default", "pw"));
        assertTrue(UserLines.admitsOnly(conf("user default >pw >b <b\n"), "default", "pw"));
        assertFalse(UserLines.admitsOnly(conf("user default >pw nopass\n"), "default", "pw"));
        assertFalse(UserLines.says(conf("user alice >pw\n"), "default"));
    }
}
