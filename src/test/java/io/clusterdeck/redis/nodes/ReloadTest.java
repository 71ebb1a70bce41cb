package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a start would load less than there is. */
class ReloadTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private final Map<String, String> info = new HashMap<>(Map.of("db0", "keys=1000,expires=10,avg_ttl=0"));
    private final Map<String, String> live =
            new HashMap<>(Map.of("dir", "/data/a", "appendonly", "yes", "dbfilename", "dump.rdb", "save", "3600 1"));
    private String file = "dir /data/a\nappendonly yes\n";
    private Optional<FileFacts.File> rdb = Optional.empty();
    private long aofBytes = 5000;
    private FileFacts.Presence directory = FileFacts.Presence.FOUND;

    private Optional<String> limit = Optional.empty();

    private FileFacts files() {
        return new FileFacts(
                directory,
                rdb,
                Optional.empty(),
                aofBytes < 0 ? Optional.empty() : Optional.of(new FileFacts.File("aof", aofBytes, NOW)),
                List.of(),
                Optional.empty(),
                "",
                1 << 30,
                Duration.ZERO);
    }

    private List<String> less(boolean graceful) {
        return keys(
                Reload.less(new NodeInfo(NOW, info, Map.of()), live, Directives.of(file), files(), graceful, limit));
    }

    private List<String> lessWhenDown() {
        return keys(Reload.lessWhenDown(Optional.of(new NodeInfo(NOW, info, Map.of())), Directives.of(file), files()));
    }

    private static List<String> keys(List<Say> says) {
        return says.stream().map(s -> s.key().replace("nodes.reload.", "")).toList();
    }

    @Test
    void aSoundAofLoadsAll() {
        assertEquals(List.of(), less(true));
        assertEquals(List.of(), less(false));
    }

    @Test
    void aUnitThatKillsMayLeaveTheOldDump() {
        limit = Optional.of("1min 30s");
        assertEquals(List.of(), less(true), "what a server appends is on disk before it saves");
        live.put("appendonly", "no");
        file = "dir /data/a\n";
        assertEquals(List.of("unit-kills"), less(true));
        limit = Optional.empty();
        assertEquals(List.of(), less(true));
    }

    @Test
    void withoutKeysNothingCanBeLess() {
        info.clear();
        aofBytes = -1;
        assertEquals(List.of(), less(false));
    }

    @Test
    void theAofIsMissingEmptyOrFails() {
        aofBytes = -1;
        assertEquals(List.of("aof-missing"), less(true));
        aofBytes = 0;
        assertEquals(List.of("aof-missing"), less(true));
        aofBytes = 10;
        info.put("aof_last_write_status", "err");
        assertEquals(List.of("aof-not-written"), less(true));
    }

    /** Switched on while it ran, on a full disk: the file is an old one, and the server tries again and again. */
    @Test
    void anAofThatWasNeverWrittenIsNone() {
        info.put("aof_rewrite_in_progress", "1");
        assertEquals(List.of("aof-rewriting"), less(true));
        info.put("aof_rewrite_in_progress", "0");
        info.put("aof_rewrite_scheduled", "1");
        assertEquals(List.of("aof-rewriting"), less(false));
        info.put("aof_enabled", "1");
        assertEquals(List.of(), lessWhenDown(), "a whole one is rewritten now and then");
        info.put("aof_last_bgrewrite_status", "err");
        assertEquals(List.of("aof-not-rewritten"), lessWhenDown());
        info.put("aof_rewrite_scheduled", "0");
        assertEquals(List.of(), less(true), "the old one goes on growing");
    }

    @Test
    void theFileSaysOtherwiseThanTheServer() {
        file = "dir /data/a\nappendonly no\n";
        assertEquals(List.of("aof-only-live"), less(true));
        live.put("appendonly", "no");
        file = "dir /data/a\nappendonly yes\n";
        assertEquals(List.of("aof-only-file"), less(true));
    }

    @Test
    void theDumpAlone() {
        live.put("appendonly", "no");
        file = "dir /data/a\n";
        assertEquals(List.of(), less(true), "SIGTERM saves");
        assertEquals(List.of("nothing-kept"), less(false));
        info.put("rdb_last_bgsave_status", "err");
        assertEquals(List.of("rdb-fails"), less(true));
        info.remove("rdb_last_bgsave_status");
        rdb = Optional.of(new FileFacts.File("dump.rdb", 100, NOW));
        info.put("rdb_changes_since_last_save", "7");
        assertEquals(List.of("rdb-old"), less(false));
        info.put("rdb_changes_since_last_save", "0");
        assertEquals(List.of(), less(false));
        live.put("save", "");
        assertEquals(List.of(), less(true), "a dump by hand holds all");
        rdb = Optional.empty();
        assertEquals(List.of("nothing-kept"), less(true));
        live.put("dbfilename", "other.rdb");
        assertEquals(List.of("other-rdb"), less(true));
    }

    @Test
    void whatSigtermDoesCanBeSet() {
        live.put("appendonly", "no");
        file = "dir /data/a\n";
        live.put("shutdown-on-sigterm", "default");
        assertEquals(List.of(), less(true));
        live.put("shutdown-on-sigterm", "nosave force");
        assertEquals(List.of("nothing-kept"), less(true));
        live.putAll(Map.of("shutdown-on-sigterm", "save now", "save", ""));
        assertEquals(List.of(), less(true));
    }

    @Test
    void anotherDirectoryOrNone() {
        live.put("dir", "/data/b");
        assertEquals(List.of("other-directory"), less(true));
        live.put("dir", "/data/a");
        directory = FileFacts.Presence.MISSING;
        assertEquals(List.of("no-directory"), less(true));
    }

    @Test
    void aNodeThatIsDown() {
        info.put("aof_enabled", "1");
        info.put("aof_current_size", "4000");
        assertEquals(List.of(), lessWhenDown());
        aofBytes = 3999;
        assertEquals(List.of("aof-shorter"), lessWhenDown());
        aofBytes = -1;
        assertEquals(List.of("aof-missing"), lessWhenDown());
        info.put("aof_enabled", "0");
        assertEquals(List.of("aof-only-file"), lessWhenDown());
        file = "dir /data/a\n";
        assertEquals(List.of("nothing-kept"), lessWhenDown());
        info.put("rdb_changes_since_last_save", "3");
        rdb = Optional.of(new FileFacts.File("dump.rdb", 100, NOW.minusSeconds(60)));
        assertEquals(List.of("rdb-old"), lessWhenDown());
        rdb = Optional.of(new FileFacts.File("dump.rdb", 100, NOW.plusSeconds(1)));
        assertEquals(List.of(), lessWhenDown(), "it saved when it ended");
    }

    /** From 7.0 on: what a rewrite left behind, or has only begun, is not loaded. */
    @Test
    void onlyWhatTheManifestLoadsCounts() {
        var manifest =
                "file a.1.incr.aof seq 1 type h\nfile a.2.base.rdb seq 2 type b\nfile \"a.2.incr.aof\" seq 2 type i\n";
        var parts = List.of(
                new FileFacts.File("a.1.incr.aof", 9000, NOW),
                new FileFacts.File("a.2.base.rdb", 300, NOW),
                new FileFacts.File("a.2.incr.aof", 50, NOW),
                new FileFacts.File("temp-rewriteaof-1.aof", 7000, NOW),
                new FileFacts.File("a.manifest", 90, NOW));
        var files = new FileFacts(
                directory,
                rdb,
                Optional.empty(),
                Optional.empty(),
                parts,
                Optional.of(manifest),
                "",
                1 << 30,
                Duration.ZERO);
        info.putAll(Map.of("aof_enabled", "1", "aof_current_size", "350"));
        var last = Optional.of(new NodeInfo(NOW, info, Map.of()));
        assertEquals(List.of(), keys(Reload.lessWhenDown(last, Directives.of(file), files)));
        info.put("aof_current_size", "351");
        assertEquals(
                List.of("aof-shorter"),
                keys(Reload.lessWhenDown(Optional.of(new NodeInfo(NOW, info, Map.of())), Directives.of(file), files)));
    }

    @Test
    void whereItMustBeStarted() {
        assertEquals(Optional.of("/data/a"), Reload.startDirectory(Directives.of("dir \"/data/a/\""), "/data/a"));
        assertEquals(Optional.of("/data/a"), Reload.startDirectory(Directives.of(""), "/data/a"));
        assertEquals(Optional.of("/srv/9000"), Reload.startDirectory(Directives.of("dir ./data"), "/srv/9000/data"));
        assertEquals(Optional.empty(), Reload.startDirectory(Directives.of("dir data"), "/srv/9000/other"));
    }
}
