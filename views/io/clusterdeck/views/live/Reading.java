package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a node's INFO says, under the names of the screen. Fields: https://redis.io/docs/latest/commands/info/. */
public record Reading(Node node) {
    private static final Pattern KEYS = Pattern.compile("keys=(\\d+)");

    /** In a cluster all keys lie in database 0; without keys INFO leaves the line out. */
    public OptionalLong keys() {
        var info = node.info();
        if (info.isEmpty()) {
            return OptionalLong.empty();
        }
        var matcher = KEYS.matcher(info.get().info().getOrDefault("db0", "keys=0"));
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    public OptionalLong memory() {
        return number("used_memory");
    }

    /** Bytes; empty when there is no limit. */
    public OptionalLong maxMemory() {
        var max = number("maxmemory");
        return max.isPresent() && max.getAsLong() > 0 ? max : OptionalLong.empty();
    }

    public OptionalLong ops() {
        return number("instantaneous_ops_per_sec");
    }

    /** Its own replication offset. */
    public OptionalLong offset() {
        return number(node.isMaster() ? "master_repl_offset" : "slave_repl_offset");
    }

    /** Whether a replica's link to its master is up, as it says itself; empty for masters. */
    public Optional<Boolean> masterLink() {
        return text("master_link_status").map("up"::equals);
    }

    public OptionalLong masterLinkDownSeconds() {
        return number("master_link_down_since_seconds");
    }

    /** Bytes that a replica is behind its master. The two were asked at different instants: a small number means little. */
    public OptionalLong behind(ClusterState state) {
        var master = node.master().flatMap(state::node).map(Reading::new);
        var ours = offset();
        if (master.isEmpty() || ours.isEmpty() || master.get().offset().isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(0, master.get().offset().getAsLong() - ours.getAsLong()));
    }

    public OptionalLong uptimeMillis() {
        var seconds = number("uptime_in_seconds");
        return seconds.isPresent() ? OptionalLong.of(seconds.getAsLong() * 1000) : seconds;
    }

    public OptionalLong pid() {
        return number("process_id");
    }

    public boolean aofOn() {
        return text("aof_enabled").filter("1"::equals).isPresent();
    }

    public OptionalLong aofSize() {
        return number("aof_current_size");
    }

    public boolean aofWriteOk() {
        return text("aof_last_write_status").filter("ok"::equals).isPresent();
    }

    public boolean rdbSaveOk() {
        return text("rdb_last_bgsave_status").filter("ok"::equals).isPresent();
    }

    public OptionalLong rdbLastSave() {
        return number("rdb_last_save_time");
    }

    public String version() {
        return node.info().map(NodeInfo::version).orElse("");
    }

    public Optional<String> text(String key) {
        return node.info().flatMap(i -> i.text(key));
    }

    public OptionalLong number(String key) {
        return node.info().map(i -> i.number(key)).orElse(OptionalLong.empty());
    }
}
