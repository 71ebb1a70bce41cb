package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.health.Findings.whole;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.HandBack;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.ssh.HostName;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the cluster is as the operator wants it: its masters where they belong, and gone where it was destroyed. */
final class Belonging {

    private Belonging() {}

    /** Hosts that could not be reached when it was destroyed have their nodes still. */
    static Stream<Finding> left(Case at) {
        var hosts = at.facts().upkeep().left().stream()
                .map(HostName::value)
                .sorted()
                .toList();
        return Stream.of(whole(
                ClusterState.LEFT_OVER,
                Level.BAD,
                Optional.empty(),
                "name",
                at.state().name(),
                "hosts",
                hosts));
    }

    /** After a failover the old master comes back as a replica: the load and the votes stay where the accident put them. */
    static Stream<Finding> moved(Case at) {
        var moved = HandBack.of(at.state(), at.facts().upkeep());
        if (moved.isEmpty()) {
            return Stream.empty();
        }
        boolean ready = moved.stream().allMatch(m -> at.fit(m.planned()));
        return Stream.of(whole(
                ready ? "masters-moved" : "masters-moved-waits",
                Level.NOTE,
                ready ? Optional.of("hand-back") : Optional.empty(),
                "count",
                moved.size(),
                "moved",
                moved.stream().map(HandBack::say).toList()));
    }
}
