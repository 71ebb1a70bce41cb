package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.model.ViewHash;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the nodes are one working cluster: every node says cluster_state:ok with all slots, all views are the same, every bus link is
 * connected and every replica follows its master. "All nodes agree" alone comes seconds before writes are accepted.
 */
final class Convergence {

    private Convergence() {}

    private record View(Map<String, String> info, long hash, boolean linksUp, String following) {}

    /** What is missing still; nothing once it is done. */
    static Optional<Say> missing(Talk talk) throws InterruptedException {
        var all = talk.members().all();
        var answers = talk.look(all, Convergence::view);
        var views = new ArrayList<View>();
        for (int i = 0; i < all.size(); i++) {
            var node = all.get(i).address();
            switch (answers.get(i)) {
                case SideBySide.Failed<View> failed -> {
                    return Optional.of(Say.of(
                            "build.create.no-answer",
                            "node",
                            node,
                            "why",
                            failed.why().what()));
                }
                case SideBySide.Came<View> came -> views.add(came.value());
            }
        }
        for (int i = 0; i < all.size(); i++) {
            var wrong = wrong(all.get(i), views.get(i), all.size());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        var hashes = new HashSet<>(views.stream().map(View::hash).toList());
        return hashes.size() == 1 ? Optional.empty() : Optional.of(Say.of("build.create.disagree", "n", hashes.size()));
    }

    private static Optional<Say> wrong(Member member, View view, int nodes) {
        var node = member.address();
        var info = view.info();
        if (!info.getOrDefault("cluster_known_nodes", "").equals(String.valueOf(nodes))) {
            return Optional.of(Say.of(
                    "build.create.known",
                    "node",
                    node,
                    "n",
                    info.getOrDefault("cluster_known_nodes", "?"),
                    "of",
                    nodes));
        }
        if (!info.getOrDefault("cluster_slots_ok", "").equals(String.valueOf(SlotRange.SLOTS))) {
            return Optional.of(
                    Say.of("build.create.slots", "node", node, "n", info.getOrDefault("cluster_slots_ok", "?")));
        }
        if (!"ok".equals(info.get("cluster_state"))) {
            return Optional.of(Say.of("build.create.state", "node", node));
        }
        if (!view.linksUp()) {
            return Optional.of(Say.of("build.create.links", "node", node));
        }
        return view.following().equals("down")
                ? Optional.of(Say.of("build.create.following", "node", node))
                : Optional.empty();
    }

    private static View view(Member member, Link link) throws Failure, InterruptedException {
        var nodes = text(member, link.call("CLUSTER", "NODES"));
        boolean up = ClusterNodesParser.parse(nodes).stream().allMatch(r -> r.linkUp());
        return new View(
                InfoParser.parse(text(member, link.call("CLUSTER", "INFO"))),
                ViewHash.of(nodes),
                up,
                InfoParser.parse(text(member, link.call("INFO", "replication")))
                        .getOrDefault("master_link_status", "up"));
    }

    /** The text of an answer; a refusal (LOADING, NOAUTH …) is a failure that says so. */
    static String text(Member member, Reply reply) throws UnexpectedOutput {
        if (reply instanceof Reply.Refused r) {
            throw new UnexpectedOutput(
                    Say.of("build.node.refused", "node", member.address(), "message", r.message()),
                    Say.of("build.node.refused.next"));
        }
        return reply.text();
    }
}
