package io.clusterdeck.cli;

import io.clusterdeck.Tree;
import io.clusterdeck.redis.Likeness;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be seen of what was done to a cluster: roles, processes, files, and how often each server's log tells of a start, of a failover
 * that it was asked for, of a file that was written anew. By server and aspect; lists have a line for each item.
 */
record Traces(TreeMap<String, String> told) {

    private static final Map<String, String> LOGGED = Map.of("starts", "Redis is starting", "elected", "election won");

    /** Of a replica: what it was asked came to nothing within 5 s, and has to be asked again. */
    private static final Pattern LAPSED = Pattern.compile(":S .*Manual failover timed out");

    private static final Pattern STAMP = Pattern.compile("[0-9]{8}-[0-9]{6}");

    /** @param acted the server that is called so; the other of its shard is its mate */
    static Traces now(LocalCluster cluster, Path home, int acted) throws Exception {
        var told = new TreeMap<String, String>();
        var like = new Likeness(cluster.server(0).port(), cluster.home());
        int masters = (int)
                cluster.servers().stream().filter(s -> s.master().isEmpty()).count();
        long epoch = 0;
        for (int i = 0; i < cluster.servers().size(); i++) {
            var name = i == acted ? "acted" : i % masters == acted % masters ? "mate" : "other " + i;
            var server = cluster.server(i);
            if (cluster.answers(i)) {
                told.put(name + " is", cluster.info(i, "role"));
                told.put(name + " process", cluster.info(i, "run_id"));
                told.put(name + " keys", cluster.call(i, "DBSIZE"));
                told.put(name + " passwords", hashes(cluster.call(i, "ACL", "LIST")));
                epoch = Math.max(epoch, epoch(cluster.call(i, "CLUSTER", "INFO")));
            }
            var log = Files.readString(server.log());
            LOGGED.forEach((what, words) -> told.put(name + " " + what, count(log, words)));
            told.put(name + " asked to take over", Long.toString(asked(log)));
            if (masters == cluster.servers().size()) { // a replica writes its file anew after a full copy, too
                told.put(name + " rewrites", count(log, "Background append only file rewriting started"));
            }
            told.put(name + " conf", conf(like.named(Files.readString(server.conf()))));
            told.put(name + " files", files(server.dir()));
        }
        told.put("epoch", Long.toString(epoch));
        told.put(
                "secrets",
                stamped(String.join("\n", new TreeSet<>(Home.at(home).secrets().names()))));
        return new Traces(told);
    }

    /** How often a replica was asked to take over, without those requests that lapsed. */
    static long asked(String log) {
        return Long.parseLong(count(log, "user request accepted"))
                - LAPSED.matcher(log).results().count();
    }

    private static String count(String text, String words) {
        return Integer.toString(text.split(Pattern.quote(words), -1).length - 1);
    }

    /** Whatever the numbers in it, and with or without quotes. */
    private static String conf(String text) {
        return text.replaceAll("[0-9]+", "N").replace("\"", "");
    }

    private static String hashes(String users) {
        return count(users, "#");
    }

    private static long epoch(String says) {
        return says.lines()
                .filter(l -> l.startsWith("cluster_current_epoch:"))
                .mapToLong(l -> Long.parseLong(l.substring(l.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static String files(Path folder) {
        return Tree.names(folder).stream()
                .map(Traces::stamped)
                .filter(f -> !f.endsWith(".rdb") && !f.contains("temp-"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String stamped(String text) {
        return STAMP.matcher(text).replaceAll("STAMP");
    }

    /** What became otherwise: counts by how much, of lists and files what came and went, of processes only that. */
    String since(Traces before) {
        var otherwise = new ArrayList<String>();
        Stream.concat(told.keySet().stream(), before.told.keySet().stream())
                .distinct()
                .sorted()
                .forEach(key -> {
                    var was = before.told.getOrDefault(key, "none");
                    var is = told.getOrDefault(key, "none");
                    if (!was.equals(is)) {
                        otherwise.add(key + ": " + changed(key, was, is));
                    }
                });
        // a server that went or came takes its counts along
        otherwise.removeIf(o -> o.matches("(?s).* (keys|passwords): .*none.*"));
        // nobody can tell how many elections it takes where the nodes choose by themselves
        if (otherwise.stream().anyMatch(o -> o.contains(" elected: "))
                && otherwise.stream().noneMatch(o -> o.contains(" asked to take over: "))) {
            otherwise.removeIf(o -> o.startsWith("epoch: "));
        }
        return String.join("\n", otherwise);
    }

    private static String changed(String key, String was, String is) {
        if (was.matches("[0-9]+") && is.matches("[0-9]+")) {
            return "+" + (Long.parseLong(is) - Long.parseLong(was));
        }
        if (key.endsWith(" process")) {
            return is.equals("none") ? "gone" : was.equals("none") ? "there" : "another";
        }
        if (key.endsWith(" is")) {
            return was + " → " + is;
        }
        return "+" + less(is, was) + " -" + less(was, is);
    }

    private static List<String> less(String all, String others) {
        var left = new ArrayList<>(all.lines().toList());
        others.lines().forEach(left::remove);
        return left;
    }

    /** What goes on still, or was left half done: a lease, a timer, a file that was begun. */
    static Optional<String> unfinished(LocalCluster cluster, Path home) {
        var begun = Stream.concat(Tree.below(cluster.home()).stream(), Tree.below(home).stream())
                .map(f -> f.getFileName().toString())
                .filter(f -> f.startsWith(".clusterdeck-") || f.endsWith(".new") || f.endsWith(".part"))
                .findFirst();
        var timers = cluster.processes().stream()
                .map(p -> "clusterdeck-timer-" + p.pid() + "-")
                .toList();
        return begun.or(() -> ProcessHandle.allProcesses()
                .map(p -> p.info().commandLine().orElse(""))
                .filter(c -> timers.stream().anyMatch(c::contains))
                .findFirst());
    }
}
