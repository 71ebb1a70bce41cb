package io.clusterdeck.redis.build;

import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of a YAML document, read key by key; every mistake is collected with its place, and reading goes on. */
public final class YamlMap {

    private final String file;
    private final Node at;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final List<Mistake> mistakes;

    /** @param known the keys that may stand here; empty means any */
    public YamlMap(String file, Node node, Collection<String> known, List<Mistake> mistakes) {
        this.file = file;
        this.at = node;
        this.mistakes = mistakes;
        if (!(node instanceof MappingNode map)) {
            wrong(node, Say.of("build.yaml.not-a-map"), oneOf(known));
            return;
        }
        for (var tuple : map.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "";
            if (!known.isEmpty() && !known.contains(key)) {
                var near = nearest(key, known);
                wrong(
                        tuple.getKeyNode(),
                        near.map(n -> Say.of("build.yaml.unknown-key-near", "key", key, "near", n))
                                .orElseGet(() -> Say.of("build.yaml.unknown-key", "key", key)),
                        oneOf(known));
            } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                wrong(tuple.getKeyNode(), Say.of("build.yaml.twice", "key", key), Say.of("build.yaml.once"));
            }
        }
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public Collection<String> keys() {
        return values.keySet();
    }

    public Node node(String key) {
        return values.getOrDefault(key, at);
    }

    /** How many mistakes were found so far, here and elsewhere. */
    int wrongs() {
        return mistakes.size();
    }

    /** Text that isn't empty. */
    public Optional<String> text(String key) {
        return scalar(key, Say.of("build.yaml.text")).map(ScalarNode::getValue).filter(v -> {
            if (v.isBlank()) {
                wrong(node(key), Say.of("build.yaml.empty", "key", key), Say.of("build.yaml.text"));
            }
            return !v.isBlank();
        });
    }

    public boolean flag(String key, boolean otherwise) {
        return scalar(key, Say.of("build.yaml.flag"))
                .map(s -> switch (s.getValue()) {
                    case "yes", "true" -> true;
                    case "no", "false" -> false;
                    default -> {
                        wrong(
                                s,
                                Say.of("build.yaml.not-a-flag", "key", key, "value", s.getValue()),
                                Say.of("build.yaml.flag"));
                        yield otherwise;
                    }
                })
                .orElse(otherwise);
    }

    public int number(String key, int from, int to, int otherwise) {
        return has(key) ? number(key, node(key), from, to).orElse(otherwise) : otherwise;
    }

    public Optional<Integer> number(String key, Node node, int from, int to) {
        var allowed = Say.of("build.yaml.number", "from", from, "to", to);
        if (node instanceof ScalarNode s
                && s.getTag().equals(Tag.INT)
                && s.getValue().length() < 10) {
            int value = Integer.parseInt(s.getValue());
            if (value >= from && value <= to) {
                return Optional.of(value);
            }
            wrong(node, Say.of("build.yaml.out-of-range", "key", key, "value", value), allowed);
        } else {
            wrong(node, Say.of("build.yaml.not-a-number", "key", key, "value", shown(node)), allowed);
        }
        return Optional.empty();
    }

    /** One of these words, by name. */
    public <T> T choice(String key, Map<String, T> choices, T otherwise) {
        return text(key)
                .map(v -> {
                    var chosen = choices.get(v);
                    if (chosen == null) {
                        var near = nearest(v, choices.keySet());
                        wrong(
                                node(key),
                                near.map(n -> Say.of(
                                                "build.yaml.unknown-value-near", "key", key, "value", v, "near", n))
                                        .orElseGet(() -> Say.of("build.yaml.unknown-value", "key", key, "value", v)),
                                oneOf(choices.keySet()));
                    }
                    return chosen == null ? otherwise : chosen;
                })
                .orElse(otherwise);
    }

    /** The items of a list, or the one item that stands in place of a list. */
    public List<Node> items(String key) {
        return has(key) ? items(node(key)) : List.of();
    }

    public static List<Node> items(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of(node);
    }

    /** A list of texts, or one text. */
    public List<String> texts(String key) {
        return items(key).stream()
                .map(n -> text(key, n))
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<String> text(String key, Node n) {
        if (n instanceof ScalarNode s && !s.getTag().equals(Tag.NULL)) {
            return Optional.of(s.getValue());
        }
        wrong(n, Say.of("build.yaml.not-text", "key", key), Say.of("build.yaml.text"));
        return Optional.empty();
    }

    private Optional<ScalarNode> scalar(String key, Say allowed) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (node(key) instanceof ScalarNode s && !s.getTag().equals(Tag.NULL)) {
            return Optional.of(s);
        }
        wrong(node(key), Say.of("build.yaml.not-text", "key", key), allowed);
        return Optional.empty();
    }

    public Optional<YamlMap> map(String key, Collection<String> known) {
        return has(key) ? Optional.of(new YamlMap(file, node(key), known, mistakes)) : Optional.empty();
    }

    public YamlMap map(Node node, Collection<String> known) {
        return new YamlMap(file, node, known, mistakes);
    }

    /** A mistake at the value of a key, or at the mapping where the key is missing. */
    public void wrong(String key, Say what, Say allowed) {
        wrong(node(key), what, allowed);
    }

    public void wrong(Node node, Say what, Say allowed) {
        var mark = node.getStartMark();
        mistakes.add(new Mistake(
                file,
                mark.map(m -> m.getLine() + 1).orElse(0),
                mark.map(m -> m.getColumn() + 1).orElse(0),
                what,
                allowed));
    }

    public void missing(String key, Say allowed) {
        wrong(at, Say.of("build.yaml.missing", "key", key), allowed);
    }

    public static Say oneOf(Collection<String> words) {
        return words.isEmpty()
                ? Say.of("build.yaml.any-key")
                : Say.of("build.yaml.one-of", "words", words.stream().toList());
    }

    private static String shown(Node node) {
        return node instanceof ScalarNode s ? s.getValue() : "…";
    }

    /** The known word that is meant most likely: at most a third of its letters away (Levenshtein). */
    static Optional<String> nearest(String word, Collection<String> known) {
        Function<String, Integer> away = k -> distance(word, k);
        var byDistance = known.stream().collect(Collectors.toMap(k -> k, away, (a, b) -> a, LinkedHashMap::new));
        return byDistance.entrySet().stream()
                .filter(e -> e.getValue() <= Math.max(1, e.getKey().length() / 3))
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    private static int distance(String a, String b) {
        var row = new ArrayList<Integer>();
        for (int j = 0; j <= b.length(); j++) {
            row.add(j);
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row.getFirst();
            row.set(0, i);
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row.get(j);
                row.set(j, Math.min(change, 1 + Math.min(row.get(j), row.get(j - 1))));
            }
        }
        return row.getLast();
    }
}
