package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.NodeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * INFO in two parts: the section about replication at every tick, everything once a second, because everything takes a node several times
 * as long (it counts its memory for that). After a change and while a node loads its data everything is asked for at once. Used by one
 * thread.
 */
final class Infos {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String SECTION = "# Replication";

    private Instant since = Instant.EPOCH;
    private Map<String, String> rest = Map.of();

    /** Everything is to be read next: the node may have been started again, or something changed. */
    void forget() {
        since = Instant.EPOCH;
    }

    /** What to ask for now. */
    String[] question(Instant now) {
        return since.plus(EVERY).isAfter(now) ? new String[] {"INFO", "replication"} : new String[] {"INFO"};
    }

    /**
     * What the node tells of itself. What it refuses now is not told any more, whatever it said before; where it answers nothing for a
     * while (a script runs), it is what it was, and of that time.
     */
    NodeInfo of(
            Map<String, Reply> told, Optional<NodeInfo> before, Set<String> refused, Settings settings, Instant now) {
        var info = take(told, now);
        var cluster = Optional.ofNullable(told.get("CLUSTER INFO")).map(r -> InfoParser.parse(r.text()));
        boolean silent = info.isEmpty() && cluster.isEmpty();
        if (silent && before.isPresent() && !refused.contains("INFO") && !refused.contains("CLUSTER INFO")) {
            return before.get();
        }
        return new NodeInfo(
                now,
                info.isPresent() || refused.contains("INFO")
                        ? settings.beside(info.orElse(Map.of()))
                        : before.map(NodeInfo::info).orElse(Map.of()),
                cluster.isPresent() || refused.contains("CLUSTER INFO")
                        ? cluster.orElse(Map.of())
                        : before.map(NodeInfo::clusterInfo).orElse(Map.of()));
    }

    /** All of INFO as known after this answer; empty when it was refused. */
    Optional<Map<String, String>> take(Map<String, Reply> told, Instant now) {
        var all = told.get("INFO");
        var section = told.get("INFO replication");
        if (all != null) {
            rest = InfoParser.parse(without(all.text()));
            since = rest.getOrDefault("loading", "0").equals("0") ? now : Instant.EPOCH;
            return Optional.of(InfoParser.parse(all.text()));
        }
        if (section == null) {
            return Optional.empty();
        }
        return Optional.of(Layers.of(rest, InfoParser.parse(section.text())));
    }

    /** Less the section: of a replica that is gone, no line may stay. */
    private static String without(String all) {
        int from = all.indexOf(SECTION);
        int to = from < 0 ? -1 : all.indexOf("\n# ", from);
        return from < 0 ? all : all.substring(0, from) + (to < 0 ? "" : all.substring(to + 1));
    }
}
