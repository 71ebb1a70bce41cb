package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.conf.ConfWords;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.conf.UserLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a redis.conf says, beside what the running server says (CONFIG GET): a restart goes back to the file. */
final class Directives {
    private final Map<String, List<List<String>>> lines = new LinkedHashMap<>();

    private Directives() {}

    /** One directive per line, as {@code process.sh facts} tells them. */
    static Directives of(String text) {
        return of(text.lines().map(l -> ConfWords.words(l).orElse(List.of())).toList());
    }

    /** The words of each line. */
    static Directives of(List<List<String>> lines) {
        var all = new Directives();
        lines.stream()
                .filter(words -> !words.isEmpty())
                .forEach(words -> all.lines
                        .computeIfAbsent(name(words.getFirst()), n -> new ArrayList<>())
                        .add(words.subList(1, words.size())));
        return all;
    }

    /** Whether other files belong to it. */
    boolean includes() {
        return says("include");
    }

    boolean says(String name) {
        return lines.containsKey(name(name));
    }

    /** The last value of a directive, its words joined; {@code otherwise} where the file is silent. */
    String value(String name, String otherwise) {
        var all = lines.get(name(name));
        if (all == null) {
            return otherwise;
        }
        return String.join(" ", all.getLast());
    }

    String value(String name) {
        return value(name, Directive.standard(name, "").orElse(""));
    }

    /** Where it listens, as written; empty for all addresses. */
    List<String> binds() {
        var all = lines.get("bind");
        return all == null ? List.of() : all.getLast();
    }

    /** Whether a server that is started with it lets everyone in: a line of the user default counts more than {@code requirepass}. */
    boolean open() {
        return lines.getOrDefault(UserLines.NAME, List.of()).stream()
                .filter(words -> !words.isEmpty() && words.getFirst().equals("default"))
                .reduce((a, b) -> b)
                .map(words -> words.contains("nopass"))
                .orElseGet(() -> !says("requirepass") && !says("aclfile"));
    }

    /** The word by which the server knows a command: none when it was not renamed, empty when it was switched off. */
    Optional<String> renamed(String command) {
        return lines.getOrDefault("rename-command", List.of()).stream()
                .filter(words -> words.size() == 2 && words.getFirst().equalsIgnoreCase(command))
                .map(List::getLast)
                .findFirst();
    }

    /** Commands that are known by another word, with it. */
    Map<String, String> renamed() {
        var renamed = new TreeMap<String, String>();
        lines.getOrDefault("rename-command", List.of()).stream()
                .filter(words -> words.size() == 2 && !words.getLast().isEmpty())
                .forEach(words -> renamed.put(words.getFirst().toUpperCase(Locale.ROOT), words.getLast()));
        return renamed;
    }

    /**
     * What CONFIG GET would tell, were it not switched off: since nobody can change settings while the server runs, the file's count.
     *
     * @param version of the server
     */
    Map<String, String> told(String version) {
        var told = new HashMap<String, String>();
        for (var name : List.of(
                "appendonly",
                "appendfilename",
                "appenddirname",
                "dbfilename",
                "save",
                "shutdown-on-sigterm",
                "logfile",
                "cluster-config-file",
                "cluster-node-timeout",
                "cluster-require-full-coverage",
                "cluster-replica-validity-factor")) {
            var all = lines.get(name);
            told.put(name, all == null ? Directive.standard(name, version).orElse("") : Directive.joined(name, all));
        }
        return told;
    }

    private static String name(String word) {
        return Directive.name(word);
    }
}
