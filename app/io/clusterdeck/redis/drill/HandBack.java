package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.nodes.Release;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person types to hand back the shards that a drill was to make change hands; kept as data in the step that does it. */
final class HandBack {
    private HandBack() {}

    static void note(Map<String, String> args, Expected expected, ClusterState state) {
        args.put(
                "back",
                expected.shards().stream()
                        .filter(s -> !s.heirs().isEmpty())
                        .map(s -> s.master() + " " + String.join(" ", s.heirs()))
                        .collect(Collectors.joining("\n")));
        boolean paused =
                state.nodes().values().stream().flatMap(n -> n.info().stream()).anyMatch(Release::staysPaused);
        args.put("unpauses", Boolean.toString(paused));
    }

    /** @param nodes all that there were */
    static List<String> lines(StepSpec noted, RedisCli cli, HostName on, List<NodeAddress> nodes) {
        var lines = new ArrayList<String>();
        for (var shard : noted.args().getOrDefault("back", "").lines().toList()) {
            var names = List.of(shard.split(" "));
            nodes.stream()
                    .filter(a -> a.toString().equals(names.getFirst()))
                    .forEach(a -> lines.add(cli.to(on, a, "CLUSTER FAILOVER")));
            if (Boolean.parseBoolean(noted.arg("unpauses"))) {
                // whoever has handed over leaves its clients paused
                nodes.stream()
                        .filter(a -> names.subList(1, names.size()).contains(a.toString()))
                        .forEach(a -> lines.add(cli.to(on, a, "CLIENT UNPAUSE")));
            }
        }
        return lines;
    }
}
