package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.Layout;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the layout of a blueprint: folders, ports, and how many masters and replicas. */
final class LayoutReader {

    /** The highest port whose bus port (port + 10000) still is a port (cluster.c: "must be 55535 or less"). */
    static final int HIGHEST_PORT = 55_535;

    static final List<String> LAYOUT = List.of("root", "data", "ports", "masters", "replicas", "user");

    private final String file;
    private final List<Mistake> mistakes;

    LayoutReader(String file, List<Mistake> mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    Layout read(YamlMap top, int hosts) {
        var map = top.map("layout", LAYOUT).orElseGet(() -> new YamlMap(file, EmptyYaml.MAP, LAYOUT, mistakes));
        int masters = map.number("masters", 3, 1000, 3);
        int replicas = map.number("replicas", 0, 5, 1);
        int perHost = (masters * (1 + replicas) + hosts - 1) / hosts;
        var data = map.text("data").orElse("data");
        if (data.contains("/") || data.equals(".") || data.equals("..")) {
            map.wrong("data", Say.of("build.yaml.bad-folder", "value", data), Say.of("build.yaml.folder-name"));
        }
        var root = map.text("root").orElse("~/redis-cluster");
        if (!root.startsWith("/") && !root.startsWith("~/") || root.endsWith("/") || root.indexOf('\n') >= 0) {
            map.wrong("root", Say.of("build.yaml.bad-root", "value", root), Say.of("build.yaml.root"));
        }
        return new Layout(root, data, ports(map, perHost), masters, replicas, map.text("user"));
    }

    private List<Integer> ports(YamlMap layout, int perHost) {
        if (!layout.has("ports")) {
            return IntStream.range(9000, 9000 + perHost).boxed().toList();
        }
        var items = layout.items("ports");
        var ports = new ArrayList<Integer>();
        for (Node item : items) {
            layout.number("ports", item, 1, HIGHEST_PORT).ifPresent(p -> {
                if (ports.contains(p)) {
                    layout.wrong(item, Say.of("build.yaml.port-twice", "port", p), Say.of("build.yaml.ports"));
                }
                ports.add(p);
            });
        }
        if (ports.size() == 1 && items.getFirst() == layout.node("ports")) {
            int first = ports.getFirst();
            if (first + perHost - 1 > HIGHEST_PORT) {
                layout.wrong(
                        "ports",
                        Say.of("build.yaml.ports-too-high", "first", first, "n", perHost),
                        Say.of("build.yaml.number", "from", 1, "to", HIGHEST_PORT - perHost + 1));
            }
            return IntStream.range(first, first + perHost).boxed().toList();
        }
        if (ports.size() == items.size() && ports.size() < perHost) {
            layout.wrong(
                    "ports",
                    Say.of("build.yaml.ports-too-few", "n", ports.size(), "needed", perHost),
                    Say.of("build.yaml.ports"));
        }
        for (int p : ports) {
            if (ports.contains(p + 10_000)) {
                layout.wrong(
                        "ports",
                        Say.of("build.yaml.port-is-bus", "port", p + 10_000, "of", p),
                        Say.of("build.yaml.ports"));
            }
        }
        return ports;
    }
}
