package io.clusterdeck.redis.create;

import static io.clusterdeck.redis.create.Emptiness.text;

import io.clusterdeck.redis.create.Draft.Planned;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import java.util.OptionalInt;

/** Two settings that make empty nodes find together faster. Changed by CONFIG SET only: a node that restarts has its own again. */
final class Tuning {

    static final String TIMEOUT = "cluster-node-timeout";
    static final String DELAY = "repl-diskless-sync-delay";

    private Tuning() {}

    /** What can be gained on a node, and what it must be put back to; nothing where it does not let us look. */
    static Planned with(Planned node, boolean small, Link link) throws Failure, InterruptedException {
        var timeout = number(link, TIMEOUT);
        boolean diskless = get(link, "repl-diskless-sync").equals("yes");
        var delay = number(link, DELAY);
        return new Planned(
                node.id(),
                node.at(),
                node.master(),
                node.slots(),
                small && timeout.orElse(0) > Draft.HURRIED ? timeout : OptionalInt.empty(),
                diskless && delay.orElse(0) > 0 ? delay : OptionalInt.empty());
    }

    static boolean hurried(Planned node, Link link) throws Failure, InterruptedException {
        return (node.timeout().isEmpty() || number(link, TIMEOUT).orElse(0) == Draft.HURRIED)
                && (node.delay().isEmpty() || number(link, DELAY).orElse(0) == 0);
    }

    static boolean hurry(Planned node, Link link) throws Failure, InterruptedException {
        if (node.timeout().isPresent()) {
            text(link, "CONFIG", "SET", TIMEOUT, Integer.toString(Draft.HURRIED));
        }
        if (node.delay().isPresent()) {
            text(link, "CONFIG", "SET", DELAY, "0");
        }
        return true;
    }

    /** Whether a value of ours is still there. */
    static boolean left(Planned node, Link link) throws Failure, InterruptedException {
        return node.timeout().isPresent() && number(link, TIMEOUT).orElse(0) == Draft.HURRIED
                || node.delay().isPresent() && number(link, DELAY).orElse(-1) == 0;
    }

    /** Puts back what was changed, and nothing that someone else has changed since. */
    static boolean putBack(Planned node, Link link) throws Failure, InterruptedException {
        if (node.timeout().isPresent() && number(link, TIMEOUT).orElse(0) == Draft.HURRIED) {
            text(link, "CONFIG", "SET", TIMEOUT, Integer.toString(node.timeout().getAsInt()));
        }
        if (node.delay().isPresent() && number(link, DELAY).orElse(-1) == 0) {
            text(link, "CONFIG", "SET", DELAY, Integer.toString(node.delay().getAsInt()));
        }
        return true;
    }

    /** The same for a node that may be gone: without a process there is nothing to be put back. */
    static void putBackIfThere(Planned node, Ops ops) throws Failure, InterruptedException {
        try (var link = ops.links().act(node.at())) {
            putBack(node, link);
        } catch (Unreachable u) {
            if (!(u.what().args().get("reason") instanceof Say why && why.key().equals("link.reason.refused"))) {
                throw u;
            }
        }
    }

    private static OptionalInt number(Link link, String name) throws Failure, InterruptedException {
        try {
            return OptionalInt.of(Integer.parseInt(get(link, name)));
        } catch (NumberFormatException absent) {
            return OptionalInt.empty();
        }
    }

    private static String get(Link link, String name) throws Failure, InterruptedException {
        return link.call("CONFIG", "GET", name) instanceof Reply.Many many
                        && many.items().size() == 2
                ? many.items().getLast().text()
                : "";
    }
}
