package io.clusterdeck.redis.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A configuration of several files, in the order in which Redis reads them. */
class ConfTreeTest {

    private static RedisConf conf(String text) {
        return RedisConf.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ConfTree tree, String path) {
        return new String(tree.files().get(path).bytes(), StandardCharsets.UTF_8);
    }

    private static Map<String, RedisConf> files(String... pathsAndTexts) {
        var files = new LinkedHashMap<String, RedisConf>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], conf(pathsAndTexts[i + 1]));
        }
        return files;
    }

    @Test
    void anIncludeStandsForItsLinesAndLaterWins() {
        var open = ConfTree.of("/main.conf", conf("include \"/etc/a b.conf\"\n"), "/");
        assertEquals(Set.of("/etc/a b.conf"), open.wanted());
        assertFalse(open.whole());
        var tree = ConfTree.of("/main.conf", conf("maxmemory 1mb\ninclude /etc/more.conf\ntimeout 9\n"), "/")
                .with("/etc/more.conf", files("/etc/more.conf", "# of all\nmaxmemory 2mb\ntimeout 3\n"));
        assertTrue(tree.whole());
        assertEquals(List.of(List.of("1mb"), List.of("2mb")), tree.all("maxmemory"));
        assertEquals("/etc/more.conf:2", tree.place("MaxMemory").orElseThrow().toString());
        assertEquals("/main.conf:3", tree.place("timeout").orElseThrow().toString());
    }

    @Test
    void relativeNamesCountFromWhereTheServerIs() {
        var tree = ConfTree.of("/c/main.conf", conf("include ./a.conf\ndir /data\ninclude b/*.conf\n"), "/start");
        assertEquals(Set.of("/start/a.conf", "/data/b/*.conf"), tree.wanted());
        var moved = tree.with("/start/a.conf", files("/start/a.conf", "dir /else\ninclude c.conf\n"));
        assertEquals(Set.of("/else/c.conf", "/data/b/*.conf"), moved.wanted());
    }

    @Test
    void oneThatIncludesItselfEnds() {
        var tree = ConfTree.of("/a", conf("include /a\nport 1\n"), "/").with("/a", files("/a", "include /a\nport 1\n"));
        assertTrue(tree.whole());
        assertEquals(List.of(List.of("1")), tree.all("port"));
    }

    @Test
    void setWhereItCounts() {
        var tree = ConfTree.of("/main.conf", conf("save 900 1\nmaxmemory 1mb\ninclude /more.conf\n"), "/")
                .with("/more.conf", files("/more.conf", "# ours\nmaxmemory 2mb\nsave 60 5\n"));
        var after = tree.set("maxmemory", List.of(List.of("3mb"))).set("timeout", List.of(List.of("7")));
        assertEquals("# ours\nmaxmemory 3mb\nsave 60 5\n", text(after, "/more.conf"));
        assertEquals("save 900 1\nmaxmemory 1mb\ninclude /more.conf\ntimeout 7\n", text(after, "/main.conf"));
        var saves = tree.set("save", List.of(List.of("300", "10")));
        assertEquals(List.of(List.of("300", "10")), saves.all("save"));
        assertEquals("maxmemory 1mb\ninclude /more.conf\n", text(saves, "/main.conf"));
    }
}
