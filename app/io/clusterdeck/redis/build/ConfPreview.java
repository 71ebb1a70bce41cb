package io.clusterdeck.redis.build;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The redis.conf that a node will get, beside the release's, before any host has it: the same edit that the configure step makes. Of the
 * release's file the lines that say something are known here (resources/redis/directives-*.conf); comments come with the release and stay.
 */
public final class ConfPreview {

    private ConfPreview() {}

    /**
     * @param facts of the node's host, where it was looked at: they decide its address and whether it is a systemd unit
     * @return secrets are masked
     */
    public static FileDiff of(Blueprint blueprint, NodeName node, Optional<HostFacts> facts) {
        var release = RedisConf.of(release(blueprint.redis()));
        var spec = spec(blueprint, node, facts);
        var password = blueprint.password() instanceof Blueprint.Password.None
                ? Optional.<Secret>empty()
                : Optional.of(Secret.of("x"));
        var edited = NodeSettings.edit(release, spec, node.port(), password);
        var file = new RemotePath(spec.arg("root"))
                .child(String.valueOf(node.port()))
                .child("redis.conf");
        return new FileDiff(file, release.shown(), edited.shown());
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
            return host.bind();
        }
        return List.of(host.ssh().local() ? "127.0.0.1" : host.ssh().address());
    }

    private static byte[] release(Blueprint.Release release) {
        var version = release.version().split("\\.");
        boolean seven = !version[0].isEmpty() && version[0].compareTo("7") >= 0;
        var name = release.source() instanceof Blueprint.Source.Packaged
                ? InstallStep.CONF
                : "/redis/directives-" + (seven ? "7.0" : "6.2") + ".conf";
        try (var in = ConfPreview.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            // a line about the file itself is no part of the release's
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return (text.startsWith("# The directives") ? text.substring(text.indexOf('\n') + 1) : text)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
