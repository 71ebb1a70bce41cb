package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.config.Sheet;
import io.clusterdeck.redis.config.Sheet.Cell;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Names;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what the nodes are set to, and where they and their files differ; sets a directive. */
@Command(name = "config")
final class ConfigWord extends ActWord {

    @Parameters(paramLabel = "CLUSTER", index = "0", arity = "0..1")
    Optional<String> first = Optional.empty();

    @Parameters(paramLabel = "DIRECTIVE", index = "1", arity = "0..1")
    Optional<String> second = Optional.empty();

    @Parameters(paramLabel = "VALUE", index = "2", arity = "0..1")
    Optional<String> third = Optional.empty();

    @Option(names = "--node", paramLabel = "NODE")
    List<String> only = new ArrayList<>();

    @Option(names = "--differences")
    boolean differences;

    @Option(names = "--keep-settings")
    boolean keep;

    @Option(names = "--ask-config-word")
    boolean askConfigWord;

    ConfigWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var said = new ArrayList<String>();
        first.ifPresent(said::add);
        second.ifPresent(said::add);
        third.ifPresent(said::add);
        var known =
                session.deck(answers).clusters().stream().map(ClusterSpec::name).toList();
        if (name == null && !said.isEmpty() && known.contains(said.getFirst())) {
            name = said.removeFirst();
        }
        var cluster = cluster();
        var word = session.configWord(answers, askConfigWord);
        if (word.isPresent()) {
            cluster.configWord(word.get());
        }
        var state = seen(cluster);
        var nodes = nodes(state);
        if (keep) {
            return take(cluster.config().keep(nodes));
        }
        if (said.size() > 1) {
            return take(cluster.config().set(nodes, said.get(0), String.join(" ", said.subList(1, said.size()))));
        }
        return tell(cluster, state, nodes, said.isEmpty() ? Optional.empty() : Optional.of(said.getFirst()));
    }

    private List<NodeId> nodes(ClusterState state) throws Misuse {
        var nodes = new ArrayList<NodeId>();
        for (var one : only) {
            nodes.add(NodeArgument.find(state, one).id());
        }
        return nodes.isEmpty() ? List.copyOf(state.nodes().keySet()) : nodes;
    }

    private int tell(OpenCluster cluster, ClusterState state, List<NodeId> nodes, Optional<String> directive)
            throws InterruptedException, Misuse {
        var sheet = cluster.config().look();
        var rows = sheet.rows().stream()
                .filter(r -> !differences || r.drifts() || r.unkept())
                .toList();
        if (directive.isPresent()) {
            var row = sheet.row(directive.get());
            if (row.isEmpty()) {
                throw new Misuse(Say.of("cli.config.unknown", "directive", directive.get()));
            }
            rows = List.of(row.get());
        }
        if (plans.json) {
            session.result(json(sheet, rows, state, nodes).toPrettyString());
            return Code.DONE;
        }
        var names = Names.of(state);
        rows.forEach(row -> session.result(line(row, nodes, names)));
        if (directive.isPresent()) {
            places(rows.getFirst(), nodes, names);
        }
        sheet.unheard().forEach((node, why) -> session.note(why));
        sheet.unread().values().forEach(all -> all.forEach(session::note));
        if (directive.isEmpty()) {
            session.note(sheet.differences("cli.config.differ."));
        }
        return Code.DONE;
    }

    /** Which lines say it, and for which nodes. */
    private void places(Row row, List<NodeId> nodes, Names names) {
        var byPlace = new LinkedHashMap<String, List<String>>();
        for (var node : nodes) {
            Optional.ofNullable(row.cells().get(node))
                    .flatMap(Cell::stated)
                    .ifPresent(at -> byPlace.computeIfAbsent(at.toString(), p -> new ArrayList<>())
                            .add(names.of(node)));
        }
        byPlace.forEach((at, who) -> session.result("    " + at + " [" + String.join(" ", who) + "]"));
    }

    /** The directive, each value with the nodes that have it, and what the files say otherwise. */
    private String line(Row row, List<NodeId> nodes, Names names) {
        var byValue = new LinkedHashMap<String, List<String>>();
        for (var node : nodes) {
            var cell = row.cells().get(node);
            if (cell != null && cell.shown().isPresent()) {
                var value = shown(cell.shown().get());
                var told = cell.differs()
                        ? session.words.say(
                                "cli.config.file",
                                "value",
                                value,
                                "file",
                                shown(cell.file().orElse("")))
                        : value;
                byValue.computeIfAbsent(told, v -> new ArrayList<>()).add(names.of(node));
            }
        }
        var values = byValue.size() == 1
                ? byValue.keySet().iterator().next()
                : byValue.entrySet().stream()
                        .map(e -> e.getKey() + " [" + String.join(" ", e.getValue()) + "]")
                        .collect(Collectors.joining("  "));
        return (row.drifts() ? "≠ " : row.unkept() ? "~ " : "  ") + row.directive() + " " + values;
    }

    private static String shown(String value) {
        return value.isEmpty() ? "\"\"" : value;
    }

    private static ObjectNode json(Sheet sheet, List<Row> rows, ClusterState state, List<NodeId> nodes) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("name", state.name())
                .put("at", sheet.at().toString());
        var all = json.putArray("directives");
        for (var row : rows) {
            var one = all.addObject()
                    .put("directive", row.directive())
                    .put("nature", row.nature().name().toLowerCase(Locale.ROOT))
                    .put("drifts", row.drifts())
                    .put("unkept", row.unkept());
            var cells = one.putObject("nodes");
            for (var node : nodes) {
                var cell = row.cells().get(node);
                if (cell != null) {
                    cells.putObject(address(state, node))
                            .put("running", cell.running().orElse(null))
                            .put("file", cell.file().orElse(null))
                            .put("stated", cell.stated().map(Object::toString).orElse(null))
                            .put("differs", cell.differs());
                }
            }
        }
        var unheard = json.putObject("unheard");
        sheet.unheard().forEach((node, say) -> unheard.set(address(state, node), SayJson.write(say)));
        var unread = json.putObject("unread");
        sheet.unread().forEach((node, reasons) -> {
            var why = unread.putArray(address(state, node));
            reasons.forEach(say -> why.add(SayJson.write(say)));
        });
        return json;
    }

    private static String address(ClusterState state, NodeId node) {
        return state.node(node).map(n -> n.address().toString()).orElse(node.value());
    }

    @Override
    int unreachable() {
        return Code.UNKNOWN;
    }
}
