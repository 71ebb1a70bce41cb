package io.clusterdeck.redis.build;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The redis.conf that a node will get, beside the one that it is made from, before any host has it: the same edit that the configure step
 * makes.
 */
public final class ConfPreview {

    private ConfPreview() {}

    /**
     * Reads the release's tarball where it lies here; blocks. Secrets are masked.
     *
     * @param shelf as in {@link BuildSteps#kinds}
     * @param facts of the node's host, where it was looked at: they decide its address and whether it is a systemd unit
     */
    public static FileDiff of(Blueprint blueprint, NodeName node, Optional<HostFacts> facts, Path shelf) {
        var known = ReleaseConf.of(blueprint.redis(), shelf);
        var release = RedisConf.of(known.bytes());
        var spec = spec(blueprint, node, facts);
        var password = blueprint.password() instanceof Blueprint.Password.None
                ? Optional.<Secret>empty()
                : Optional.of(Secret.of("x"));
        var edited = NodeSettings.edit(release, spec, node.port(), password);
        var file = new RemotePath(spec.arg("root"))
                .child(String.valueOf(node.port()))
                .child("redis.conf");
        return new FileDiff(file, release.shown(), edited.shown(), Optional.of(known.basis()));
    }

    private static StepSpec spec(Blueprint blueprint, NodeName node, Optional<HostFacts> facts) {
        var host = blueprint.host(node.host());
        var bind = facts.map(f -> BuildPlanner.bind(host, f, blueprint.hosts().size()))
                .filter(b -> !b.isEmpty())
                .orElseGet(() -> guessed(blueprint, node));
        var announced = host.announce().filter(a -> !a.equals(bind.getFirst())).orElse("");
        return new StepSpec(
                "build.configure",
                Map.of(
                        "root",
                        facts.map(HostFacts::root).orElse(blueprint.layout().root()),
                        "data",
                        blueprint.layout().data(),
                        "bind",
                        String.join(" ", bind),
                        "announce",
                        announced,
                        "units",
                        facts.filter(f -> NodeData.units(blueprint, f)).isPresent() ? "yes" : "no",
                        "config",
                        NodeSettings.config(NodeData.config(blueprint)),
                        "tls",
                        NodeData.tls(
                                blueprint,
                                facts.map(HostFacts::root)
                                        .orElse(blueprint.layout().root()))));
    }

    private static List<String> guessed(Blueprint blueprint, NodeName node) {
        var host = blueprint.host(node.host());
        if (!host.bind().isEmpty()) {
            return host.listens();
        }
        return List.of(host.ssh().local() ? "127.0.0.1" : host.ssh().address());
    }
}
