package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.conf.ConfWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a redis.conf says, beside what the running server says (CONFIG GET): a restart goes back to the file. */
final class Directives {
    /** What 6.2 takes where the file is silent (config.c); only settings that operators change at run time. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("appendonly", "no"),
            Map.entry("appendfsync", "everysec"),
            Map.entry("no-appendfsync-on-rewrite", "no"),
            Map.entry("auto-aof-rewrite-percentage", "100"),
            Map.entry("auto-aof-rewrite-min-size", "67108864"),
            Map.entry("aof-load-truncated", "yes"),
            Map.entry("maxmemory", "0"),
            Map.entry("maxmemory-policy", "noeviction"),
            Map.entry("maxclients", "10000"),
            Map.entry("timeout", "0"),
            Map.entry("tcp-keepalive", "300"),
            Map.entry("loglevel", "notice"),
            Map.entry("slowlog-log-slower-than", "10000"),
            Map.entry("slowlog-max-len", "128"),
            Map.entry("latency-monitor-threshold", "0"),
            Map.entry("notify-keyspace-events", ""),
            Map.entry("repl-backlog-size", "1048576"),
            Map.entry("repl-timeout", "60"),
            Map.entry("repl-ping-replica-period", "10"),
            Map.entry("min-replicas-to-write", "0"),
            Map.entry("replica-priority", "100"),
            Map.entry("cluster-node-timeout", "15000"),
            Map.entry("cluster-require-full-coverage", "yes"),
            Map.entry("cluster-replica-validity-factor", "10"),
            Map.entry("cluster-replica-no-failover", "no"),
            Map.entry("cluster-migration-barrier", "1"),
            Map.entry("cluster-allow-reads-when-down", "no"),
            Map.entry("stop-writes-on-bgsave-error", "yes"),
            Map.entry("dbfilename", "dump.rdb"),
            Map.entry("activedefrag", "no"),
            Map.entry("lazyfree-lazy-eviction", "no"),
            Map.entry("lazyfree-lazy-expire", "no"));

    private static final Set<String> SECRETS = Set.of("requirepass", "masterauth", "user", "masteruser");

    private final Map<String, List<List<String>>> lines = new LinkedHashMap<>();

    private Directives() {}

    /** One directive per line, as {@code process.sh facts} tells them. */
    static Directives of(String text) {
        var all = new Directives();
        text.lines().forEach(line -> {
            var words = ConfWords.words(line).orElse(List.of());
            if (!words.isEmpty()) {
                all.lines
                        .computeIfAbsent(name(words.getFirst()), n -> new ArrayList<>())
                        .add(words.subList(1, words.size()));
            }
        });
        return all;
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
        return value(name, DEFAULTS.getOrDefault(name, ""));
    }

    boolean includes() {
        return lines.containsKey("include");
    }

    /** Settings that live only in the running server: {@code name live (file)}. Secrets and save points are compared, not shown. */
    List<String> lostBy(Map<String, String> live) {
        var lost = new TreeMap<String, String>();
        live.forEach((key, value) -> {
            var name = name(key);
            if (SECRETS.contains(name)) {
                return;
            }
            var file = lines.containsKey(name) ? value(name) : DEFAULTS.get(name);
            if (file != null && !name.equals("save") && comparable(name) && !same(file, value)) {
                lost.put(
                        name,
                        "%s %s (%s)".formatted(name, value.isEmpty() ? "\"\"" : value, file.isEmpty() ? "\"\"" : file));
            }
        });
        return List.copyOf(lost.values());
    }

    /** Whether one value is meant: paths, lists and what the server computes itself are left out. */
    private boolean comparable(String name) {
        return !includes()
                && DEFAULTS.containsKey(name)
                && lines.getOrDefault(name, List.of()).size() <= 1;
    }

    private static boolean same(String file, String live) {
        return canonical(file).equals(canonical(live));
    }

    private static String canonical(String value) {
        var v = value.trim().toLowerCase(Locale.ROOT);
        var m = java.util.regex.Pattern.compile("(\\d+)(k|kb|m|mb|g|gb|b)").matcher(v);
        if (!m.matches()) {
            return v;
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

    /** Old and new spelling are one directive. */
    private static String name(String word) {
        return word.toLowerCase(Locale.ROOT).replace("slave", "replica");
    }
}
