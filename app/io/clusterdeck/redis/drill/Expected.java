package io.clusterdeck.redis.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What was foreseen of a drill, in numbers that can be compared with what was measured: milliseconds without writes.
 *
 * @param others what every shard that is not named may be without writes
 */
public record Expected(List<OfShard> shards, Span others) {

    /**
     * @param worst when an attempt at taking over has to be repeated
     */
    public record Span(long from, long to, long worst) {
        static final Span NONE = new Span(0, 500, 500);

        /**
         * Whether a measured time is not longer than was foreseen; "about" is a quarter.
         *
         * @param repeated whether an attempt at taking over is known to have failed: for that alone the worst was foretold
         */
        public boolean holds(long measured, boolean repeated) {
            return measured <= (repeated ? Math.max(worst, to) : to) * 5 / 4;
        }
    }

    /**
     * @param master address
     * @param heirs addresses of who may take over; empty where nobody does
     * @param decided whether one heir was named
     */
    public record OfShard(String master, Span outage, List<String> heirs, boolean decided) {
        public OfShard {
            heirs = List.copyOf(heirs);
        }
    }

    public Expected {
        shards = List.copyOf(shards);
    }

    /** What was foreseen of the shard of this master. */
    public Span of(String master) {
        return shards.stream()
                .filter(s -> s.master().equals(master))
                .map(OfShard::outage)
                .findFirst()
                .orElse(others);
    }

    /** Whose shards are broken. */
    List<String> masters() {
        return shards.stream().map(OfShard::master).toList();
    }

    ObjectNode write() {
        var node = JsonNodeFactory.instance.objectNode();
        node.set("others", write(others));
        var array = node.putArray("shards");
        for (var shard : shards) {
            var one = array.addObject().put("master", shard.master()).put("decided", shard.decided());
            one.set("outage", write(shard.outage()));
            shard.heirs().forEach(one.putArray("heirs")::add);
        }
        return node;
    }

    private static ObjectNode write(Span span) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", span.from())
                .put("to", span.to())
                .put("worst", span.worst());
    }

    static Expected read(JsonNode node) {
        var shards = new ArrayList<OfShard>();
        for (var one : node.path("shards")) {
            var heirs = new ArrayList<String>();
            one.path("heirs").forEach(h -> heirs.add(h.asText()));
            shards.add(new OfShard(
                    one.path("master").asText(),
                    span(one.path("outage")),
                    heirs,
                    one.path("decided").asBoolean()));
        }
        return new Expected(shards, span(node.path("others")));
    }

    private static Span span(JsonNode node) {
        return new Span(
                node.path("from").asLong(),
                node.path("to").asLong(),
                node.path("worst").asLong());
    }
}
