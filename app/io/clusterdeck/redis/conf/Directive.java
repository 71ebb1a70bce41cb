package io.clusterdeck.redis.conf;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is known of the directives of redis.conf (config.c of 6.0 to 7.4): their spellings, their values where a file is silent, when two
 * values mean the same, and how CONFIG GET's one value stands in a file. Pure.
 */
public final class Directive {

    /** What stands for a secret wherever one would be seen. */
    public static final String MASK = "••••••";

    /** What a node has for itself: where it listens, what it is called there, and where its files are. */
    private static final Set<String> OWN = Set.of(
            "port",
            "tls-port",
            "bind",
            "bind-source-addr",
            "dir",
            "pidfile",
            "logfile",
            "unixsocket",
            "unixsocketperm",
            "cluster-config-file",
            "cluster-port",
            "replica-announce-ip",
            "replica-announce-port",
            "replica-priority",
            "syslog-ident",
            "daemonize",
            "supervised",
            "proc-title-template",
            "tls-cert-file",
            "tls-key-file",
            "tls-client-cert-file",
            "tls-client-key-file",
            "server_cpulist",
            "bio_cpulist",
            "aof_rewrite_cpulist",
            "bgsave_cpulist");

    private static final Set<String> PATHS =
            Set.of("dir", "pidfile", "logfile", "unixsocket", "cluster-config-file", "aclfile", "replicaof");
    private static final Pattern SIZE = Pattern.compile("(\\d+)(k|kb|m|mb|g|gb|b)");
    private static final Properties KNOWN = read();

    private Directive() {}

