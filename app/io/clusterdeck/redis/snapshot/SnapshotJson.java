package io.clusterdeck.redis.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what a cluster is, as {@code resources/schema/snapshot.schema.json} describes it: field by field, on purpose, so that the
 * document changes only when someone changes it here. Holds no secret: nothing of a login is in a {@link ClusterState}, and directives
 * that hold a password are left out.
 */
public final class SnapshotJson {

    /** The value of {@code schema}; the number changes when a reader must. */
    public static final String SCHEMA = "clusterdeck/snapshot/1";

    private static final JsonFactory JSON = new JsonFactory();

    private SnapshotJson() {}

    /** A state that someone just looked at. */
    public static String text(ClusterState state) {
        return text(new Snapshot(state, Taken.byHand("")));
    }

    /** Indented, for people and for diff. */
    public static String text(Snapshot snapshot) {
        var text = new StringWriter();
        try {
            write(snapshot, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** The same to a writer, which stays open. */
    public static void write(Snapshot snapshot, Writer to) throws IOException {
        var state = snapshot.state();
        try (var json = JSON.createGenerator(to)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("takenAt", state.at().toString());
            json.writeStringField("name", state.name());
            json.writeStringField("kind", "redis-cluster");
            json.writeStringField("state", word(state.verdict()));
            taken(json, snapshot.taken());
            json.writeArrayFieldStart("health");
            for (var finding : state.health()) {
                finding(json, finding);
            }
            json.writeEndArray();
            json.writeNumberField("slotsCovered", state.owners().covered());
            json.writeNumberField("slotsServed", state.served());
            json.writeNumberField("epoch", state.currentEpoch());
            var common = common(state);
            Fields.map(json, "config", common);
            json.writeArrayFieldStart("nodes");
            for (var node : state.nodes().values()) {
                NodeJson.write(json, node, common);
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

    /** {@code answers}, {@code silent}, {@code gone}, {@code refuses}, {@code unknown}. */
    public static String word(Contact contact) {
        return NodeJson.word(contact);
    }

    static String word(Health verdict) {
        return switch (verdict) {
            case OK, WARN -> "ok";
            case FAIL -> "fail";
            case UNKNOWN -> "unknown";
        };
    }

    /** What every node that told its configuration has alike. */
    public static Map<String, String> common(ClusterState state) {
        Map<String, String> common = null;
        for (Node node : state.nodes().values()) {
            var config = Snapshot.config(node);
            if (common == null && !config.isEmpty()) {
                common = new TreeMap<>(config);
            } else if (common != null && !config.isEmpty()) {
                common.entrySet().retainAll(config.entrySet());
            }
        }
        return common == null ? Map.of() : common;
    }

    private static void taken(JsonGenerator json, Taken taken) throws IOException {
        json.writeObjectFieldStart("taken");
        json.writeStringField("why", taken.why().name().toLowerCase(Locale.ROOT));
        json.writeStringField("by", taken.by());
        Fields.says(json, "what", taken.what());
        json.writeEndObject();
    }

    private static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("level", finding.level().name().toLowerCase(Locale.ROOT));
        Fields.string(json, "node", finding.node().map(NodeId::value).orElse(null));
        json.writeFieldName("title");
        Fields.say(json, finding.title());
        json.writeFieldName("why");
        Fields.say(json, finding.why());
        json.writeFieldName("next");
        Fields.say(json, finding.next());
        if (finding.muted().isPresent()) {
            var mute = finding.muted().get();
            json.writeObjectFieldStart("muted");
            json.writeStringField("by", mute.by());
            json.writeStringField("at", mute.at().toString());
            json.writeStringField("note", mute.note());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void disagreement(JsonGenerator json, Disagreement d) throws IOException {
        json.writeStartObject();
        json.writeStringField("about", d.about());
        json.writeStringField("aspect", d.aspect());
        var says = new TreeMap<String, String>();
        d.says().forEach((id, what) -> says.put(id.value(), what));
        Fields.map(json, "says", says);
        json.writeEndObject();
    }
}
