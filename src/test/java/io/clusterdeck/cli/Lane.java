package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.cli.Halting.Deed;
import io.clusterdeck.redis.LocalCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** One cluster of this computer with an operator of its own, on which one kind of deed is halted at one record after another. */
final class Lane implements AutoCloseable {

    final LocalCluster cluster;
    final Halting operator;
    private final int masters;
    private int turn;
    private long ended;
    private final Map<Integer, Instant> acted = new HashMap<>();
    private final Duration timeout;

    /** Makes ready for the next deed. */
    interface Next {
        /** @param acted the server that it is about */
        record Of(int acted, Deed deed) {}

        Of deed() throws Exception;
    }

    Lane(LocalCluster cluster, Path folder, String... adopting) throws Exception {
        this.cluster = cluster;
        this.operator = new Halting(Files.createDirectories(folder));
        this.masters = (int)
                cluster.servers().stream().filter(s -> s.master().isEmpty()).count();
        var told = cluster.call(0, "CONFIG", "GET", "cluster-node-timeout");
        this.timeout = Duration.ofMillis(Long.parseLong(told.replaceAll("\\D", "")));
        var seed = cluster.server(0).address().toString();
        var adopt = Stream.concat(Stream.of("adopt", "carts", seed), Stream.of(adopting))
                .toArray(String[]::new);
        // where much else is being done, an address is given up now and then
        patiently("adopted").until(() -> Said.by(operator.folder(), adopt).code() == Code.DONE);
        var kept = operator.home().resolve("carts/cluster.yaml");
        for (var server : cluster.servers()) {
            patiently("where it lives is known").until(() -> {
                if (Files.readString(kept).contains(server.conf().toString())) {
                    return true;
                }
                Said.by(operator.folder(), "check-aof", server.address().toString(), "--show"); // looks, and learns it
                return false;
            });
        }
    }

    private static ConditionFactory patiently(String what) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(2));
    }

    String address(int i) {
        return cluster.server(i).address().toString();
    }

    /** Another shard each time: those who voted for it vote again only after 2 × node-timeout. */
    int shard() {
        int shard = turn++ % masters;
        var voted = acted.getOrDefault(shard, Instant.EPOCH);
        patiently("votes").until(() -> Instant.now().isAfter(voted.plus(timeout.multipliedBy(2))));
        return shard;
    }

    /** The server of a shard that is its master now, or its replica. */
    int of(int shard, boolean master) {
        return cluster.info(shard, "role").equals("master") == master ? shard : shard + masters;
    }

    /** All run, and all is well. */
    void whole() {
        for (int i = 0; i < cluster.servers().size(); i++) {
            if (!cluster.answers(i)) {
                cluster.start(i);
            }
        }
        cluster.until("well", () -> cluster.allAnswer() && cluster.settled() && paired() && agreed());
    }

    /** Who plans asks most of them. */
    private boolean agreed() {
        return IntStream.range(0, cluster.servers().size())
                        .mapToObj(i -> owners(cluster.call(i, "CLUSTER", "NODES")))
                        .distinct()
                        .count()
                == 1;
    }

    private static Set<String> owners(String nodes) {
        return nodes.lines()
                .map(l -> l.split(" ", 9))
                .filter(l -> l.length == 9)
                .map(l -> l[0] + " " + l[8].strip())
                .collect(Collectors.toSet());
    }

    private boolean paired() {
        return cluster.servers().size() == masters
                || IntStream.range(0, masters)
                        .noneMatch(s -> cluster.info(s, "role").equals(cluster.info(s + masters, "role")));
    }

    /** First as nobody halts it, then at each instant; @param expected what is seen of it, among other things */
    void atEveryRecord(List<String> expected, Next next) throws Exception {
        var wanted = once(Integer.MAX_VALUE, next);
        expected.forEach(e -> assertTrue(wanted.traces.contains(e), e + " is missing in\n" + wanted.traces));
        int point = 0;
        for (boolean whole = false; !whole; point++) {
            var left = once(point, next);
            assertEquals(wanted.traces, left.traces, left.kind + " halted at " + point);
            whole = left.whole;
        }
        assertTrue(point > 5, "points: " + point);
    }

    private record Left(String kind, String traces, boolean whole) {}

    private Left once(int point, Next next) throws Exception {
        var of = next.deed();
        quiet();
        // copies are named after the second
        patiently("another second").until(() -> Instant.now().getEpochSecond() > ended);
        var before = Traces.now(cluster, operator.home(), of.acted());
        boolean whole = operator.whole(point, of.deed());
        ended = Instant.now().getEpochSecond();
        acted.put(of.acted() % masters, Instant.now());
        quiet();
        var after = Traces.now(cluster, operator.home(), of.acted());
        return new Left(of.deed().kind(), after.since(before), whole);
    }

    /** Nothing of what was done goes on: no lease, no timer, nothing half written. */
    void quiet() {
        patiently("nothing goes on").until(() -> Traces.unfinished(cluster, operator.home()), Optional::isEmpty);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
