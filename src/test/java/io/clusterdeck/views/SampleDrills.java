package io.clusterdeck.views;

import io.clusterdeck.redis.drill.DrillGround;
import io.clusterdeck.redis.drill.DrillOperations;
import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.drill.Expected;
import io.clusterdeck.redis.drill.Failovers;
import io.clusterdeck.redis.drill.Objective;
import io.clusterdeck.redis.drill.Records;
import io.clusterdeck.redis.drill.Rehearsals;
import io.clusterdeck.redis.drill.ResultJson;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.probe.Gaps.Gap;
import io.clusterdeck.redis.probe.Measured;
import io.clusterdeck.redis.timeline.ActedFailovers;
import io.clusterdeck.redis.timeline.Kept;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drills of a sample: half a year of them, none that runs. */
final class SampleDrills {
    private SampleDrills() {}

    static DrillOperations of(Ops ops) {
        return new DrillOperations(new DrillGround(ops, KEPT, new Rehearsals(), Failovers.NONE));
    }

    private static final Records KEPT = new Records() {
        @Override
        public void keep(String id, String json) {}

        @Override
        public List<Path> all() {
            return List.of(
                    Path.of("20260512-083000-drill-kill-master"),
                    Path.of("20260630-140500-drill-kill-master"),
                    Path.of("20260803-091000-drill-kill-master"),
                    Path.of("20260901-101500-drill-kill-master"),
                    Path.of("20261004-093000-drill-failover"),
                    Path.of("20261122-120000-drill-kill-master"));
        }

        @Override
        public String read(Path file) {
            return switch (file.toString()) {
                case "20260512-083000-drill-kill-master" -> text(file.toString(), "kill-master", 11_940, 41);
                case "20260630-140500-drill-kill-master" -> text(file.toString(), "kill-master", 8_310, 12);
                case "20260803-091000-drill-kill-master" -> text(file.toString(), "kill-master", 8_760, 2);
                case "20260901-101500-drill-kill-master" -> text(file.toString(), "kill-master", 6_120, 3);
                case "20261004-093000-drill-failover" -> text(file.toString(), "failover", 180, 0);
                default -> text(file.toString(), "kill-master", 4_870, 0);
            };
        }

        @Override
        public Path acks(String id) {
            return Path.of(id);
        }
    };

    private static String text(String id, String drill, long gap, int lost) {
        var master = new NodeAddress("10.0.0.11", 9000);
        var others = List.of(new NodeAddress("10.0.0.12", 9000), new NodeAddress("10.0.0.13", 9000));
        var gone = java.util.stream.IntStream.range(0, lost)
                .mapToObj(
                        n -> new Measured.Lost("clusterdeck:drill:" + id + ":{k}:" + (210 + n), 4_310 + n * 20, master))
                .toList();
        var shards = new java.util.ArrayList<Measured.OfShard>();
        shards.add(new Measured.OfShard(
                master,
                5_461,
                20,
                1_204,
                1_398,
                List.of(new Gap(4_400, 4_400 + gap, 0), new Gap(17_200, 17_420, 160)),
                List.of(new Gap(4_400, 4_380 + gap, 0)),
                gone,
                Map.of("no-connection", 214, "CLUSTERDOWN", 41)));
        others.forEach(o -> shards.add(new Measured.OfShard(
                o,
                5_461,
                20,
                1_466,
                1_470,
                List.of(new Gap(8_100, 8_850, 0)),
                List.of(new Gap(8_100, 8_840, 0)),
                List.of(),
                Map.of("CLUSTERDOWN", 38))));
        var told = drill.equals("kill-master") && lost == 0 ? List.of(ActedFailovers.taken()) : List.<Kept>of();
        var measured = new Measured(
                told.isEmpty() ? at(id) : told.getFirst().timeline().began().minusMillis(4_300),
                21_400,
                List.of(
                        new Measured.Mark("fault", 4_300),
                        new Measured.Mark("mend", 10_900),
                        new Measured.Mark("restore", 15_100)),
                shards,
                true,
                drill.equals("failover") ? Optional.of(new Measured.Loaded(8_412, 12, 21_400)) : Optional.empty(),
                0);
        var expected = new Expected(
                List.of(new Expected.OfShard(
                        master.toString(), new Expected.Span(4_000, 6_000, 6_000), List.of("10.0.0.12:9001"), true)),
                new Expected.Span(0, 2_000, 4_000));
        return ResultJson.text(new DrillResult(
                id,
                "orders",
                drill,
                "",
                2_000,
                expected,
                Objective.AS_FORESEEN,
                measured,
                Map.of(master.toString(), "10.0.0.12:9001"),
                told,
                Optional.empty()));
    }

    private static Instant at(String id) {
        return LocalDateTime.parse(id.substring(0, 15), DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"))
                .toInstant(ZoneOffset.UTC);
    }
}
