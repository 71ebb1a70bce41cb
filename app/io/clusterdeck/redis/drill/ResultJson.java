package io.clusterdeck.redis.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.TimelineJson;
import io.clusterdeck.redis.timeline.TimelineReader;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import io.clusterdeck.say.UnexpectedOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A drill's result as its JSON document, {@code clusterdeck/drill-result/1}, and back. Times are milliseconds since the probe began. */
public final class ResultJson {
    public static final String SCHEMA = "clusterdeck/drill-result/1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultJson() {}

    public static String text(DrillResult result) {
        return write(result).toPrettyString();
    }

    public static ObjectNode write(DrillResult result) {
        var node = JSON.createObjectNode();
        node.put("schema", SCHEMA)
                .put("id", result.id())
                .put("cluster", result.cluster())
                .put("drill", result.drill())
                .put("about", result.about())
                .put("nodeTimeout", result.nodeTimeout())
                .put("began", result.measured().began().toString())
                .put("took", result.measured().took())
                .put("passed", result.passed())
                .put("asForeseen", result.asForeseen())
                .put("withoutWrites", result.worst())
                .put("written", result.written())
                .put("lost", result.lost().size())
                .put("readBack", result.measured().readBack())
                .put("heldUp", result.measured().heldUp());
        result.failure().ifPresent(f -> node.set("failure", SayJson.write(f)));
        result.measured()
                .load()
                .ifPresent(l -> node.putObject("load")
                        .put("answered", l.answered())
                        .put("failed", l.failed())
                        .put("took", l.took()));
        node.putObject("objective")
                .put("writeGap", result.objective().writeGap())
                .put("lost", result.objective().lost());
        node.set("expected", result.expected().write());
        var winners = node.putObject("winners");
        result.winners().forEach(winners::put);
        var marks = node.putArray("marks");
        result.measured()
                .marks()
                .forEach(m -> marks.addObject().put("what", m.what()).put("at", m.at()));
        var shards = node.putArray("shards");
        result.measured().shards().forEach(s -> shards.add(shard(result, s)));
        var failovers = node.putArray("failovers");
        result.failovers().forEach(k -> failovers.add(TimelineJson.write(k)));
        return node;
    }

    private static ObjectNode shard(DrillResult result, Measured.OfShard shard) {
        var node = JSON.createObjectNode();
        node.set("master", address(shard.master()));
        node.put("slots", shard.slots())
                .put("every", shard.every())
                .put("written", shard.written())
                .put("read", shard.read())
                .put("withoutWrites", result.withoutWrites(shard).length())
                .put("withoutReads", result.withoutReads(shard).length())
                .put("restoring", result.restoring(shard).length());
        node.set("writeGaps", gaps(shard.writeGaps()));
        node.set("readGaps", gaps(shard.readGaps()));
        var errors = node.putObject("errors");
        shard.errors().forEach(errors::put);
        var lost = node.putArray("lost");
        for (var one : shard.lost()) {
            lost.addObject().put("key", one.key()).put("at", one.at()).set("by", address(one.by()));
        }
        return node;
    }

    private static ObjectNode address(NodeAddress a) {
        return JSON.createObjectNode()
                .put("host", a.host())
                .put("port", a.port())
                .put("busPort", a.busPort());
    }

    private static NodeAddress address(JsonNode node) {
        return new NodeAddress(
                node.path("host").asText(),
                node.path("port").asInt(),
                node.path("busPort").asInt());
    }

    private static ArrayNode gaps(List<Gap> gaps) {
        var array = JSON.createArrayNode();
        gaps.forEach(g -> array.addArray().add(g.from()).add(g.to()).add(g.own()));
        return array;
    }

    private static List<Gap> gaps(JsonNode array) {
        var gaps = new ArrayList<Gap>();
        array.forEach(g -> gaps.add(
                new Gap(g.path(0).asLong(), g.path(1).asLong(), g.path(2).asLong())));
        return gaps;
    }

    /** @param from the file, for the message */
    public static DrillResult read(String text, String from) throws Failure {
        try {
            var node = JSON.readTree(text);
            var marks = new ArrayList<Measured.Mark>();
            node.path("marks")
                    .forEach(m -> marks.add(new Measured.Mark(
                            m.path("what").asText(), m.path("at").asLong())));
            var shards = new ArrayList<Measured.OfShard>();
            node.path("shards").forEach(s -> shards.add(shard(s)));
            var winners = new HashMap<String, String>();
            node.path("winners")
                    .properties()
                    .forEach(e -> winners.put(e.getKey(), e.getValue().asText()));
            var failovers = new ArrayList<Kept>();
            for (var one : node.path("failovers")) {
                failovers.add(TimelineReader.read(one.toString(), "failovers"));
            }
            return new DrillResult(
                    node.path("id").asText(),
                    node.path("cluster").asText(),
                    node.path("drill").asText(),
                    node.path("about").asText(),
                    node.path("nodeTimeout").asLong(),
                    Expected.read(node.path("expected")),
                    new Objective(
                            node.path("objective").path("writeGap").asLong(),
                            node.path("objective").path("lost").asInt()),
                    new Measured(
                            Instant.parse(node.path("began").asText()),
                            node.path("took").asLong(),
                            marks,
                            shards,
                            node.path("readBack").asBoolean(),
                            load(node),
                            node.path("heldUp").asLong()),
                    winners,
                    failovers,
                    node.has("failure") ? Optional.of(SayJson.read(node.path("failure"))) : Optional.empty());
        } catch (JsonProcessingException | IllegalArgumentException | java.time.DateTimeException broken) {
            throw new UnexpectedOutput(
                    Say.of("drill.unreadable", "file", from, "why", String.valueOf(broken.getMessage())),
                    Say.of("drill.unreadable.next"),
                    broken);
        }
    }

    private static Optional<Measured.Loaded> load(JsonNode node) {
        var load = node.path("load");
        return load.isObject()
                ? Optional.of(new Measured.Loaded(
                        load.path("answered").asLong(),
                        load.path("failed").asLong(),
                        load.path("took").asLong()))
                : Optional.empty();
    }

    private static Measured.OfShard shard(JsonNode node) {
        var errors = new HashMap<String, Integer>();
        node.path("errors")
                .properties()
                .forEach(e -> errors.put(e.getKey(), e.getValue().asInt()));
        var lost = new ArrayList<Measured.Lost>();
        node.path("lost")
                .forEach(l -> lost.add(
                        new Measured.Lost(l.path("key").asText(), l.path("at").asLong(), address(l.path("by")))));
        return new Measured.OfShard(
                address(node.path("master")),
                node.path("slots").asInt(),
                node.path("every").asInt(),
                node.path("written").asInt(),
                node.path("read").asInt(),
                gaps(node.path("writeGaps")),
                gaps(node.path("readGaps")),
                lost,
                Map.copyOf(errors));
    }
}
