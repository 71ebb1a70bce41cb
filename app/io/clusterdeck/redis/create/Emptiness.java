package io.clusterdeck.redis.create;

import io.clusterdeck.redis.create.Draft.Planned;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a server may become part of the cluster to be. A MEET to a node of another cluster merges both, so: it knows nobody but those
 * of this draft, holds no key, has no slots but those meant for it, and no epoch but its own. Never made so by RESET or FLUSHALL.
 */
final class Emptiness {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final List<String[]> QUESTIONS =
            List.of(new String[] {"CLUSTER", "NODES"}, new String[] {"DBSIZE"}, new String[] {"INFO", "persistence"});

    private Emptiness() {}

    /**
     * What a server tells.
     *
     * @param taken why it may not be used
     * @param self its line about itself
     * @param knows whom it knows besides itself, handshakes left out
     * @param keys how many keys it holds
     */
    record Seen(Optional<Say> taken, NodeRow self, Set<NodeId> knows, String keys) {

        boolean alone() {
            return knows.isEmpty();
        }
    }

    static Seen look(Draft draft, Planned node, Link link) throws Failure, InterruptedException {
        var seen = look(link);
        if (seen.taken().isPresent()) {
            return seen;
        }
        var self = seen.self();
        if (!self.id().equals(node.id())) {
            return taken(link, seen, "create.other-node");
        }
        if (!draft.ids().containsAll(seen.knows())) {
            return taken(link, seen, "create.knows-others");
        }
        if (!self.slots().isEmpty()
                && !self.slots().equals(node.slots().stream().toList())) {
            return taken(link, seen, "create.has-slots");
        }
        boolean follows = self.has(Flag.REPLICA);
        if (follows && !self.master().equals(node.master())) {
            return taken(link, seen, "create.follows");
        }
        boolean begun = !seen.alone() && (follows || !self.slots().isEmpty());
        // among its own two nodes may have settled which of them keeps an epoch that both had
        if (seen.alone() && self.epoch() != 0 && self.epoch() != draft.epoch(node)) {
            return taken(link, seen, "create.has-epoch");
        }
        // once it serves its slots in this cluster, keys may come
        if (!begun && !seen.keys().equals("0")) {
            return taken(link, seen, "create.has-keys");
        }
        return seen;
    }

    /** A server that is part of no draft yet: it must know nobody, and hold nothing. */
    static Seen lookAtStranger(Link link) throws Failure, InterruptedException {
        var seen = look(link);
        if (seen.taken().isPresent()) {
            return seen;
        }
        if (!seen.alone()) {
            return taken(link, seen, "create.knows-others");
        }
        if (!seen.self().slots().isEmpty()) {
            return taken(link, seen, "create.has-slots");
        }
        if (seen.self().epoch() != 0) {
            return taken(link, seen, "create.has-epoch");
        }
        return seen.keys().equals("0") ? seen : taken(link, seen, "create.has-keys");
    }

    private static Seen look(Link link) throws Failure, InterruptedException {
        var replies = link.callAll(PATIENCE, QUESTIONS);
        var rows = ClusterNodesParser.parse(text(link, replies.get(0), QUESTIONS.get(0)));
        var self = rows.stream().filter(r -> r.has(Flag.MYSELF)).findFirst().orElseThrow();
        var knows = rows.stream()
                .filter(r -> !r.has(Flag.MYSELF) && !r.has(Flag.HANDSHAKE))
                .map(NodeRow::id)
                .collect(Collectors.toSet());
        var keys = text(link, replies.get(1), QUESTIONS.get(1));
        var seen = new Seen(Optional.empty(), self, knows, keys);
        var loading =
                InfoParser.parse(text(link, replies.get(2), QUESTIONS.get(2))).get("loading");
        return "1".equals(loading) ? taken(link, seen, "create.loading") : seen;
    }

    private static Seen taken(Link link, Seen seen, String key) {
        var why = Say.of(
                key,
                "node",
                link.to(),
                "slots",
                seen.self().slots().stream().mapToInt(r -> r.size()).sum(),
                "epoch",
                seen.self().epoch(),
                "knows",
                seen.knows().size());
        return new Seen(Optional.of(why), seen.self(), seen.knows(), seen.keys());
    }

    /** The answer as text; a refusal is a failure. */
    static String text(Link link, String... command) throws Failure, InterruptedException {
        return text(link, link.call(command), command);
    }

    private static String text(Link link, Reply reply, String... command) throws CommandFailed {
        if (!(reply instanceof Reply.Refused refused)) {
            return reply.text();
        }
        var name = new ArrayList<>(List.of(command)).subList(0, Math.min(2, command.length));
        throw new CommandFailed(
                Say.of(
                        "create.refused",
                        "node",
                        link.to(),
                        "command",
                        String.join(" ", name),
                        "told",
                        refused.message()),
                Say.of("create.refused.next"),
                1,
                List.of(refused.message()));
    }
}
