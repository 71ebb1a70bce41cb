package io.clusterdeck.redis.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Writes what a cluster is, as {@code resources/schema/snapshot.schema.json} describes it: field by field, on purpose, so that the
 * document changes only when someone changes it here. Holds no secret: nothing of a login is in a {@link ClusterState}.
 */
public final class SnapshotJson {

    /** The value of {@code schema}; the number changes when a reader must. */
    public static final String SCHEMA = "clusterdeck/snapshot/1";

    private static final JsonFactory JSON = new JsonFactory();

    private SnapshotJson() {}

    /** Indented, for people and for diff. */
    public static String text(ClusterState state) {
        var text = new StringWriter();
        try {
            write(state, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** The same to a writer, which stays open. */
    public static void write(ClusterState state, Writer to) throws IOException {
        try (var json = JSON.createGenerator(to)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("takenAt", state.at().toString());
            json.writeStringField("name", state.name());
            json.writeStringField("kind", "redis-cluster");
            json.writeStringField(
                    "state",
                    switch (state.verdict()) {
                        case OK, WARN -> "ok";
                        case FAIL -> "fail";
                        case UNKNOWN -> "unknown";
                    });
            json.writeArrayFieldStart("health");
            for (var finding : state.health()) {
                finding(json, finding);
            }
            json.writeEndArray();
            json.writeNumberField("slotsCovered", state.owners().covered());
            json.writeNumberField("epoch", state.currentEpoch());
            json.writeArrayFieldStart("nodes");
            for (var node : state.nodes().values()) {
                node(json, node);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("disagreements");
            for (var disagreement : state.disagreements()) {
                disagreement(json, disagreement);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        to.write('\n');
    }

    private static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("level", finding.level().name().toLowerCase(Locale.ROOT));
        json.writeFieldName("node");
        string(json, finding.node().map(NodeId::value).orElse(null));
        json.writeFieldName("why");
        say(json, finding.why());
        json.writeEndObject();
    }

    private static void node(JsonGenerator json, Node node) throws IOException {
        var info = node.info();
        json.writeStartObject();
        json.writeStringField("id", node.id().value());
        json.writeStringField("address", node.address().host());
        json.writeNumberField("port", node.address().port());
        json.writeNumberField("busPort", node.address().busPort());
        json.writeFieldName("host");
        string(json, node.host().map(Object::toString).orElse(null));
        json.writeStringField("contact", contact(node.contact()));
        json.writeStringField("role", node.isMaster() ? "master" : "replica");
        json.writeFieldName("masterId");
        string(json, node.master().map(NodeId::value).orElse(null));
        json.writeArrayFieldStart("slots");
        for (var range : node.slots()) {
            json.writeArray(new int[] {range.from(), range.to()}, 0, 2);
        }
        json.writeEndArray();
        open(json, "migrating", node.migrating());
        open(json, "importing", node.importing());
        json.writeArrayFieldStart("flags");
        for (var flag : node.flags().stream().sorted().toList()) {
            json.writeString(flag.word());
        }
        json.writeEndArray();
        json.writeNumberField("epoch", node.epoch());
        json.writeBooleanField("linkUp", linkUp(node));
        number(
                json,
                "offset",
                info.map(i -> i.number(node.role() == Role.REPLICA ? "slave_repl_offset" : "master_repl_offset"))
                        .orElse(OptionalLong.empty()));
        json.writeFieldName("version");
        string(json, info.map(i -> i.version()).filter(v -> !v.isEmpty()).orElse(null));
        number(json, "keys", info.map(i -> keys(i.info())).orElse(OptionalLong.empty()));
        number(json, "usedMemory", info.map(i -> i.number("used_memory")).orElse(OptionalLong.empty()));
        json.writeEndObject();
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

    private static String contact(Contact contact) {
        return switch (contact) {
            case Contact.Answers a -> "answers";
            case Contact.Silent s -> "silent";
            case Contact.Gone g -> "gone";
            case Contact.Refuses r -> "refuses";
            case Contact.Unknown u -> "unknown";
        };
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

    private static void disagreement(JsonGenerator json, Disagreement d) throws IOException {
        json.writeStartObject();
        json.writeStringField("about", d.about());
        json.writeStringField("aspect", d.aspect());
        json.writeObjectFieldStart("says");
        for (var says : d.says().entrySet()) {
            json.writeStringField(says.getKey().value(), says.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void say(JsonGenerator json, Say say) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", say.key());
        json.writeObjectFieldStart("args");
        for (var arg : say.args().entrySet()) {
            json.writeFieldName(arg.getKey());
            value(json, arg.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Say say -> say(json, say);
            case List<?> list -> {
                json.writeStartArray();
                for (var item : list) {
                    value(json, item);
                }
                json.writeEndArray();
            }
            case Boolean b -> json.writeBoolean(b);
            case Double d -> json.writeNumber(d);
            case Float f -> json.writeNumber(f);
            case Number n -> json.writeNumber(n.longValue());
            default -> json.writeString(value.toString());
        }
    }

    private static void number(JsonGenerator json, String name, OptionalLong value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeNumber(value.getAsLong());
        } else {
            json.writeNull();
        }
    }

    private static void string(JsonGenerator json, @org.jspecify.annotations.Nullable String value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }
}
