package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.redis.build.Placement.PlacedShard;
import io.clusterdeck.redis.model.SlotRange;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

    static Blueprint blueprint(int hosts, int masters, int replicas, IntFunction<String> rack) {
        var list = IntStream.range(0, hosts)
                .mapToObj(i -> "  - {name: h%d, ssh: 10.0.%d.%d%s}"
                        .formatted(
                                i + 1,
                                i / 250,
                                i % 250 + 1,
                                rack.apply(i).isEmpty() ? "" : ", labels: {rack: " + rack.apply(i) + "}"))
                .collect(Collectors.joining("\n"));
        var text = "name: t\nhosts:\n%s\nlayout: {masters: %d, replicas: %d}\n".formatted(list, masters, replicas);
        return switch (BlueprintReader.read("t.yaml", text)) {
            case Reading.Good g -> g.blueprint();
            case Reading.Bad b -> throw new AssertionError(b.mistakes());
        };
    }

    private static List<String> rules(Placement p, Blueprint b) {
        return p.remarks(b).stream().map(Remark::rule).toList();
    }

    @Test
    void threeHostsOfTwoAsInThePicture() {
        var placement = Placement.of(blueprint(3, 3, 1, i -> ""));
        assertEquals(
                List.of("[h1:9000, h2:9001]", "[h2:9000, h3:9001]", "[h3:9000, h1:9001]"),
                placement.shards().stream().map(s -> s.nodes().toString()).toList());
        assertEquals(
                List.of(new SlotRange(0, 5460), new SlotRange(5461, 10_922), new SlotRange(10_923, 16_383)),
                placement.shards().stream().map(PlacedShard::slots).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "2,3,1",
        "3,3,1",
        "3,3,2",
        "4,3,1",
        "5,3,1",
        "5,7,2",
        "6,3,1",
        "7,5,2",
        "9,9,1",
        "6,3,4",
        "40,100,1",
        "250,250,1",
        "13,60,3"
    })
    void noReplicaBesideItsMasterAndEvenLoad(int hosts, int masters, int replicas) {
        var b = blueprint(hosts, masters, replicas, i -> "");
        var p = Placement.of(b);
        for (var shard : p.shards()) {
            assertEquals(
                    replicas + 1L,
                    shard.nodes().stream().map(NodeName::host).distinct().count(),
                    shard.toString());
        }
        int most = b.hosts().stream().mapToInt(h -> p.on(h.name()).size()).max().orElseThrow();
        assertEquals(Math.ceilDiv(masters * (1 + replicas), hosts), most);
        assertEquals(masters * (1 + replicas), p.nodes().stream().distinct().count());
        int covered = p.shards().stream().mapToInt(s -> s.slots().size()).sum();
        assertEquals(SlotRange.SLOTS, covered);
        assertEquals(p, Placement.of(b));
    }

    @Test
    void racksKeepShardsApart() {
        var b = blueprint(6, 3, 1, i -> i < 2 ? "a" : i < 4 ? "b" : "c");
        var p = Placement.of(b);
        assertEquals(List.of("any-host"), rules(p, b));
        for (var shard : p.shards()) {
            var racks = shard.nodes().stream()
                    .map(n -> b.host(n.host()).labels().get("rack"))
                    .distinct()
                    .count();
            assertEquals(2, racks, shard.toString());
        }
        assertEquals(
                3,
                p.shards().stream()
                        .map(s -> b.host(s.master().host()).labels().get("rack"))
                        .distinct()
                        .count());
    }

    @Test
    void twoHostsCannotKeepAMajority() {
        var b = blueprint(2, 3, 1, i -> "");
        assertEquals(List.of("half-of-masters"), rules(Placement.of(b), b));
    }

    @Test
    void oneHostIsOnlyANote() {
        var b = blueprint(1, 3, 1, i -> "");
        var p = Placement.of(b);
        assertEquals(List.of("one-host"), rules(p, b));
        assertEquals(
                List.of(9000, 9001, 9002, 9003, 9004, 9005),
                p.nodes().stream().map(NodeName::port).toList());
        assertTrue(p.shards().stream().allMatch(s -> s.replicas().size() == 1));
    }
}
