package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.build.Mistake;
import io.clusterdeck.redis.build.YamlMap;
import io.clusterdeck.redis.drill.Fault.Target;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/**
 * Reads a drill of the operator's own, and finds every mistake in it at once, each with its place and with what is allowed there:
 *
 * <pre>
 * name: rack-a
 * about: what we were asked in the last review
 * hold: 10
 * faults:
 *   - cut: {host: h1, way: both}
 *   - kill: {shard: 2, role: master}
 * objective: {write-gap: 15000, lost: 0}
 * </pre>
 */
public final class DrillReader {
    private static final List<String> TOP = List.of("name", "about", "hold", "faults", "objective");
    private static final List<String> FAULTS =
            List.of("kill", "kill-host", "kill-majority", "hang", "cut", "slow", "stop", "hand-over", "restart-all");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int HOUR = 600;

    private final String file;
    private final List<Mistake> mistakes = new ArrayList<>();

    private DrillReader(String file) {
        this.file = file;
    }

    /** A drill, or what is wrong with it. */
    public sealed interface Reading {
        record Good(Drill drill) implements Reading {}

        record Bad(List<Mistake> mistakes) implements Reading {}
    }

    public static Reading read(Path file) throws IOException {
        return read(file.toString(), Files.readString(file));
    }

    /** @param file its name, for the mistakes */
    public static Reading read(String file, String text) {
        return new DrillReader(file).read(text);
    }

    private Reading read(String text) {
        try {
            var root = new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
            if (root.isEmpty()) {
                return bad(0, 0, Say.of("build.yaml.nothing"));
            }
            var drill = drill(new YamlMap(file, root.get(), TOP, mistakes));
            return mistakes.isEmpty()
                    ? new Reading.Good(drill)
                    : new Reading.Bad(mistakes.stream().distinct().toList());
        } catch (MarkedYamlEngineException broken) {
            var mark = broken.getProblemMark();
            return bad(
                    mark.map(m -> m.getLine() + 1).orElse(0),
                    mark.map(m -> m.getColumn() + 1).orElse(0),
                    Say.of("build.yaml.syntax", "problem", String.valueOf(broken.getProblem())));
        } catch (YamlEngineException broken) {
            return bad(0, 0, Say.of("build.yaml.syntax", "problem", String.valueOf(broken.getMessage())));
        }
    }

    private Reading bad(int line, int column, Say what) {
        return new Reading.Bad(List.of(new Mistake(file, line, column, what, Say.of("drill.yaml.see"))));
    }

    private Drill drill(YamlMap top) {
        if (!top.has("name")) {
            top.missing("name", Say.of("drill.yaml.name"));
        }
        var name = top.text("name").orElse("own");
        if (!NAME.matcher(name).matches() || Library.named(name).isPresent()) {
            top.wrong("name", Say.of("drill.yaml.bad-name", "name", name), Say.of("drill.yaml.name"));
        }
        if (!top.has("faults") || top.items("faults").isEmpty()) {
            top.missing("faults", YamlMap.oneOf(FAULTS));
        }
        var faults = new ArrayList<Fault>();
        for (Node item : top.items("faults")) {
            fault(top, item).ifPresent(faults::add);
        }
        boolean alone = faults.stream()
                .anyMatch(f -> f instanceof Fault.RestartAll || f instanceof Fault.Stop || f instanceof Fault.HandOver);
        if (alone && faults.size() > 1) {
            top.wrong("faults", Say.of("drill.yaml.alone"), Say.of("drill.yaml.together"));
        }
        var objective = top.map("objective", List.of("write-gap", "lost"));
        return new Drill(
                name,
                Optional.of(top.text("about").orElse("")),
                faults,
                top.number("hold", 0, HOUR, 0),
                objective
                        .map(o -> new Objective(
                                o.number("write-gap", 0, 3_600_000, 0), o.number("lost", 0, 1_000_000, -1)))
                        .orElse(Objective.MAY_LOSE));
    }

    /** {@code kill: {node: …}}, or the bare word where there is nothing to say. */
    private Optional<Fault> fault(YamlMap top, Node item) {
        if (item instanceof ScalarNode word) {
            return switch (word.getValue()) {
                case "kill-host" -> Optional.of(new Fault.KillHost(Optional.empty()));
                case "kill-majority" -> Optional.of(new Fault.KillMajority());
                case "restart-all" -> Optional.of(new Fault.RestartAll());
                case "kill" -> Optional.of(new Fault.Kill(Target.FIRST_MASTER));
                case "hang" -> Optional.of(new Fault.Hang(Target.FIRST_MASTER));
                case "stop" -> Optional.of(new Fault.Stop(Target.FIRST_MASTER));
                case "hand-over" -> Optional.of(new Fault.HandOver(Target.FIRST_MASTER));
                case "cut" -> Optional.of(new Fault.Cut(Optional.empty(), Fault.Way.BOTH));
                default -> {
                    top.wrong(
                            item,
                            Say.of("build.yaml.unknown-value", "key", "faults", "value", word.getValue()),
                            YamlMap.oneOf(FAULTS));
                    yield Optional.empty();
                }
            };
        }
        var one = top.map(item, FAULTS);
        return one.keys().stream().findFirst().map(word -> switch (word) {
            case "kill" -> new Fault.Kill(target(one, word));
            case "hang" -> new Fault.Hang(target(one, word));
            case "stop" -> new Fault.Stop(target(one, word));
            case "hand-over" -> new Fault.HandOver(target(one, word));
            case "kill-host" -> new Fault.KillHost(host(one, word, List.of("host")));
            case "cut" ->
                new Fault.Cut(
                        host(one, word, List.of("host", "way")),
                        one.map(word, List.of("host", "way"))
                                .map(m -> m.choice(
                                        "way",
                                        Map.of("both", Fault.Way.BOTH, "in", Fault.Way.IN, "out", Fault.Way.OUT),
                                        Fault.Way.BOTH))
                                .orElse(Fault.Way.BOTH));
            case "slow" ->
                new Fault.Slow(
                        host(one, word, List.of("host", "loss")),
                        one.map(word, List.of("host", "loss"))
                                .map(m -> m.number("loss", 1, 90, 30))
                                .orElse(30));
            case "kill-majority" -> new Fault.KillMajority();
            default -> new Fault.RestartAll();
        });
    }

    private static Target target(YamlMap one, String word) {
        return one.map(word, List.of("node", "shard", "role"))
                .map(m -> new Target(
                        m.text("node"),
                        m.number("shard", 1, 1_000, 1),
                        m.choice(
                                "role",
                                Map.of("master", Fault.Role.MASTER, "replica", Fault.Role.REPLICA),
                                Fault.Role.MASTER)))
                .orElse(Target.FIRST_MASTER);
    }

    private static Optional<String> host(YamlMap one, String word, List<String> keys) {
        return one.map(word, keys).flatMap(m -> m.text("host"));
    }
}
