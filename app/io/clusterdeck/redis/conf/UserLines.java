package io.clusterdeck.redis.conf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lines {@code user NAME …} of a redis.conf. That of {@code default} counts more than {@code requirepass}: when the server starts, it resets
 * the user and then obeys the line ({@code ACLLoadConfiguredUsers} in acl.c, 6.2.3), and CONFIG REWRITE writes one. Pure.
 */
public final class UserLines {
    /** The directive. */
    public static final String NAME = "user";

    private UserLines() {}

    /** Whether there is one of that user. */
    public static boolean says(ConfLines conf, String user) {
        return conf.all(NAME).stream().anyMatch(l -> of(l, user));
    }

    /** Whether the line that counts lets the user in with this password and with no other. */
    public static boolean admitsOnly(ConfLines conf, String user, String password) {
        var last = conf.all(NAME).stream().filter(l -> of(l, user)).reduce((a, b) -> b);
        return last.filter(l -> let(l).equals(Set.of(hash(password)))).isPresent();
    }

    /** Whether a line lets its user in without any password. */
    public static boolean open(List<String> line) {
        return let(line).contains("");
    }

    /**
     * Whether a line holds a password that can be read, given or taken away ({@code >word}, {@code <word}), rather than its hash
     * ({@code #hash}, {@code !hash}): redis.io, "ACL rules".
     */
    public static boolean tells(List<String> line) {
        return line.stream().skip(1).anyMatch(w -> w.startsWith(">") || w.startsWith("<"));
    }

    /** The lines of that user let in with this password only; what they permit stays. */
    static RedisConf with(RedisConf conf, String user, String password) {
        var lines = conf.all(NAME).stream()
                .map(l -> !of(l, user) || let(l).equals(Set.of(hash(password))) ? l : with(l, password))
                .toList();
        return lines.isEmpty() ? conf : conf.set(NAME, lines);
    }

    private static List<String> with(List<String> line, String password) {
        var words = new ArrayList<>(line);
        words.subList(1, words.size()).removeIf(UserLines::ofPasswords);
        words.add("#" + hash(password));
        return words;
    }

    private static boolean of(List<String> line, String user) {
        return !line.isEmpty() && line.getFirst().equals(user);
    }

    private static boolean ofPasswords(String word) {
        return word.equalsIgnoreCase("nopass") || word.equalsIgnoreCase("resetpass") || word.matches("(?s)[><#!].*");
    }

    /** The hashes that let in; the empty one where anything does. */
    private static Set<String> let(List<String> line) {
        var let = new LinkedHashSet<String>();
        for (var word : line.subList(1, line.size())) {
            var rest = word.isEmpty() ? "" : word.substring(1);
            switch (word.isEmpty() ? ' ' : word.charAt(0)) {
                case '>' -> let.add(hash(rest));
                case '#' -> let.add(rest);
                case '<' -> let.remove(hash(rest));
                case '!' -> let.remove(rest);
                default -> {
                    if (word.equalsIgnoreCase("nopass")
                            || word.equalsIgnoreCase("resetpass")
                            || word.equalsIgnoreCase("reset")) {
                        let.clear();
                    }
                    if (word.equalsIgnoreCase("nopass")) {
                        let.add("");
                    }
                }
            }
        }
        return let;
    }

    private static String hash(String password) {
        return Packed.sha256(password.getBytes(StandardCharsets.UTF_8));
    }
}
