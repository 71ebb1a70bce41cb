package io.clusterdeck.redis.build;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the last words of a server's log mean (strings of server.c, cluster.c, aof.c and rdb.c, 6.0 to 8.0; Valkey). */
final class StartFailures {

    private record Sign(Pattern line, String key) {}

    private static final List<Sign> SIGNS = List.of(
            sign(
                    "Could not create server TCP listening socket .*:(\\d+): bind: Address already in use",
                    "build.start.port-taken"),
            sign("Failed listening on port (\\d+)", "build.start.port-taken"),
            sign(
                    "Could not create server TCP listening socket .*Cannot assign requested address",
                    "build.start.no-address"),
            sign("already used by a different Redis Cluster node", "build.start.config-used"),
            sign("corrupted cluster config file", "build.start.config-corrupt"),
            sign("port number too high", "build.start.port-too-high"),
            sign("Bad file format reading the append only file", "build.start.aof-damaged"),
            sign("Unexpected end of file reading the append only file", "build.start.aof-short"),
            sign(
                    "Short read or OOM loading DB|Wrong signature trying to load DB|Fatal error loading the DB"
                            + "|Internal error in RDB|RDB ERROR DETECTED",
                    "build.start.rdb-damaged"),
            sign(
                    "Failed to load (CA )?certificate|Failed to load private key|Failed to configure TLS",
                    "build.start.tls"),
            sign("Aborting \\w+ startup because of ACL errors|Error loading ACLs", "build.start.acl"),
            sign(
                    "FATAL CONFIG FILE ERROR|Bad directive or wrong number of arguments|Unresolved Configuration\\(s\\) Detected",
                    "build.start.bad-directive"),
            sign("No space left on device", "build.start.disk-full"),
            sign("Permission denied", "build.start.permission"),
            sign("Out Of Memory|Cannot allocate memory", "build.start.memory"));

    private StartFailures() {}

    private static Sign sign(String pattern, String key) {
        return new Sign(Pattern.compile(pattern), key);
    }

    /** The first cause that the log names, which is the nearest to the root of it. */
    static Optional<Say> of(List<String> log, String root, int port) {
        for (var line : log) {
            for (var sign : SIGNS) {
                if (sign.line().matcher(line).find()) {
                    return Optional.of(Say.of(sign.key(), "port", port, "root", root));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a node answers that it is loading its data. */
    static boolean loading(Failure why) {
        Predicate<Object> says = v -> v.toString().startsWith("LOADING");
        return why.what().args().values().stream().anyMatch(says);
    }
}
