package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.build.Mistake;
import io.clusterdeck.redis.build.YamlMap;
import io.clusterdeck.redis.drill.Fault.Target;
import io.clusterdeck.redis.probe.Load;
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
 * load: {rate: 400, clients: 2, seconds: 120}
 * faults:
 *   - cut: {host: h1, way: both}
 *   - kill: {shard: 2, role: master}
 * objective: {write-gap: 15000, lost: 0}
 * </pre>
 */
public final class DrillReader {
    static final List<String> TOP = List.of("name", "about", "hold", "load", "faults", "objective");
    static final List<String> LOAD = List.of("rate", "clients", "seconds");
    static final List<String> FAULTS =
            List.of("kill", "kill-host", "kill-majority", "hang", "cut", "slow", "stop", "hand-over", "restart-all");
    /** Those of which more can be told than the word. */
    static final List<String> TOLD = List.of("kill", "kill-host", "hang", "cut", "slow", "stop", "hand-over");

    private static final Map<String, Fault.Way> WAYS =
            Map.of("both", Fault.Way.BOTH, "in", Fault.Way.IN, "out", Fault.Way.OUT);
    private static final Map<String, Fault.Role> ROLES =
            Map.of("master", Fault.Role.MASTER, "replica", Fault.Role.REPLICA);
    private static final int LOSS = 30;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int LONGEST = 600;

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
                top.number("hold", 0, LONGEST, 0),
                load(top),
                objective
                        .map(o -> new Objective(
                                o.number("write-gap", 0, 3_600_000, 0), o.number("lost", 0, 1_000_000, -1)))
                        .orElse(Objective.MAY_LOSE));
    }

    private static Optional<Load> load(YamlMap top) {
        return top.map("load", LOAD)
                .map(l -> new Load(
                        l.number("rate", 1, Load.FASTEST, Load.USUAL.rate()),
                        l.number("clients", 1, Load.MOST_CLIENTS, Load.USUAL.clients()),
                        l.number("seconds", 1, Load.LONGEST, Load.USUAL.seconds())));
    }

    /** {@code kill: {node: …}}, or the bare word where there is nothing to say. */
    private Optional<Fault> fault(YamlMap top, Node item) {
        if (item instanceof ScalarNode word) {
            var bare = bare(word.getValue());
            if (bare.isEmpty()) {
                top.wrong(
                        item,
                        Say.of("build.yaml.unknown-value", "key", "faults", "value", word.getValue()),
                        YamlMap.oneOf(FAULTS));
            }
            return bare;
        }
        var one = top.map(item, TOLD);
        if (one.keys().size() > 1) {
            top.wrong(item, Say.of("drill.yaml.several", "faults", one.keys()), Say.of("drill.yaml.one"));
        }
        return one.keys().stream().findFirst().map(word -> told(one, word));
    }

    private static Optional<Fault> bare(String word) {
        var anyHost = Optional.<String>empty();
        return Optional.ofNullable(
                switch (word) {
                    case "kill" -> new Fault.Kill(Target.FIRST_MASTER);
                    case "hang" -> new Fault.Hang(Target.FIRST_MASTER);
                    case "stop" -> new Fault.Stop(Target.FIRST_MASTER);
                    case "hand-over" -> new Fault.HandOver(Target.FIRST_MASTER);
                    case "kill-host" -> new Fault.KillHost(anyHost);
                    case "cut" -> new Fault.Cut(anyHost, Fault.Way.BOTH);
                    case "slow" -> new Fault.Slow(anyHost, LOSS);
                    case "kill-majority" -> new Fault.KillMajority();
                    case "restart-all" -> new Fault.RestartAll();
                    default -> null;
                });
    }

    private static Fault told(YamlMap one, String word) {
        return switch (word) {
            case "kill" -> new Fault.Kill(target(one, word));
            case "hang" -> new Fault.Hang(target(one, word));
            case "stop" -> new Fault.Stop(target(one, word));
            case "hand-over" -> new Fault.HandOver(target(one, word));
            case "kill-host" -> new Fault.KillHost(told(one, word, "host").text("host"));
            case "cut" -> {
                var cut = told(one, word, "host", "way");
                yield new Fault.Cut(cut.text("host"), cut.choice("way", WAYS, Fault.Way.BOTH));
            }
            default -> {
                var slow = told(one, word, "host", "loss");
                yield new Fault.Slow(slow.text("host"), slow.number("loss", 1, 90, LOSS));
            }
        };
    }

    private static YamlMap told(YamlMap one, String word, String... keys) {
        return one.map(one.node(word), List.of(keys));
    }

    private static Target target(YamlMap one, String word) {
        var told = told(one, word, "node", "shard", "role");
        return new Target(
                told.text("node"), told.number("shard", 1, 1_000, 1), told.choice("role", ROLES, Fault.Role.MASTER));
    }
}
