package io.clusterdeck.redis.console;

import io.clusterdeck.redis.link.ReadsOnly;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a typed command may do, and so what it takes to send it. */
public enum Guard {
    /** Reads only: always sent. */
    READ,
    /** Changes something, or nobody knows that it does not: sent once the console was unlocked, and audited. */
    WRITE,
    /** Can take the data or the node away, or blocks it for all: typed again even when unlocked. */
    TYPED,
    /** Answers without an end, or changes how we speak with the node: not here. */
    NEVER;

    /** Commands that are never sent, each with the reason: {@code console.never.REASON}. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("MONITOR", "endless"),
            Map.entry("SUBSCRIBE", "endless"),
            Map.entry("PSUBSCRIBE", "endless"),
            Map.entry("SSUBSCRIBE", "endless"),
            Map.entry("UNSUBSCRIBE", "endless"),
            Map.entry("PUNSUBSCRIBE", "endless"),
            Map.entry("SUNSUBSCRIBE", "endless"),
            Map.entry("CLIENT REPLY", "answers"),
            Map.entry("CLIENT TRACKING", "endless"),
            Map.entry("SCRIPT DEBUG", "debug"),
            Map.entry("SYNC", "servers"),
            Map.entry("PSYNC", "servers"),
            Map.entry("REPLCONF", "servers"),
            Map.entry("HELLO", "protocol"),
            Map.entry("QUIT", "connection"),
            Map.entry("RESET", "connection"));

    private static final Set<String> DANGEROUS = Set.of(
            "FLUSHALL",
            "FLUSHDB",
            "DEBUG",
            "SHUTDOWN",
            "KEYS",
            "SAVE",
            "REPLICAOF",
            "SLAVEOF",
            "MIGRATE",
            "SWAPDB",
            "FAILOVER");

    private static final Map<String, Set<String>> DANGEROUS_PARTS = Map.of(
            "CLUSTER",
                    Set.of(
                            "RESET",
                            "FORGET",
                            "FLUSHSLOTS",
                            "DELSLOTS",
                            "DELSLOTSRANGE",
                            "SETSLOT",
                            "FAILOVER",
                            "MEET",
                            "REPLICATE",
                            "SET-CONFIG-EPOCH"),
            "ACL", Set.of("SETUSER", "DELUSER", "LOAD"),
            "FUNCTION", Set.of("FLUSH"),
            "SCRIPT", Set.of("FLUSH"),
            "MODULE", Set.of("LOAD", "LOADEX", "UNLOAD"),
            "CLIENT", Set.of("PAUSE"));

    /** Settings that delete or lose keys, turn a server into a way to write files, or let in whom it kept out. */
    private static final Set<String> DANGEROUS_SETTINGS = Set.of(
            "DIR",
            "DBFILENAME",
            "APPENDONLY",
            "SAVE",
            "REQUIREPASS",
            "PROTECTED-MODE",
            "MAXMEMORY",
            "MAXMEMORY-POLICY",
            "CLUSTER-NODE-TIMEOUT");

    /** Harmless, though COMMAND does not flag them as reading. */
    private static final Map<String, Set<String>> READING_PARTS = Map.of(
            "CLIENT", Set.of("ID", "INFO", "LIST", "GETNAME", "TRACKINGINFO", "HELP"),
            "OBJECT", Set.of("ENCODING", "FREQ", "IDLETIME", "REFCOUNT", "HELP"),
            "MEMORY", Set.of("STATS", "USAGE", "DOCTOR", "HELP"),
            "LATENCY", Set.of("LATEST", "HISTORY", "DOCTOR", "GRAPH", "HISTOGRAM", "HELP"),
            "ACL", Set.of("WHOAMI", "LIST", "GETUSER", "USERS", "CAT", "LOG", "HELP"),
            "SLOWLOG", Set.of("GET", "LEN", "HELP"),
            "XINFO", Set.of("STREAM", "GROUPS", "CONSUMERS", "HELP"),
            "PUBSUB", Set.of("CHANNELS", "NUMSUB", "NUMPAT", "SHARDCHANNELS", "SHARDNUMSUB", "HELP"),
            "CONFIG", Set.of("GET", "HELP"),
            "CLUSTER", Set.of("HELP", "GETKEYSINSLOT", "MYSHARDID"));

    private static final Set<String> READING =
            Set.of("ECHO", "SELECT", "AUTH", "LOLWUT", "ASKING", "READONLY", "READWRITE");

    /** Why it is never sent, as the ending of {@code console.never.…}; nothing for what may be. */
    public static Optional<String> refusal(Typed typed) {
        var name = typed.upper(0);
        return Optional.ofNullable(REFUSED.get(name))
                .or(() -> Optional.ofNullable(REFUSED.get(name + " " + typed.upper(1))));
    }

    public static Guard of(Typed typed, CommandTable table) {
        var name = typed.upper(0);
        var part = typed.upper(1);
        if (refusal(typed).isPresent()) {
            return NEVER;
        }
        if (DANGEROUS.contains(name)
                || DANGEROUS_PARTS.getOrDefault(name, Set.of()).contains(part)
                || mayBeConfig(name, table) && part.equals("SET") && dangerousSetting(typed)) {
            return TYPED;
        }
        if (READING.contains(name)
                || ReadsOnly.allows(typed.array()) && !(name.equals("CLIENT") && part.equals("SETNAME"))
                || READING_PARTS.getOrDefault(name, Set.of()).contains(part)) {
            return READ;
        }
        return table.reads(name) && !READING_PARTS.containsKey(name) ? READ : WRITE;
    }

    /** A word that the node does not list may be the one to which CONFIG was renamed: COMMAND tells the names before that. */
    private static boolean mayBeConfig(String name, CommandTable table) {
        return name.equals("CONFIG") || !table.commands().containsKey(name);
    }

    /** Of 7.0 on several settings can be set at once. */
    private static boolean dangerousSetting(Typed typed) {
        for (int i = 2; i < typed.words().size(); i += 2) {
            if (DANGEROUS_SETTINGS.contains(typed.upper(i))) {
                return true;
            }
        }
        return false;
    }
}
