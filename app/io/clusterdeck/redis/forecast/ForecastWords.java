package io.clusterdeck.redis.forecast;

import io.clusterdeck.redis.forecast.Forecast.Outage;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;

/** The columns of the table of weakest points: what a forecast says, one short thing at a time. */
public final class ForecastWords {
    private ForecastWords() {}

    /** How long its slots are without service. */
    public static Say outage(Forecast forecast) {
        if (forecast.shards().isEmpty()) {
            return Say.of("forecast.outage.none");
        }
        if (forecast.shards().stream().anyMatch(s -> s.outage() instanceof Outage.ForGood)) {
            return Say.of("forecast.outage.for-good");
        }
        long from = Long.MAX_VALUE;
        long to = 0;
        for (var shard : forecast.shards()) {
            if (shard.outage() instanceof Outage.Between b) {
                from = Math.min(from, b.from());
                to = Math.max(to, b.to());
            }
        }
        return Say.of("forecast.outage.between", "from", from, "to", to);
    }

    /** When an election has to be repeated; only where that can be. */
    public static List<Say> worst(Forecast forecast) {
        return forecast.shards().stream()
                .map(s -> s.outage())
                .filter(o -> o instanceof Outage.Between b && b.worst() > b.to())
                .map(o -> ((Outage.Between) o).worst())
                .max(Long::compare)
                .map(w -> List.of(Say.of("forecast.outage.worst", "t", w)))
                .orElse(List.of());
    }

    /** What an operator should know of the loss of one node beyond its impact: the worst case, what must not go next, what moves. */
    public static List<Say> beyond(ClusterState state, Node lost, Terms terms) {
        var forecast = Forecast.of(state, Loss.of(lost), terms);
        var says = new ArrayList<>(worst(forecast));
        if (!forecast.lasts() && !forecast.fatalNext().isEmpty()) {
            says.add(fatal(forecast));
        }
        says.addAll(moved(forecast));
        return says;
    }

    /** All that must not go as well, by name. */
    public static Say fatal(Forecast forecast) {
        return Say.of(
                "forecast.fatal",
                "n",
                forecast.fatalNext().size(),
                "names",
                forecast.fatalNext().stream().map(Loss::name).toList());
    }

    public static Say others(Forecast forecast) {
        return Say.of("forecast.others."
                + forecast.others().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }

    public static Say quorum(Forecast forecast) {
        var q = forecast.quorum();
        return Say.of(
                q.holds() ? "forecast.quorum" : "forecast.quorum.lost",
                "up",
                q.up(),
                "voters",
                q.voters(),
                "needed",
                q.needed());
    }

    /** Who takes over, one phrase for each shard. */
    public static List<Say> heirs(Forecast forecast) {
        var says = new ArrayList<Say>();
        for (var shard : forecast.shards()) {
            says.add(
                    switch (shard.successors()) {
                        case Successors.Nobody nobody -> Say.of("forecast.heir.nobody");
                        case Successors.One one -> Say.of("forecast.heir.one", "node", address(one.winner()));
                        case Successors.Any any ->
                            Say.of(
                                    "forecast.heir.any",
                                    "nodes",
                                    any.candidates().stream()
                                            .map(ForecastWords::address)
                                            .toList());
                    });
        }
        return says;
    }

    /** The same where there is little room: how many, where they are several, and that there is nobody before all. */
    public static List<Say> heirsBrief(Forecast forecast) {
        var shards = forecast.shards();
        long orphans = shards.stream()
                .filter(s -> s.successors() instanceof Successors.Nobody)
                .count();
        if (orphans > 0 && shards.size() > 1) {
            return List.of(Say.of("forecast.heir.nobody-for", "n", orphans, "of", shards.size()));
        }
        int some = shards.stream().mapToInt(s -> candidates(s.successors())).sum();
        return some > 1
                ? List.of(Say.of(shards.size() == 1 ? "forecast.heir.one-of" : "forecast.heir.several", "n", some))
                : heirs(forecast);
    }

    private static int candidates(Successors successors) {
        return switch (successors) {
            case Successors.Nobody nobody -> 0;
            case Successors.One one -> 1;
            case Successors.Any any -> any.candidates().size();
        };
    }

    public static Say risk(Forecast forecast) {
        if (forecast.shards().isEmpty()) {
            return Say.of("forecast.risk.none");
        }
        return forecast.gap().isPresent()
                ? Say.of("forecast.risk", "gap", forecast.gap().getAsLong())
                : Say.of("forecast.risk.unknown");
    }

    /** The same for a narrow column. */
    public static Say riskBrief(Forecast forecast) {
        return forecast.shards().isEmpty()
                ? Say.of("forecast.risk.none")
                : forecast.gap().isPresent()
                        ? Say.of("forecast.risk.brief", "gap", forecast.gap().getAsLong())
                        : Say.of("forecast.risk.brief.unknown");
    }

    /** What must not go next. */
    public static Say next(Forecast forecast) {
        if (forecast.lasts()) {
            return Say.of("forecast.next.already");
        }
        var names = forecast.fatalNext().stream().map(Loss::name).toList();
        return names.isEmpty()
                ? Say.of("forecast.next.any")
                : names.size() == 1
                        ? Say.of("forecast.next", "name", names.getFirst())
                        : Say.of("forecast.next.many", "name", names.getFirst(), "more", names.size() - 1);
    }

    /** What moves by itself afterwards, and what is fatal then; only where something moves. */
    public static List<Say> moved(Forecast forecast) {
        var movers = forecast.migrated().movers().stream()
                .map(ForecastWords::address)
                .toList();
        var then = forecast.migrated().fatal().stream().map(Loss::name).toList();
        if (movers.isEmpty()) {
            return List.of();
        }
        return List.of(
                Say.of("forecast.moved", "nodes", movers),
                then.isEmpty() ? Say.of("forecast.moved.any") : Say.of("forecast.moved.fatal", "names", then));
    }

    public static Say loss(Loss loss) {
        return switch (loss.kind()) {
            case HOST ->
                Say.of(
                        "forecast.loss.host",
                        "host",
                        loss.name(),
                        "n",
                        loss.nodes().size());
            case NODE -> {
                var node = loss.nodes().getFirst();
                yield Say.of(node.isMaster() ? "forecast.loss.master" : "forecast.loss.replica", "node", address(node));
            }
            case SEVERAL ->
                Say.of(
                        "forecast.loss.several",
                        "names",
                        loss.nodes().stream().map(ForecastWords::address).toList());
        };
    }

    private static String address(Node node) {
        return node.address().toString();
    }
}
