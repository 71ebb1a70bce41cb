package io.clusterdeck.redis.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.SayJson;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** A failover as its JSON document, {@code clusterdeck/failover/1}: times are ISO 8601 on this computer's clock, durations milliseconds. */
public final class TimelineJson {

    public static final String SCHEMA = "clusterdeck/failover/1";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper DOCUMENTS = new ObjectMapper();

    private TimelineJson() {}

    public static String text(Kept kept) {
        return write(kept).toPrettyString();
    }

    public static ObjectNode write(Kept kept) {
        var t = kept.timeline();
        var o = JSON.objectNode().put("schema", SCHEMA);
        o.put("id", t.id()).put("cluster", t.cluster());
        o.put("kind", word(t.kind())).put("outcome", word(t.outcome()));
        o.put("began", t.began().toString());
        instant(o, "ended", t.ended());
        o.put("failed", t.failed().value());
        t.winner().ifPresent(w -> o.put("winner", w.value()));
        o.put("epoch", t.epoch());
        t.outage().ifPresent(d -> o.put("outageMillis", d.toMillis()));
        o.set("why", SayJson.write(t.why()));
        o.set("notes", SayJson.write(t.notes()));
        o.set("terms", terms(t.terms()));
        var members = o.putArray("members");
        t.members().forEach(m -> members.add(member(m)));
        var clocks = o.putArray("clocks");
        t.clocks().forEach(c -> clocks.add(clock(c)));
        var facts = o.putArray("facts");
        t.facts().forEach(f -> facts.add(fact(f)));
        var stages = o.putArray("stages");
        t.stages().forEach(s -> stages.add(stage(s)));
        kept.measured().ifPresent(m -> o.set("measured", measured(m)));
        kept.before().ifPresent(s -> o.set("before", document(s)));
        kept.after().ifPresent(s -> o.set("after", document(s)));
        return o;
    }

    private static JsonNode document(String text) {
        try {
            return DOCUMENTS.readTree(text);
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException("a snapshot that is no JSON", ours);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void instant(ObjectNode to, String name, Optional<Instant> at) {
        at.ifPresent(i -> to.put(name, i.toString()));
    }

    private static ArrayNode ids(Collection<NodeId> ids) {
        var array = JSON.arrayNode();
        ids.forEach(id -> array.add(id.value()));
        return array;
    }

    private static ObjectNode terms(Terms t) {
        return JSON.objectNode()
                .put("nodeTimeout", t.nodeTimeout())
                .put("validityFactor", t.validityFactor())
                .put("pingPeriod", t.pingPeriod())
                .put("fullCoverage", t.fullCoverage());
    }

    private static ObjectNode member(Member m) {
        var o = JSON.objectNode();
        o.put("id", m.id().value()).put("name", m.name());
        o.put("address", m.address().host()).put("port", m.address().port());
        o.put("busPort", m.address().busPort()).put("host", m.host());
        m.master().ifPresent(x -> o.put("masterId", x.value()));
        o.put("slots", m.slots()).put("ranges", m.ranges());
        o.put("offset", m.offset()).put("linkAgeMillis", m.linkAge());
        return o.put("answered", m.answered()).put("failed", m.failed());
    }

    private static ObjectNode clock(Clock c) {
        return JSON.objectNode()
                .put("host", c.host())
                .put("aheadMicros", c.ahead().toNanos() / 1000)
                .put("withinMicros", c.within().toNanos() / 1000)
                .put("at", c.at().toString());
    }

    private static ObjectNode fact(Fact f) {
        var o = JSON.objectNode();
        o.put("at", f.at().toString()).put("withinMicros", f.within().toNanos() / 1000);
        o.put("what", word(f.what())).put("by", f.by().value());
        f.about().ifPresent(id -> o.put("about", id.value()));
        if (f.number() != -1) {
            o.put("number", f.number());
        }
        if (!f.more().isEmpty()) {
            o.put("more", f.more());
        }
        o.set("evidence", evidence(f.evidence()));
        return o;
    }

    private static ObjectNode evidence(Evidence e) {
        var o = JSON.objectNode();
        switch (e) {
            case Evidence.LogLine l ->
                o.put("kind", "line")
                        .put("host", l.host().value())
                        .put("file", l.file().value())
                        .put("inode", l.inode())
                        .put("offset", l.offset())
                        .put("text", l.text());
            case Evidence.View v -> o.put("kind", "view").set("what", SayJson.write(v.what()));
            case Evidence.Counter c ->
                o.put("kind", "counter")
                        .put("name", c.name())
                        .put("from", c.from())
                        .put("to", c.to());
            case Evidence.Contact c -> o.put("kind", "contact").set("what", SayJson.write(c.what()));
            case Evidence.Reckoned r -> o.put("kind", "reckoned").set("why", SayJson.write(r.why()));
        }
        return o;
    }

    private static ObjectNode stage(StageSpan s) {
        var o = JSON.objectNode();
        o.put("stage", word(s.stage())).put("state", word(s.state()));
        instant(o, "from", s.from());
        instant(o, "to", s.to());
        o.put("withinMicros", s.within().toNanos() / 1000);
        o.set("who", ids(s.who()));
        o.set("happened", SayJson.write(s.happened()));
        o.set("theory", SayJson.write(s.theory()));
        var facts = o.putArray("facts");
        s.facts().forEach(f -> facts.add(fact(f)));
        return o;
    }

    private static ObjectNode measured(Measured m) {
        var o = JSON.objectNode().put("acknowledged", m.acknowledged());
        var gaps = o.putArray("gaps");
        m.gaps()
                .forEach(g -> gaps.addObject()
                        .put("slots", g.slots())
                        .put("from", g.from().toString())
                        .put("to", g.to().toString()));
        var lost = o.putArray("lost");
        m.lost().forEach(lost::add);
        var expected = o.putArray("expected");
        m.expected().forEach(e -> {
            var one = expected.addObject();
            one.set("what", SayJson.write(e.what()));
            one.set("forecast", SayJson.write(e.forecast()));
            one.set("outcome", SayJson.write(e.outcome()));
        });
        return o;
    }
}
