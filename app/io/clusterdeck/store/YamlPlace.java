package io.clusterdeck.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where in a small YAML file something stands, counted from 1. */
public record YamlPlace(int line, int column) {

    /**
     * @param path keys of maps and numbers in lists, from the top; of what is not there as far as it goes
     * @return nothing where the file can't be read
     */
    public static Optional<YamlPlace> of(Path file, List<?> path) {
        try {
            var node = new Compose(LoadSettings.builder().build())
                    .composeString(Files.readString(file))
                    .orElse(null);
            for (var step : path) {
                var below = node == null ? Optional.<Node>empty() : below(node, step);
                if (below.isEmpty()) {
                    break;
                }
                node = below.get();
            }
            return Optional.ofNullable(node)
                    .flatMap(Node::getStartMark)
                    .map(m -> new YamlPlace(m.getLine() + 1, m.getColumn() + 1));
        } catch (IOException | YamlEngineException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Node> below(Node node, Object step) {
        if (node instanceof SequenceNode list && step instanceof Integer i) {
            return list.getValue().stream().skip(i).findFirst(); // the file may be shorter by now
        }
        return node instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(t -> t.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals(step))
                        .<Node>map(t -> t.getValueNode())
                        .findFirst()
                : Optional.empty();
    }
}
