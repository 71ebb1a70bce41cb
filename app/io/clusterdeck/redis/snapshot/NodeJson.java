package io.clusterdeck.redis.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Writes one node of a snapshot. */
final class NodeJson {

    /** What is kept of INFO, beside what has a field of its own. Names: https://redis.io/docs/latest/commands/info/. */
    static final List<String> INFO = List.of(
            "run_id",
            "process_id",
            "os",
            "executable",
            "config_file",
            "uptime_in_seconds",
            "used_memory_rss",
            "maxmemory",
            "maxmemory_policy",
            "mem_fragmentation_ratio",
            "instantaneous_ops_per_sec",
            "connected_clients",
            "blocked_clients",
            "rejected_connections",
            "evicted_keys",
            "latest_fork_usec",
            "loading",
            "aof_enabled",
            "aof_current_size",
            "aof_last_write_status",
            "aof_last_bgrewrite_status",
            "rdb_last_bgsave_status",
            "rdb_last_save_time",
            "connected_slaves",
            "repl_backlog_size",
            "master_link_status",
            "master_link_down_since_seconds",
            "master_sync_in_progress");

    private NodeJson() {}

    /** @param common what all nodes have of the configuration, which is not repeated here */
    static void write(JsonGenerator json, Node node, Map<String, String> common) throws IOException {
        var info = node.info();
        json.writeStartObject();
        json.writeStringField("id", node.id().value());
        json.writeStringField("address", node.address().host());
        json.writeNumberField("port", node.address().port());
        json.writeNumberField("busPort", node.address().busPort());
        Fields.string(json, "host", node.host().map(Object::toString).orElse(null));
        contact(json, node.contact());
        json.writeStringField("role", node.isMaster() ? "master" : "replica");
        Fields.string(json, "masterId", node.master().map(NodeId::value).orElse(null));
        json.writeArrayFieldStart("slots");
        for (var range : node.slots()) {
            json.writeArray(new int[] {range.from(), range.to()}, 0, 2);
        }
        json.writeEndArray();
        open(json, "migrating", node.migrating());
        open(json, "importing", node.importing());
        Fields.strings(
                json, "flags", node.flags().stream().sorted().map(Flag::word).toList());
        Fields.strings(
                json,
                "suspectedBy",
                node.suspectedBy().stream().sorted().map(NodeId::value).toList());
        json.writeNumberField("epoch", node.epoch());
        json.writeBooleanField("linkUp", linkUp(node));
        Fields.number(
                json,
                "offset",
                info.map(i -> i.number(node.role() == Role.REPLICA ? "slave_repl_offset" : "master_repl_offset"))
                        .orElse(OptionalLong.empty()));
        Fields.string(
                json,
                "version",
                info.map(NodeInfo::version).filter(v -> !v.isEmpty()).orElse(null));
        Fields.number(json, "keys", info.map(i -> keys(i.info())).orElse(OptionalLong.empty()));
        Fields.number(json, "usedMemory", info.map(i -> i.number("used_memory")).orElse(OptionalLong.empty()));
        Fields.map(json, "info", info.map(NodeJson::kept).orElse(Map.of()));
        var config = new TreeMap<>(Snapshot.config(node));
        if (config.isEmpty()) {
            json.writeNullField("config");
        } else {
            config.entrySet().removeAll(common.entrySet());
            Fields.map(json, "config", config);
        }
        json.writeEndObject();
    }

    private static Map<String, String> kept(NodeInfo info) {
        var kept = new TreeMap<String, String>();
        for (var name : INFO) {
            info.text(name).ifPresent(value -> kept.put(name, value));
        }
        var state = info.clusterInfo().get("cluster_state");
        if (state != null) {
            kept.put("cluster_state", state);
        }
        return kept;
    }

    /** Every bus link to it is up, and a replica's replication link, too. */
    private static boolean linkUp(Node node) {
        boolean replicates = node.role() == Role.MASTER
                || node.info()
                        .flatMap(i -> i.text("master_link_status"))
                        .filter("up"::equals)
                        .isPresent();
        return node.linkUp() && replicates && !node.flags().contains(Flag.FAIL);
    }

    /** {@code db0:keys=12,expires=0,avg_ttl=0}; a cluster has only db0, and INFO leaves out an empty one. */
    private static OptionalLong keys(Map<String, String> info) {
        if (info.isEmpty()) {
            return OptionalLong.empty();
        }
        var db = info.getOrDefault("db0", "keys=0,");
        int end = db.indexOf(',');
        try {
            return OptionalLong.of(Long.parseLong(db.substring("keys=".length(), end)));
        } catch (NumberFormatException | IndexOutOfBoundsException odd) {
            return OptionalLong.empty();
        }
    }

    static String word(Contact contact) {
        return switch (contact) {
            case Contact.Answers a -> "answers";
            case Contact.Silent s -> "silent";
            case Contact.Gone g -> "gone";
            case Contact.Refuses r -> "refuses";
            case Contact.Unknown u -> "unknown";
        };
    }

    private static void contact(JsonGenerator json, Contact contact) throws IOException {
        json.writeStringField("contact", word(contact));
        json.writeFieldName("why");
        switch (contact) {
            case Contact.Gone g -> Fields.say(json, g.why());
            case Contact.Refuses r -> Fields.say(json, r.why());
            case Contact.Answers a -> json.writeNull();
            case Contact.Silent s -> json.writeNull();
            case Contact.Unknown u -> json.writeNull();
        }
    }

    private static void open(JsonGenerator json, String name, Map<Integer, NodeId> slots) throws IOException {
        json.writeArrayFieldStart(name);
        for (var slot : slots.keySet().stream().sorted().toList()) {
            json.writeStartObject();
            json.writeNumberField("slot", slot);
            json.writeStringField("node", String.valueOf(slots.get(slot)));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
