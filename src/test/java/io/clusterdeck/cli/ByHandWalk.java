package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every action on a cluster asked for the lines that a person would type: each of its steps has one, or says why there is none. */
final class ByHandWalk {
    /** What a healthy cluster of this computer must be able to show; others it may refuse, saying why: it takes two hosts, or it is so. */
    private static final Set<String> SHOWN =
            Set.of("apply", "check-aof", "config", "destroy", "drill", "failover", "kill", "restart", "safe", "stop");

    private final Path folder;
    private final String host;
    private final Set<String> shown = new TreeSet<>();

    /** @param host on which all nodes are */
    ByHandWalk(Path folder, String host) {
        this.folder = folder;
        this.host = host;
    }

    /** The words that know {@code --by-hand}, each with what it may be asked. */
    static Map<String, List<List<String>>> words(String cluster, String blueprint, String master, String replica) {
        var words = new TreeMap<String, List<List<String>>>();
        words.put("apply", List.of(List.of(blueprint)));
        words.put("resume", List.of(List.of()));
        words.put("destroy", List.of(List.of(cluster, "--remove-data")));
        words.put("kill", List.of(List.of(master), List.of(replica, "--pause", "2")));
        words.put("start", List.of(List.of("--all")));
        words.put("stop", List.of(List.of(master), List.of("--all")));
        words.put("restart", List.of(List.of(master)));
        words.put("failover", List.of(List.of(replica)));
        words.put("check-aof", List.of(List.of(master)));
        words.put("safe", List.of(List.of(cluster, master, "--make")));
        words.put("hand-back", List.of(List.of(cluster)));
        words.put("config", List.of(List.of(cluster, "slowlog-max-len", "93")));
        words.put("password", List.of(List.of(cluster, "--retire-old")));
        words.put(
                "drill",
                Stream.of("kill-master", "failover", "rolling-restart", "kill-host")
                        .map(name -> List.of(name, "-c", cluster))
                        .toList());
        return words;
    }

    void over(String cluster, String blueprint, String master, String replica) throws Exception {
        for (var each : words(cluster, blueprint, master, replica).entrySet()) {
            for (var arguments : each.getValue()) {
                var line = new ArrayList<>(List.of(each.getKey()));
                line.addAll(arguments);
                line.add("--by-hand");
                asked(line);
            }
        }
        assertTrue(shown.containsAll(SHOWN), shown::toString);
    }

    private void asked(List<String> line) throws Exception {
        var said = Said.by(folder, line.toArray(String[]::new));
        assertFalse(said.err().contains("--yes") || said.err().contains("--type"), "it would be run: " + line);
        if (said.code() != Code.DONE || said.out().isBlank()) {
            assertFalse(said.err().isBlank(), "without a word: " + line);
            return;
        }
        shown.add(line.getFirst());
        var lines = said.out().lines().toList();
        var step = "# " + host + ": ";
        assertTrue(lines.stream().anyMatch(l -> l.startsWith(step)), line + "\n" + said.out());
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i + 1 == lines.size();
            assertFalse(
                    lines.get(i).startsWith(step) && (last || lines.get(i + 1).startsWith(step)),
                    "nothing to type, and no word why: " + line + "\n" + lines.get(i));
        }
    }
}
