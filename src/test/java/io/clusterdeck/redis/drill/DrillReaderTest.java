package io.clusterdeck.redis.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.clusterdeck.redis.drill.DrillReader.Reading;
import io.clusterdeck.redis.probe.Load;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A drill of one's own, and what is wrong with it. */
class DrillReaderTest {
    private static List<String> mistakes(String text) {
        var bad = assertInstanceOf(Reading.Bad.class, DrillReader.read("d.yaml", text));
        return bad.mistakes().stream().map(m -> m.line() + " " + m.what().key()).toList();
    }

    @Test
    void readsEveryFault() {
        var good = assertInstanceOf(Reading.Good.class, DrillReader.read("d.yaml", """
            name: rack-a
            about: as asked in the review
            hold: 10
            load: {rate: 50, seconds: 30}
            faults:
              - cut: {host: h1, way: out}
              - slow: {host: h2, loss: 20}
              - kill: {shard: 2, role: replica}
              - hang: {node: "10.0.0.1:9000"}
              - kill-host
            objective: {write-gap: 15000, lost: 3}
            """));
        var drill = good.drill();
        assertEquals("rack-a", drill.name());
        assertEquals(10, drill.hold());
        assertEquals(Optional.of(new Load(50, 2, 30)), drill.load());
        assertEquals(new Objective(15_000, 3), drill.objective());
        assertEquals(
                List.of(
                        new Fault.Cut(Optional.of("h1"), Fault.Way.OUT),
                        new Fault.Slow(Optional.of("h2"), 20),
                        new Fault.Kill(new Fault.Target(Optional.empty(), 2, Fault.Role.REPLICA)),
                        new Fault.Hang(Fault.Target.at("10.0.0.1:9000")),
                        new Fault.KillHost(Optional.empty())),
                drill.faults());
    }

    @Test
    void namesEveryMistakeWithItsLine() {
        assertEquals(
                List.of(
                        "1 drill.yaml.bad-name",
                        "2 build.yaml.out-of-range",
                        "4 build.yaml.unknown-key-near",
                        "5 build.yaml.unknown-value-near"),
                mistakes("name: kill-master\nhold: 9999\nfaults:\n  - kil: {shard: 1}\n  - cut: {way: bot}\n").stream()
                        .sorted()
                        .toList());
        assertEquals(List.of("2 drill.yaml.alone"), mistakes("name: two\nfaults: [restart-all, kill]\n"));
        assertEquals(List.of("0 build.yaml.nothing"), mistakes(""));
    }
}
