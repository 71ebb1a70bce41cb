package io.clusterdeck.redis.link;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The commands that a watch may send: they read, are quick, and change nothing at all on a node. */
public final class ReadsOnly {

    private static final Set<String> PLAIN = Set.of("PING", "INFO", "TIME", "ROLE", "DBSIZE", "LASTSAVE", "COMMAND");

    private static final Map<String, Set<String>> CONTAINERS = Map.of(
            "CLUSTER",
                    Set.of(
                            "INFO",
                            "NODES",
                            "MYID",
                            "SLOTS",
                            "SHARDS",
                            "LINKS",
                            "REPLICAS",
                            "SLAVES",
                            "KEYSLOT",
                            "COUNTKEYSINSLOT",
                            "COUNT-FAILURE-REPORTS"),
            "CONFIG", Set.of("GET"),
            "CLIENT", Set.of("ID", "INFO", "LIST", "GETNAME", "SETNAME"),
            "ACL", Set.of("WHOAMI"),
            "SLOWLOG", Set.of("GET", "LEN"),
            "LATENCY", Set.of("LATEST", "HISTORY"),
            "MEMORY", Set.of("STATS"));

    private ReadsOnly() {}

    /** Whether it may. */
    public static boolean allows(String... command) {
        var first = command[0].toUpperCase(Locale.ROOT);
        return PLAIN.contains(first)
                || command.length > 1
                        && CONTAINERS.getOrDefault(first, Set.of()).contains(command[1].toUpperCase(Locale.ROOT));
    }
}
