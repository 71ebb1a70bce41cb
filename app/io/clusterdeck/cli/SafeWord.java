package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.hosts.Neighbour;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import java.util.ArrayList;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether a host or a node may be away now, and makes it so: exit 0 yes, 1 no, 3 unknown. */
@Command(name = "safe")
final class SafeWord extends ActWord {

    @Parameters(paramLabel = "CLUSTER", index = "0", arity = "0..1")
    String named = "";

    /** Stands first where {@code --cluster} names the cluster, or there is only one. */
    @Parameters(paramLabel = "WHERE", index = "1", arity = "0..1", hideParamSyntax = true)
    String where = "";

    @Option(names = "--make")
    boolean make;

    SafeWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        if (where.isEmpty()) {
            where = named;
        } else {
            name = named;
        }
        if (where.isEmpty()) {
            throw new Misuse(Say.of("cli.misuse.missing", "what", HelpTexts.missing("WHERE")));
        }
        var cluster = cluster();
        named = cluster.spec().name();
        var state = seen(cluster);
        boolean host = cluster.spec().hosts().stream()
                        .anyMatch(h -> h.name().value().equals(where))
                || state.nodes().values().stream()
                        .anyMatch(n ->
                                n.host().filter(h -> h.value().equals(where)).isPresent());
        var node = host ? new NodeId("") : NodeArgument.find(state, where).id();
        if (make) {
            return take(
                    host ? cluster.safety().clearHost(where) : cluster.safety().clearNode(node));
        }
        var safety = host
                ? beside(cluster, cluster.safety().host(where))
                : cluster.safety().node(node);
        session.result(plans.json ? json(state, safety) : text(state, safety));
        return switch (safety.answer()) {
            case YES -> Code.DONE;
            case NO -> Code.FAILED;
            case UNKNOWN -> Code.UNKNOWN;
        };
    }

    /** With what the other clusters say that have nodes on the machine. */
    private Safety beside(OpenCluster cluster, Safety own) throws Failure, InterruptedException {
        var safety = own;
        var deck = session.deck(answers);
        var specs = deck.clusters();
        for (var spec : cluster.spec().hosts()) {
            if (spec.name().value().equals(where)) {
                for (var other : Neighbour.of(named, spec, specs)) {
                    var open = deck.open(other.cluster());
                    seen(open);
                    safety = safety.and(
                            other.cluster(), open.safety().host(other.host().value()));
                }
            }
        }
        return safety;
    }

    private String text(ClusterState state, Safety safety) {
        var lines = new ArrayList<String>();
        lines.add(session.words.say("cli.safe." + safety.answer().name().toLowerCase(Locale.ROOT), "what", where));
        safety.why().forEach(w -> lines.add("  " + session.words.say(w)));
        if (safety.curable()) {
            lines.add(session.words.say("cli.safe.first"));
            safety.heirs()
                    .forEach((heir, master) -> lines.add("  "
                            + session.words.say(Say.of(
                                    "cli.safe.hand-over",
                                    "from",
                                    address(state, master),
                                    "to",
                                    address(state, heir)))));
            lines.add(session.words.say("cli.safe.make", "cluster", named, "what", where));
        }
        return String.join("\n", lines);
    }

    private String json(ClusterState state, Safety safety) {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("cluster", named)
                .put("what", where)
                .put("safe", safety.answer().name().toLowerCase(Locale.ROOT));
        node.set("why", SayJson.write(safety.why()));
        var first = node.putArray("handOver");
        safety.heirs()
                .forEach((heir, master) ->
                        first.addObject().put("from", address(state, master)).put("to", address(state, heir)));
        return node.toPrettyString();
    }

    private static String address(ClusterState state, NodeId id) {
        return state.node(id).map(n -> n.address().toString()).orElse(id.brief());
    }

    @Override
    int unreachable() {
        return Code.UNKNOWN;
    }

    /** Brings the masters back to the nodes on which they were planned. */
    @Command(name = "hand-back")
    static final class Back extends ActWord {

        @Parameters(paramLabel = "CLUSTER")
        String named = "";

        @Option(names = "--as-is")
        boolean asIs;

        Back(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            name = named;
            OpenCluster cluster = cluster();
            seen(cluster);
            if (asIs && plans.shows()) {
                throw new Misuse(Say.of("cli.as-is.no-plan"));
            }
            if (asIs) {
                cluster.planMasters();
                session.result(Say.of("cli.as-is"));
                return Code.DONE;
            }
            return take(cluster.failover().handBack(cluster.upkeep()));
        }
    }
}