    private static Properties read() {
        try (var in = Directive.class.getResourceAsStream("/redis/directives.properties")) {
            if (in == null) {
                throw new IllegalStateException("/redis/directives.properties is missing");
            }
            var known = new Properties();
            known.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return known;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Old and new spelling are one directive: the new one, in small letters. */
    public static String name(String word) {
        var name = word.toLowerCase(Locale.ROOT).replace("slaveof", "replicaof").replace("slave", "replica");
        return name.replace("ziplist", "listpack");
    }

    /** Whether its value is never shown. */
    public static boolean secret(String name) {
        var n = name(name);
        return n.equals("requirepass")
                || n.equals("masterauth")
                || n.equals("primaryauth")
                || n.equals("user")
                || n.endsWith("-pass");
    }

    /** Whether nodes differ in it by nature, which is no drift. */
    public static boolean own(String name) {
        var n = name(name);
        return OWN.contains(n) || n.startsWith("cluster-announce-");
    }

    /** Whether it is a state rather than a setting: it changes by itself, with a role. */
    public static boolean state(String name) {
        return name(name).equals("replicaof");
    }

    /** How versions of Valkey begin. */
    private static final String VALKEY = "valkey-";

    /** Whether CONFIG SET refuses it, as far as known of that version ({@code 6.2.3}; may be empty). */
    public static boolean fixed(String name, String version) {
        var key = major(version) >= 7 ? "fixed@7" : "fixed";
        return Arrays.asList(KNOWN.getProperty(key).split(" ", -1)).contains(name(name));
    }

    /** Whether it is known to us at all. */
    public static boolean known(String name) {
        return KNOWN.containsKey(name(name)) || OWN.contains(name(name)) || state(name);
    }

    /** The value that counts where a file is silent, as CONFIG GET tells it; empty where that is not known. */
    public static Optional<String> standard(String name, String version) {
        var n = name(name);
        var special = version.startsWith("6.0.") ? "@6.0" : major(version) >= 7 ? "@7" : "@";
        var redis = KNOWN.getProperty(n + special, KNOWN.getProperty(n));
        boolean valkey = version.startsWith(VALKEY) && major(version) >= 8;
        return Optional.ofNullable(valkey ? KNOWN.getProperty(n + "@valkey", redis) : redis);
    }

    private static int major(String version) {
        int from = version.startsWith(VALKEY) ? VALKEY.length() : 0;
        int dot = version.indexOf('.');
        var digits = dot < 0 ? version.substring(from) : version.substring(from, dot);
        return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
    }

    /** Whether two values of a directive mean the same: {@code 100mb} is {@code 104857600}, {@code AKE} is {@code KEA}. */
    public static boolean same(String name, String a, String b) {
        return a.equals(b) || canonical(name(name), a).equals(canonical(name(name), b));
    }

    private static String canonical(String name, String value) {
        if (PATHS.contains(name) || secret(name)) {
            return value;
        }
        if (name.equals("notify-keyspace-events")) {
            return value.replace("A", "g$lshzxetd")
                    .chars()
                    .distinct()
                    .sorted()
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        if (name.equals("client-output-buffer-limit")) {
            return new TreeSet<>(classes(words(value), true)).toString();
        }
        return words(value.toLowerCase(Locale.ROOT)).stream()
                .map(Directive::bytes)
                .collect(Collectors.joining(" "));
    }

    private static String bytes(String word) {
        var m = SIZE.matcher(word);
        if (!m.matches()) {
            return word;
        }
        long unit = switch (m.group(2)) {
            case "k" -> 1_000L;
            case "kb" -> 1L << 10;
            case "m" -> 1_000_000L;
            case "mb" -> 1L << 20;
            case "g" -> 1_000_000_000L;
            case "gb" -> 1L << 30;
            default -> 1L;
        };
        return Long.toString(Long.parseLong(m.group(1)) * unit);
    }

    private static List<String> words(String value) {
        return Arrays.stream(value.strip().split("\\s+"))
                .filter(w -> !w.isEmpty())
                .toList();
    }

    /** Each class of clients with its three numbers. */
    private static List<String> classes(List<String> words, boolean canonical) {
        var lines = new ArrayList<String>();
        for (int i = 0; i + 3 < words.size(); i += 4) {
            var name = words.get(i).toLowerCase(Locale.ROOT);
            lines.add((canonical && name.equals("slave") ? "replica" : name) + " "
                    + words.subList(i + 1, i + 4).stream()
                            .map(w -> canonical ? bytes(w.toLowerCase(Locale.ROOT)) : w)
                            .collect(Collectors.joining(" ")));
        }
        return lines;
    }

    /** A value of CONFIG GET as the arguments of the lines of a file that say the same. */
    public static List<List<String>> lines(String name, String value) {
        return switch (name(name)) {
            case "save" -> {
                var words = words(value);
                var lines = new ArrayList<List<String>>();
                for (int i = 0; i + 1 < words.size(); i += 2) {
                    lines.add(words.subList(i, i + 2));
                }
                yield lines.isEmpty() ? List.of(List.of("")) : lines;
            }
            case "client-output-buffer-limit" ->
                classes(words(value), false).stream().map(Directive::words).toList();
            case "oom-score-adj-values", "bind" -> List.of(words(value));
            default -> List.of(List.of(value));
        };
    }

    /** The lines of a file as CONFIG GET would tell them: all of a directive that adds up, else the last. */
    public static String joined(String name, List<List<String>> lines) {
        return switch (name(name)) {
            case "save" ->
                lines.stream().flatMap(List::stream).filter(w -> !w.isEmpty()).collect(Collectors.joining(" "));
            case "client-output-buffer-limit" -> {
                // classes that no line names keep their standard
                var all = new java.util.LinkedHashMap<String, List<String>>();
                lines(name, standard(name, "").orElse("")).forEach(l -> all.put(name(l.getFirst()), l));
                lines.stream().filter(l -> !l.isEmpty()).forEach(l -> all.put(name(l.getFirst()), l));
                yield all.values().stream().map(l -> String.join(" ", l)).collect(Collectors.joining(" "));
            }
            default -> lines.isEmpty() ? "" : String.join(" ", lines.getLast());
        };
    }
}
