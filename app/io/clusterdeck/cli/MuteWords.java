package io.clusterdeck.cli;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words that let a finding count no more, with a note why, and again. It is shown all the same. */
final class MuteWords {

    private MuteWords() {}

    /** About a rule of a cluster, on a node or as a whole. */
    abstract static class One extends ClusterWord {

        @Parameters(paramLabel = "CLUSTER", index = "0", arity = "0..1")
        String named = "";

        @Parameters(paramLabel = "RULE", index = "1", arity = "0..1", hideParamSyntax = true)
        String rule = "";

        @Parameters(paramLabel = "NODE", index = "2", arity = "0..1")
        @Nullable
        String node;

        One(Session session) {
            super(session);
        }

        abstract void change(OpenCluster cluster, Optional<NodeAddress> node) throws Failure, Misuse;

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            if (name != null && !name.equals(named)) { // then it need not stand before the rule
                node = rule.isEmpty() ? node : rule;
                rule = named;
                named = name;
            }
            if (rule.isEmpty()) {
                throw new Misuse(Say.of("cli.misuse.missing", "what", HelpTexts.missing("RULE")));
            }
            name = named;
            var cluster = cluster();
            var on = node == null
                    ? Optional.<NodeAddress>empty()
                    : Optional.of(NodeArgument.find(seen(cluster), node)).map(Node::address);
            change(cluster, on);
            return Code.DONE;
        }

        final String on(Optional<NodeAddress> node) {
            return node.map(NodeAddress::toString).orElse(named);
        }
    }

    @Command(name = "mute")
    static final class Mutes extends One {

        @Option(names = "--note", paramLabel = "TEXT", required = true)
        String note = "";

        Mutes(Session session) {
            super(session);
        }

        @Override
        void change(OpenCluster cluster, Optional<NodeAddress> node) throws Failure, Misuse {
            if (note.isBlank()) {
                throw new Misuse(Say.of("cli.mute.no-note"));
            }
            // every rule's words begin with its name: a mistyped one would mute nothing, and nobody would notice
            if (!session.words.knows("health." + rule)) {
                throw new Misuse(Say.of("cli.mute.unknown", "rule", rule));
            }
            cluster.mute(rule, node, note);
            session.note(Say.of("cli.mute.done", "rule", rule, "on", on(node)));
        }
    }

    @Command(name = "unmute")
    static final class Unmutes extends One {

        Unmutes(Session session) {
            super(session);
        }

        @Override
        void change(OpenCluster cluster, Optional<NodeAddress> node) throws Failure, Misuse {
            if (cluster.upkeep().mutes().stream()
                    .noneMatch(m -> m.rule().equals(rule)
                            && m.covers(rule, node)
                            && m.node().isPresent() == node.isPresent())) {
                throw new Misuse(Say.of("cli.mute.none", "rule", rule, "on", on(node)));
            }
            cluster.unmute(rule, node);
            session.note(Say.of("cli.mute.undone", "rule", rule, "on", on(node)));
        }
    }
}
