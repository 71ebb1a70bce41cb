package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.ssh.HostName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A draft's keys and values, read as a blueprint. That takes longer the more hosts there are, and is done off the FX thread. Any thread.
 *
 * @param sketch its hosts, layout and placement alone, while the rest is not entered yet
 * @param hosts that it names, where the sketch fails over its placement
 */
record Understood(Map<String, Object> tree, Problem.Read read, Optional<Blueprint> sketch, List<HostName> hosts) {

    private static final List<String> PLACED = List.of("hosts", "layout", "placement");

    static Understood of(Map<String, Object> tree) {
        var sketch = Sketch.of(tree, PLACED);
        var hosts = sketch.isPresent() || !tree.containsKey("placement")
                ? List.<HostName>of()
                : Sketch.of(tree, List.of("hosts"))
                        .map(b -> b.hosts().stream()
                                .map(Blueprint.BuildHost::name)
                                .toList())
                        .orElse(List.of());
        return new Understood(tree, Problem.read(tree), sketch, hosts);
    }
}
