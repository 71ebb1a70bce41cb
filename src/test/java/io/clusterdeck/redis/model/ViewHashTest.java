package io.clusterdeck.redis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewHashTest {

    /** Six nodes that agree: other orders of lines, other ping times, another "myself". */
    @Test
    void viewsThatSayTheSameHaveOneHash() {
        var hashes = IntStream.range(0, 6)
                .mapToObj(i -> ViewHash.of(Replies.of("6.2.7/ok." + i + ".nodes")))
                .collect(Collectors.toSet());
        assertEquals(1, hashes.size());
    }

    /** Any change of any word that counts changes the hash: each word of each line in turn. */
    @Test
    void everyWordCountsButPingAndPong() {
        var reply = Replies.of("6.2.7/ok.0.nodes");
        long hash = ViewHash.of(reply);
        var lines = List.of(reply.split("\n"));
        for (int l = 0; l < lines.size(); l++) {
            var words = lines.get(l).split(" ");
            for (int w = 0; w < words.length; w++) {
                var changed = words.clone();
                changed[w] = changed[w] + "9";
                var with = new java.util.ArrayList<>(lines);
                with.set(l, String.join(" ", changed));
                long other = ViewHash.of(String.join("\n", with) + "\n");
                if (w == 4 || w == 5) {
                    assertEquals(hash, other, lines.get(l));
                } else {
                    assertNotEquals(hash, other, changed[w]);
                }
            }
        }
    }

    @Test
    void aLineMoreOrLessCounts() {
        var reply = Replies.of("6.2.7/ok.0.nodes");
        var lines = reply.split("\n");
        long hash = ViewHash.of(reply);
        for (int skip = 0; skip < lines.length; skip++) {
            int s = skip;
            var fewer = IntStream.range(0, lines.length)
                    .filter(i -> i != s)
                    .mapToObj(i -> lines[i])
                    .collect(Collectors.joining("\n"));
            assertNotEquals(hash, ViewHash.of(fewer));
        }
        assertNotEquals(hash, ViewHash.of(reply + lines[0] + "\n"));
    }

    @Test
    void swappedRolesCount() {
        var a = "a 1:1@2 master - 0 0 1 connected 0-5\nb 1:2@3 slave a 0 0 1 connected\n";
        var b = "b 1:2@3 master - 0 0 1 connected 0-5\na 1:1@2 slave b 0 0 1 connected\n";
        assertNotEquals(ViewHash.of(a), ViewHash.of(b));
    }

    @Test
    void noCollisionAmongManySmallChanges() {
        var random = new Random(7);
        var base = Replies.of("6.2.7/ok.0.nodes").split("\n");
        var seen = new java.util.HashMap<Long, String>();
        for (int i = 0; i < 20_000; i++) {
            var lines = base.clone();
            int l = random.nextInt(lines.length);
            var words = lines[l].split(" ");
            words[6] = Integer.toString(random.nextInt(1_000_000));
            lines[l] = String.join(" ", words);
            var key = l + "/" + words[6];
            var before = seen.put(ViewHash.of(String.join("\n", Arrays.asList(lines))), key);
            if (before != null) {
                assertEquals(before, key);
            }
        }
    }
}
