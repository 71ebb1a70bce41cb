package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.BuildHost;
import io.clusterdeck.redis.build.Blueprint.Layout;
import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.redis.build.Blueprint.Password;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a blueprint and finds every mistake in it at once, each with its place and with what is allowed there. */
public final class BlueprintReader {

    static final List<String> TOP = List.of(
            "name",
            "production",
            "hosts",
            "redis",
            "layout",
            "config",
            "access",
            "password",
            "tls",
            "placement",
            "cure");

    private static final Pattern NAME = Pattern.compile("[^/\\p{Cntrl}.\\s-][^/\\p{Cntrl}]{0,79}");

    private final String file;
    private final List<Mistake> mistakes = new ArrayList<>();

    private BlueprintReader(String file) {
        this.file = file;
    }

    /** A blueprint, or what is wrong with it. */
    public sealed interface Reading {
        record Good(Blueprint blueprint) implements Reading {}

        record Bad(List<Mistake> mistakes) implements Reading {}
    }

    public static Reading read(Path file) throws IOException {
        return read(file.toString(), Files.readString(file));
    }

    /** @param file its name, for the mistakes */
    public static Reading read(String file, String text) {
        return new BlueprintReader(file).read(text);
    }

    private Reading read(String text) {
        try {
            var settings = LoadSettings.builder().setLabel(file).build();
            var root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                return new Reading.Bad(List.of(
                        new Mistake(file, 0, 0, Say.of("build.yaml.nothing"), Say.of("build.yaml.see-examples"))));
            }
            var blueprint = blueprint(new YamlMap(file, root.get(), TOP, mistakes));
            return mistakes.isEmpty()
                    ? new Reading.Good(blueprint)
                    : new Reading.Bad(mistakes.stream().distinct().toList());
        } catch (MarkedYamlEngineException broken) {
            var mark = broken.getProblemMark();
            return new Reading.Bad(List.of(new Mistake(
                    file,
                    mark.map(m -> m.getLine() + 1).orElse(0),
                    mark.map(m -> m.getColumn() + 1).orElse(0),
                    Say.of("build.yaml.syntax", "problem", String.valueOf(broken.getProblem())),
                    Say.of("build.yaml.see-examples"))));
        } catch (YamlEngineException broken) {
            return new Reading.Bad(List.of(new Mistake(
                    file,
                    0,
                    0,
                    Say.of("build.yaml.syntax", "problem", String.valueOf(broken.getMessage())),
                    Say.of("build.yaml.see-examples"))));
        }
    }

    private Blueprint blueprint(YamlMap top) {
        var name = name(top, "name");
        var hosts = hosts(top);
        var layout = new LayoutReader(file, mistakes).read(top, Math.max(1, hosts.size()));
        var release = new ReleaseReader(top).read();
        fits(top, hosts, layout);
        var access = top.choice(
                "access", Map.of("direct", Access.DIRECT, "through-hosts", Access.THROUGH_HOSTS), Access.THROUGH_HOSTS);
        return new Blueprint(
                name,
                top.flag("production", false),
                hosts,
                release,
                layout,
                new ConfigReader(top).read(),
                access,
                password(top),
                new EncryptionReader(top).read(),
                placement(top, hosts, layout),
                top.flag("cure", false));
    }

    private String name(YamlMap map, String key) {
        if (!map.has(key)) {
            map.missing(key, Say.of("build.yaml.name"));
        }
        var name = map.text(key).orElse("?");
        if (!NAME.matcher(name).matches()) {
            map.wrong(key, Say.of("build.yaml.bad-name", "key", key, "value", name), Say.of("build.yaml.name"));
        }
        return name;
    }

    private List<BuildHost> hosts(YamlMap top) {
        var hosts = new ArrayList<BuildHost>();
        if (!top.has("hosts") || top.items("hosts").isEmpty()) {
            top.missing("hosts", Say.of("build.yaml.hosts"));
        }
        var names = new HashSet<String>();
        var addresses = new HashSet<String>();
        for (Node item : top.items("hosts")) {
            var host = new HostReader(top, item).read();
            if (!names.add(host.name().value())) {
                top.wrong(item, Say.of("build.yaml.host-twice", "host", host.name()), Say.of("build.yaml.host-once"));
            } else if (!addresses.add(host.ssh().address() + ":" + host.ssh().port() + "/"
                    + host.ssh().jump())) {
                top.wrong(
                        item,
                        Say.of("build.yaml.address-twice", "address", host.ssh().address()),
                        Say.of("build.yaml.host-once"));
            }
            hosts.add(host);
        }
        return hosts;
    }

    /** Every node of a shard on a host of its own, unless there is one host only. */
    private void fits(YamlMap top, List<BuildHost> hosts, Layout layout) {
        if (hosts.size() > 1 && layout.replicas() + 1 > hosts.size()) {
            top.wrong(
                    "layout",
                    Say.of("build.yaml.replicas-need-hosts", "replicas", layout.replicas(), "hosts", hosts.size()),
                    Say.of("build.yaml.number", "from", 0, "to", hosts.size() - 1));
        }
    }

    private Password password(YamlMap top) {
        return top.text("password")
                .map(v -> switch (v) {
                    case "generate" -> new Password.Generate();
                    case "ask" -> new Password.Ask();
                    case "none" -> new Password.None();
                    default -> {
                        if (!v.startsWith("file:") || v.length() == 5) {
                            // whatever stands there may be a password: it is not repeated
                            top.wrong("password", Say.of("build.yaml.password"), Say.of("build.yaml.password-is"));
                            yield new Password.Generate();
                        }
                        yield new Password.File(v.substring(5));
                    }
                })
                .orElse(new Password.Generate());
    }

    private List<List<NodeName>> placement(YamlMap top, List<BuildHost> hosts, Layout layout) {
        var shards = new ArrayList<List<NodeName>>();
        var seen = new HashSet<NodeName>();
        for (Node shard : top.items("placement")) {
            var nodes = new ArrayList<NodeName>();
            for (Node item : YamlMap.items(shard)) {
                nodeName(item, hosts, layout)
                        .ifPresentOrElse(
                                nodes::add,
                                () -> top.wrong(
                                        item,
                                        Say.of(
                                                "build.yaml.no-node",
                                                "value",
                                                item instanceof ScalarNode s ? s.getValue() : "…"),
                                        Say.of("build.yaml.node")));
            }
            nodes.stream()
                    .filter(n -> !seen.add(n))
                    .forEach(n -> top.wrong(
                            shard, Say.of("build.yaml.node-twice", "node", n), Say.of("build.yaml.node-once")));
            shards.add(List.copyOf(nodes));
        }
        if (!shards.isEmpty() && shards.size() != layout.masters()) {
            top.wrong(
                    "placement",
                    Say.of("build.yaml.shards", "shards", shards.size(), "masters", layout.masters()),
                    Say.of("build.yaml.shards-allowed", "masters", layout.masters()));
        }
        return shards;
    }

    private static Optional<NodeName> nodeName(Node item, List<BuildHost> hosts, Layout layout) {
        return item instanceof ScalarNode s
                ? hosts.stream()
                        .flatMap(h -> layout.ports().stream().map(p -> new NodeName(h.name(), p)))
                        .filter(n -> n.toString().equals(s.getValue()))
                        .findFirst()
                : Optional.empty();
    }
}
