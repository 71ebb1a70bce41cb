package io.clusterdeck.redis.forecast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.redis.forecast.Forecast.Outage;
import io.clusterdeck.redis.forecast.Forecast.ShardLoss;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.say.SayJson;
import java.util.List;
import java.util.Locale;

/** Forecasts as JSON: milliseconds, bytes, addresses. */
public final class ForecastJson {
    private ForecastJson() {}

    public static ArrayNode write(List<Forecast> forecasts) {
        var all = JsonNodeFactory.instance.arrayNode();
        forecasts.forEach(f -> all.add(write(f)));
        return all;
    }

    public static ObjectNode write(Forecast forecast) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("kind", word(forecast.loss().kind()))
                .put("loss", forecast.loss().name());
        var nodes = node.putArray("nodes");
        forecast.loss().nodes().forEach(n -> nodes.add(n.address().toString()));
        var shards = node.put("slots", forecast.slots()).putArray("shards");
        forecast.shards().forEach(s -> shards.add(shard(s)));
        node.put("others", word(forecast.others()));
        node.putObject("quorum")
                .put("voters", forecast.quorum().voters())
                .put("up", forecast.quorum().up())
                .put("needed", forecast.quorum().needed());
        node.put("copiesLost", forecast.copiesLost());
        var fatal = node.putArray("fatalNext");
        forecast.fatalNext().forEach(l -> fatal.add(l.name()));
        if (!forecast.migrated().movers().isEmpty()) {
            var migrated = node.putObject("migrated");
            var movers = migrated.putArray("movers");
            forecast.migrated().movers().forEach(n -> movers.add(n.address().toString()));
            var then = migrated.putArray("fatalThen");
            forecast.migrated().fatal().forEach(l -> then.add(l.name()));
        }
        node.set("says", SayJson.write(forecast.impact().says()));
        return node;
    }

    private static ObjectNode shard(ShardLoss shard) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("master", shard.master().address().toString())
                .put("slots", shard.master().slotCount());
        switch (shard.outage()) {
            case Outage.Between(long from, long to, long worst) ->
                node.putObject("outage").put("from", from).put("to", to).put("worst", worst);
            case Outage.ForGood forGood -> node.put("outage", "for-good");
        }
        var heirs = node.put("decided", !(shard.successors() instanceof Successors.Any))
                .putArray("successors");
        switch (shard.successors()) {
            case Successors.One one -> heirs.add(one.winner().address().toString());
            case Successors.Any any ->
                any.candidates().forEach(c -> heirs.add(c.address().toString()));
            case Successors.Nobody nobody -> node.set("why", SayJson.write(nobody.why()));
        }
        shard.gap().ifPresent(gap -> node.put("bytesAtRisk", gap));
        return node;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
