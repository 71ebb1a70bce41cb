package io.clusterdeck.cli;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A cluster's state as text. */
final class Topology {

    private final Session session;

    Topology(Session session) {
        this.session = session;
    }

    String text(ClusterState state) {
        var lines = new ArrayList<String>();
        lines.add(title(state));
        for (var shard : state.shards()) {
            lines.add("");
            lines.add(slots(shard.master()));
            lines.add(node(shard.master()));
            shard.replicas().forEach(r -> lines.add(node(r)));
        }
        if (!state.health().isEmpty()) {
            lines.add("");
            state.health().forEach(f -> finding(f, lines));
        }
        return String.join("\n", lines);
    }

    private String title(ClusterState state) {
        if (state.nodes().isEmpty()) {
            return session.words.say("cli.status.none", "name", state.name(), "health", health(state.verdict()));
        }
        long answering = state.nodes().values().stream().filter(Node::answers).count();
        return session.words.say(
                "cli.status.title",
                "name",
                state.name(),
                "health",
                health(state.verdict()),
                "nodes",
                state.nodes().size(),
                "answering",
                answering,
                "slots",
                slots(state),
                "epoch",
                state.currentEpoch());
    }

    private static Say slots(ClusterState state) {
        int owned = state.owners().covered();
        int served = state.served();
        return served == owned
                ? Say.of("cli.status.served", "served", served, "all", SlotRange.SLOTS)
                : Say.of("cli.status.served.owned", "served", served, "all", SlotRange.SLOTS, "owned", owned);
    }

    private static Say health(Health health) {
        return Say.of("cli.health." + health.name().toLowerCase(Locale.ROOT));
    }

    private String slots(Node master) {
        var ranges = master.slots().stream().map(SlotRange::toString).collect(Collectors.joining(" "));
        return ranges.isEmpty()
                ? session.words.say("cli.status.no-slots")
                : session.words.say("cli.status.slots", "ranges", ranges, "n", master.slotCount());
    }

    private String node(Node node) {
        var parts = new ArrayList<String>();
        parts.add(role(node));
        parts.add(node.address().toString());
        parts.add(node.id().brief());
        node.host().ifPresent(h -> parts.add(h.value()));
        node.info().map(i -> i.version()).filter(v -> !v.isEmpty()).ifPresent(parts::add);
        node.info()
                .filter(i -> node.answers())
                .map(i -> i.number("used_memory"))
                .filter(m -> m.isPresent())
                .ifPresent(m -> parts.add(session.words.bytes(m.getAsLong())));
        trouble(node).forEach(t -> parts.add(session.terminal.bad(session.words.say(t))));
        return "  " + String.join("  ", parts);
    }

    /** Both words as wide as the longer one. */
    private String role(Node node) {
        var master = session.words.say("cli.status.master");
        var replica = session.words.say("cli.status.replica");
        var role = node.isMaster() ? master : replica;
        return role + " ".repeat(Math.max(master.length(), replica.length()) - role.length());
    }

    private static List<Say> trouble(Node node) {
        var trouble = new ArrayList<Say>();
        switch (node.contact()) {
            case Contact.Answers a -> {}
            case Contact.Silent s -> trouble.add(Say.of("cli.status.silent"));
            case Contact.Gone g -> trouble.add(Say.of(gone(g, node)));
            case Contact.Refuses r -> trouble.add(Say.of("cli.status.refuses", "why", r.why()));
            case Contact.Unknown u -> trouble.add(Say.of("cli.status.unknown"));
        }
        if (node.flags().contains(Flag.FAIL)) {
            trouble.add(Say.of("cli.status.fail"));
        } else if (!node.suspectedBy().isEmpty()) {
            trouble.add(Say.of("cli.status.suspected", "n", node.suspectedBy().size()));
        }
        return trouble;
    }

    private void finding(Finding finding, List<String> lines) {
        if (finding.muted().isPresent()) {
            var mute = finding.muted().get();
            lines.add("○ " + session.words.say(finding.title()));
            lines.add("    "
                    + session.words.say(
                            "cli.status.muted",
                            "rule",
                            finding.rule(),
                            "by",
                            mute.by(),
                            "at",
                            mute.at(),
                            "note",
                            mute.note()));
            return;
        }
        var mark = finding.level() == Level.BAD ? session.terminal.bad("✗") : finding.level() == Level.WARN ? "!" : "·";
        lines.add(mark + " " + session.words.say(finding.title()));
        lines.add("    " + session.words.say(finding.why()));
        lines.add("    " + session.words.say(finding.next()));
    }

    private static String gone(Contact.Gone gone, Node node) {
        if (gone.nothingListens(node.address(), node.host())) {
            return "cli.status.not-there";
        }
        return gone.refused(node.address(), node.host()) ? "cli.status.refused" : "cli.status.gone";
    }
}
