package io.clusterdeck.redis.timeline.real;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one server said of all.
 *
 * @param before when it was asked the last time that it said otherwise, or nothing: what is new became so since
 * @param at when it was heard, in milliseconds of the day's clock
 * @param rows by node id, without what changes all the time
 */
record Look(long before, long at, Map<String, Row> rows) {

    /** A line of CLUSTER NODES. */
    record Row(String id, Set<String> flags, String master, long epoch, boolean link, List<String> slots) {
        boolean suspected() {
            return flags.contains("fail?");
        }

        boolean failed() {
            return flags.contains("fail");
        }

        /** Whether it has slots. */
        boolean serves() {
            return flags.contains("master") && !slots.isEmpty();
        }

        boolean has(int slot) {
            return slots.stream().anyMatch(range -> {
                var ends = range.split("-");
                return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
            });
        }
    }

    static Map<String, Row> rows(String text) {
        var rows = new HashMap<String, Row>();
        text.lines().filter(l -> !l.isBlank()).forEach(line -> {
            var words = line.split(" ");
            rows.put(
                    words[0],
                    new Row(
                            words[0],
                            Set.of(words[2].split(",")),
                            words[3],
                            Long.parseLong(words[6]),
                            words[7].equals("connected"),
                            Arrays.stream(words, 8, words.length)
                                    .filter(w -> !w.startsWith("["))
                                    .toList()));
        });
        return rows;
    }

    Optional<Row> self() {
        return rows.values().stream().filter(r -> r.flags().contains("myself")).findFirst();
    }
}
