package io.clusterdeck.redis.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.forecast.Forecast.Others;
import io.clusterdeck.redis.forecast.Forecast.Outage;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.redis.nodes.Terms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Forecasts beside a model of the election that shares no code with them: many random clusters, each lost in every way, each election
 * held several times.
 */
class ForecastTest {
    private static final int CLUSTERS = 120;
    private static final int ELECTIONS = 12;
    private static final AtomicInteger MOVED = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 300, 4_000})
    void foreseesWhatThenHappens(long seed) {
        var random = new Random(seed);
        MOVED.set(0);
        for (int n = 0; n < CLUSTERS; n++) {
            var world = RandomWorld.make(random);
            var state = world.state();
            var rules = world.rules;
            boolean coverage = rules.coverage();
            var terms = new Terms(
                    rules.timeout(), coverage, rules.factor(), rules.ping(), rules.migrates(), rules.barrier(), false);
            for (var forecast : Forecast.each(state, terms)) {
                compare(
                        world,
                        forecast,
                        coverage,
                        random,
                        seed + "/" + n + " " + forecast.loss().name());
            }
        }
        assertTrue(MOVED.get() > 20, "replicas hardly ever moved: " + MOVED);
    }

    private static void compare(RandomWorld world, Forecast forecast, boolean coverage, Random random, String where) {
        var lost = forecast.loss().nodes().stream().map(x -> x.id().value()).collect(Collectors.toSet());
        var won = new java.util.HashMap<String, Set<String>>();
        var moved = new ArrayList<Set<String>>();
        var fatal = new HashSet<String>();
        RandomWorld.After after = null;
        for (int i = 0; i < ELECTIONS; i++) {
            after = world.lose(lost, random);
            if (!forecast.lasts()) {
                moved.add(migrated(world, lost, after, random, fatal, where));
            }
            after.winners()
                    .forEach((master, winner) ->
                            won.computeIfAbsent(master, m -> new HashSet<>()).add(winner));
        }
        assertEquals(after.majority(), forecast.quorum().holds(), where);
        var present = after;
        for (var shard : forecast.shards()) {
            var master = shard.master().id().value();
            var winners = won.getOrDefault(master, Set.of());
            boolean forGood = shard.outage() instanceof Outage.ForGood;
            assertEquals(winners.isEmpty(), forGood, where);
            if (!forGood) {
                switch (shard.successors()) {
                    case Successors.One one ->
                        assertEquals(Set.of(one.winner().id().value()), winners, where);
                    case Successors.Any any ->
                        assertEquals(
                                present.eligible().get(master),
                                any.candidates().stream()
                                        .map(c -> c.id().value())
                                        .collect(Collectors.toSet()),
                                where);
                    case Successors.Nobody nobody -> throw new AssertionError(where);
                }
            }
        }
        boolean served = present.othersServe(coverage);
        boolean foreseen = switch (forecast.others()) {
            case NONE, SERVE, REFUSE_FOR_A_MOMENT -> true;
            case REFUSE, NO_MAJORITY -> false;
        };
        if (forecast.others() != Others.NONE && world.whole()) {
            assertEquals(served, foreseen, where + " " + forecast.others());
        }
        fatal(world, forecast, won, random, where);
        if (!forecast.lasts() && world.whole()) {
            migrated(forecast, moved, fatal, world, where);
        }
    }

    /** What is named fatal kills in at least one way it can have gone; what is not named never does. */
    private static void fatal(
            RandomWorld world, Forecast forecast, java.util.Map<String, Set<String>> won, Random random, String where) {
        if (forecast.lasts() || !world.whole()) {
            return;
        }
        var named = forecast.fatalNext().stream().map(Loss::name).collect(Collectors.toSet());
        var lost = forecast.loss().nodes().stream().map(x -> x.id().value()).collect(Collectors.toSet());
        for (var node : world.nodes()) {
            if (lost.contains(node)) {
                continue;
            }
            boolean dies = world.canDie(lost, won, node, random);
            assertTrue(
                    !dies || named.contains(world.address(node)) || named.contains(world.host(node)),
                    where + ": " + node + " is fatal and not among " + named);
            assertTrue(dies || !named.contains(world.address(node)), where + ": " + node + " is not fatal");
        }
    }

    /** Lets replicas move after one course of the elections. @param fatal gets who must not go then @return who moved */
    private static Set<String> migrated(
            RandomWorld world,
            Set<String> lost,
            RandomWorld.After after,
            Random random,
            Set<String> fatal,
            String where) {
        var then = world.after(lost, after.winners());
        var movers = then.settle(random);
        assertEquals(Set.copyOf(movers).size(), movers.size(), where);
        var able = world.able(random);
        world.nodes().stream()
                .filter(n -> !lost.contains(n) && then.kills(n, able))
                .forEach(fatal::add);
        return Set.copyOf(movers);
    }

    /** Who is named moves, always; only where a random delay decides who is left to move nobody need be named. What is fatal then is named. */
    private static void migrated(
            Forecast forecast, List<Set<String>> moved, Set<String> fatal, RandomWorld world, String where) {
        var movers =
                forecast.migrated().movers().stream().map(n -> n.id().value()).collect(Collectors.toSet());
        boolean decided = forecast.shards().stream().noneMatch(s -> s.successors() instanceof Successors.Any);
        if (!movers.isEmpty() || decided) {
            moved.forEach(m -> assertEquals(movers, m, where));
        }
        MOVED.addAndGet(movers.size());
        if (movers.isEmpty()) {
            return;
        }
        var named = forecast.migrated().fatal().stream().map(Loss::name).collect(Collectors.toSet());
        for (var node : fatal) {
            assertTrue(
                    named.contains(world.address(node)) || named.contains(world.host(node)),
                    where + ": " + node + " is fatal once " + movers + " moved, and not among " + named);
        }
    }
}
