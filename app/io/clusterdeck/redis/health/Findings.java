package io.clusterdeck.redis.health;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.Optional;

/** Writes findings: rule {@code x} has the words {@code health.x}, {@code health.x.why} and {@code health.x.next}. */
final class Findings {

    private Findings() {}

    /** About one node, whose address is the argument {@code node}. */
    static Finding about(Node node, String rule, Level level, Optional<String> remedy, Object... args) {
        return of(rule, level, Optional.of(node), remedy, with(node, args));
    }

    /** About the whole cluster. */
    static Finding whole(String rule, Level level, Optional<String> remedy, Object... args) {
        return of(rule, level, Optional.empty(), remedy, args);
    }

    /** From a look at these hosts so long ago that it may have changed since. */
    static Finding lastSeen(Object hosts, Instant then, Finding finding) {
        return new Finding(
                finding.rule(),
                finding.level(),
                finding.node(),
                finding.title(),
                Say.of("health.last-seen", "what", finding.why(), "hosts", hosts, "at", then),
                finding.next(),
                finding.remedy());
    }

    private static Finding of(String rule, Level level, Optional<Node> node, Optional<String> remedy, Object... args) {
        return new Finding(
                rule,
                level,
                node.map(Node::id),
                Say.of("health." + rule, args),
                Say.of("health." + rule + ".why", args),
                Say.of("health." + rule + ".next", args),
                remedy);
    }

    private static Object[] with(Node node, Object... args) {
        var all = new Object[args.length + 2];
        all[0] = "node";
        all[1] = node.address();
        System.arraycopy(args, 0, all, 2, args.length);
        return all;
    }
}
