package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a start would load less than is, or was, in memory. Pure. A master that comes back emptied empties its replicas
 * (facts: 1000 of 1000 keys gone, cluster_state ok), so every reason found here refuses a restart of the last copy.
 */
final class Reload {
    private Reload() {}

    /**
     * Of a node that runs.
     *
     * @param live CONFIG GET
     * @param graceful whether it ends by SIGTERM, on which a server with save points writes its dump first (prepareForShutdown in server.c),
     *     unless shutdown-on-sigterm (7.0) says otherwise
     * @param limit after which it would be killed while it writes that dump, as systemd says it; empty when never
     */
    static List<Say> less(
            NodeInfo info,
            Map<String, String> live,
            Directives file,
            FileFacts files,
            boolean graceful,
            Optional<String> limit) {
        var why = new ArrayList<Say>();
        if (keys(info) == 0) {
            return why;
        }
        if (files.directory() == FileFacts.Presence.MISSING) {
            why.add(Say.of("nodes.reload.no-directory", "path", live.getOrDefault("dir", "")));
            return why;
        }
        if (startDirectory(file, live.getOrDefault("dir", "")).isEmpty()) {
            why.add(Say.of(
                    "nodes.reload.other-directory",
                    "live",
                    live.getOrDefault("dir", ""),
                    "file",
                    file.value("dir", "")));
        }
        boolean aof = "yes".equals(live.get("appendonly"));
        boolean aofAtStart = "yes".equals(file.value("appendonly"));
        if (aof != aofAtStart) {
            why.add(Say.of(aof ? "nodes.reload.aof-only-live" : "nodes.reload.aof-only-file"));
        } else if (aof) {
            aof(info, files, why);
        } else {
            rdb(info, live, file, files, graceful, limit, why);
        }
        return why;
    }

    private static void aof(NodeInfo info, FileFacts files, List<Say> why) {
        if (files.aofBytes() == 0) {
            why.add(Say.of("nodes.reload.aof-missing"));
        }
        if (info.text("aof_last_write_status").filter(s -> !s.equals("ok")).isPresent()) {
            why.add(Say.of("nodes.reload.aof-not-written"));
        }
        if (AofRewrite.pending(info)) {
            why.add(Say.of("nodes.reload.aof-rewriting"));
        }
    }

    private static void rdb(
            NodeInfo info,
            Map<String, String> live,
            Directives file,
            FileFacts files,
            boolean graceful,
            Optional<String> limit,
            List<Say> why) {
        var name = live.getOrDefault("dbfilename", "dump.rdb");
        if (!name.equals(file.value("dbfilename"))) {
            why.add(Say.of("nodes.reload.other-rdb", "live", name, "file", file.value("dbfilename")));
            return;
        }
        var term = List.of(live.getOrDefault("shutdown-on-sigterm", "").split(" ", -1));
        boolean saves = !term.contains("nosave")
                && (term.contains("save") || !live.getOrDefault("save", "").isBlank());
        long changes = info.number("rdb_changes_since_last_save").orElse(0);
        if (graceful && saves) {
            if (info.text("rdb_last_bgsave_status").filter(s -> !s.equals("ok")).isPresent()) {
                why.add(Say.of("nodes.reload.rdb-fails"));
            }
            limit.ifPresent(l -> why.add(Say.of("nodes.reload.unit-kills", "limit", l)));
        } else if (files.rdb().isEmpty()) {
            why.add(Say.of("nodes.reload.nothing-kept"));
        } else if (changes > 0) {
            why.add(Say.of("nodes.reload.rdb-old", "changes", changes));
        }
    }

    /**
     * Of a node that is down.
     *
     * @param last its latest INFO, if it was ever seen
     */
    static List<Say> lessWhenDown(Optional<NodeInfo> last, Directives file, FileFacts files) {
        var why = new ArrayList<Say>();
        if (last.isPresent() && keys(last.get()) == 0) {
            return why;
        }
        if (files.directory() == FileFacts.Presence.MISSING) {
            why.add(Say.of("nodes.reload.no-directory", "path", file.value("dir", "")));
            return why;
        }
        boolean aofAtStart = "yes".equals(file.value("appendonly"));
        var aofBefore = last.flatMap(i -> i.text("aof_enabled")).map("1"::equals);
        if (aofBefore.isPresent() && aofBefore.get() != aofAtStart) {
            why.add(Say.of(aofBefore.get() ? "nodes.reload.aof-only-live" : "nodes.reload.aof-only-file"));
        } else if (aofAtStart) {
            long before = last.map(i -> i.number("aof_current_size").orElse(0)).orElse(0L);
            if (files.aofBytes() == 0) {
                why.add(Say.of("nodes.reload.aof-missing"));
            } else if (last.filter(i -> AofRewrite.pending(i) && AofRewrite.failed(i))
                    .isPresent()) {
                why.add(Say.of("nodes.reload.aof-not-rewritten"));
            } else if (files.aofBytes() < before) {
                why.add(Say.of("nodes.reload.aof-shorter", "size", files.aofBytes(), "before", before));
            }
        } else if (files.rdb().isEmpty()) {
            why.add(Say.of("nodes.reload.nothing-kept"));
        } else {
            long changes = last.map(i -> i.number("rdb_changes_since_last_save").orElse(0))
                    .orElse(0L);
            boolean savedSince = last.isPresent()
                    && !files.rdb()
                            .get()
                            .written()
                            .minus(files.ahead())
                            .isBefore(last.get().at());
            if (changes > 0 && !savedSince) {
                why.add(Say.of("nodes.reload.rdb-old", "changes", changes));
            }
        }
        return why;
    }

    /** The folder in which the server must be started so that the file's {@code dir} leads to where its data are; empty when no folder does. */
    static Optional<String> startDirectory(Directives file, String data) {
        return startDirectory(file.value("dir", "./"), data);
    }

    /** Likewise, of what the file says of its folder. */
    static Optional<String> startDirectory(String said, String data) {
        var dir = trim(said);
        var there = trim(data);
        if (dir.startsWith("/")) {
            return dir.equals(there) ? Optional.of(there) : Optional.empty();
        }
        var relative = dir.startsWith("./") ? trim(dir.substring(2)) : dir;
        if (relative.isEmpty() || relative.equals(".")) {
            return Optional.of(there);
        }
        return there.endsWith("/" + relative)
                ? Optional.of(there.substring(0, there.length() - relative.length() - 1))
                : Optional.empty();
    }

    private static String trim(String path) {
        var p = path;
        while (p.length() > 1 && p.endsWith("/")) {
            p = p.substring(0, p.length() - 1);
        }
        return p;
    }

    /** Keys of all databases; a cluster has only db0. */
    static long keys(NodeInfo info) {
        return field(info, "keys");
    }

    /** Keys that expire one day, of all. */
    static long expires(NodeInfo info) {
        return field(info, "expires");
    }

    private static long field(NodeInfo info, String name) {
        long sum = 0;
        for (var e : info.info().entrySet()) {
            if (e.getKey().matches("db\\d+")) {
                for (var part : e.getValue().split(",", -1)) {
                    if (part.startsWith(name + "=")) {
                        sum += Long.parseLong(part.substring(name.length() + 1).trim());
                    }
                }
            }
        }
        return sum;
    }
}
