package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sends one command where its slot is served, as a plain cluster client does: to the node that served it last, then wherever MOVED and
 * ASK lead; after a failure any other node is asked for the way. Nothing is ever sent twice to the same node in one attempt. For one thread.
 */
final class Router {
    /** Who does not answer within this is given up for this attempt; a write without an answer counts as not acknowledged until it comes. */
    static final Duration PATIENCE = Duration.ofMillis(300);

    private static final int HOPS = 5;
    private static final String NO_CONNECTION = "no-connection";
    private static final String NO_ANSWER = "no-answer";

    private final Lines lines;
    private final List<NodeAddress> nodes;
    private final Lines.Errors errors;
    private final Optional<Lines.Taker> late;
    private NodeAddress at;
    private int next;
    private boolean asked;
    private boolean answered;
    private long blind;
    private long turn;

    /** Who does not answer in time is not waited for. */
    Router(Lines lines, NodeAddress first, List<NodeAddress> nodes, Lines.Errors errors) {
        this(lines, first, nodes, errors, Optional.empty());
    }

    /** @param late is told of answers that come later; who does not want them loses the connection instead */
    Router(Lines lines, NodeAddress first, List<NodeAddress> nodes, Lines.Errors errors, Optional<Lines.Taker> late) {
        this.late = late;
        this.lines = lines;
        this.at = first;
        this.nodes = new ArrayList<>(nodes);
        this.errors = errors;
    }

    /** Who answered last. */
    NodeAddress at() {
        return at;
    }

    /** Whether the last attempt came to the slot's owner, or to where that should be: else it tells nothing of the cluster. */
    boolean asked() {
        return asked;
    }

    /** Whether the last attempt failed by an answer. */
    boolean answered() {
        return answered;
    }

    /** For how long nobody here could have known what the last attempt came to know, since there was no connection: milliseconds. */
    long blind() {
        return blind;
    }

    /** Since this time, in nanoseconds, nothing but its own thread is waited for. */
    void turn(long since) {
        turn = since;
        goesOn();
    }

    /** What was to be done by its own thread since then is done. */
    void goesOn() {
        late.ifPresent(l -> l.stood(turn));
    }

    /** The answer of the slot's owner; empty where there was none, and then the kind of failure was counted. */
    Optional<Reply> send(String... command) throws InterruptedException {
        boolean asking = false;
        asked = false;
        for (int hop = 0; hop < HOPS; hop++) {
            var line = lines.ready(at);
            if (line.isEmpty()) {
                asked = hop > 0 && lines.unreachable(at);
                return failed(NO_CONNECTION);
            }
            asked = true;
            if (lines.late(at)) {
                return failed(NO_ANSWER);
            }
            Optional<Reply> reply;
            try {
                if (asking) {
                    line.get().call(PATIENCE, "ASKING");
                    turn = System.nanoTime();
                }
                reply = answer(line.get(), command);
            } catch (Failure silent) {
                turn = System.nanoTime();
                lines.broken(at);
                asked = !(silent instanceof Unreachable); // of a connection that had ended before nobody was asked
                return failed(silent instanceof Unreachable ? NO_CONNECTION : NO_ANSWER);
            }
            if (reply.isEmpty()) {
                return failed(NO_ANSWER);
            }
            blind = lines.blind(at);
            if (!(reply.get() instanceof Reply.Refused refused)) {
                return reply;
            }
            asking = refused.code().equals("ASK");
            if (!asking && !refused.code().equals("MOVED")) {
                return failed(refused.code());
            }
            var to = address(refused.message());
            if (to.isEmpty() || to.get().equals(at)) {
                return failed("MOVED");
            }
            at = to.get();
            if (!nodes.contains(at)) {
                nodes.add(at);
            }
        }
        return failed("MOVED");
    }

    /** Empty where it may come later, and whoever asked wants to know it then. */
    private Optional<Reply> answer(Link link, String... command) throws Failure, InterruptedException {
        if (late.isEmpty()) {
            return Optional.of(link.call(PATIENCE, command));
        }
        var pending = link.send(command);
        goesOn();
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            var reply = pending.within(PATIENCE);
            if (reply.isEmpty()) {
                lines.late(at, pending, command);
            }
            return reply;
        } finally {
            turn(Math.min(pending.heard(), until));
        }
    }

    /** Takes the answers that came late by now. */
    void collect() throws InterruptedException {
        if (late.isPresent()) {
            lines.collect(late.get());
        }
    }

    private Optional<Reply> failed(String kind) {
        errors.count(kind);
        answered = !kind.equals(NO_CONNECTION) && !kind.equals(NO_ANSWER);
        // the way is asked from somebody else; who refuses for a moment (CLUSTERDOWN) is as good as any
        if (!(kind.equals(NO_CONNECTION) && turn(lines::open))) {
            turn(any -> true);
        }
        return Optional.empty();
    }

    /**
     * Turns to the next other node that may be asked. Where a connection was missing that is one to which there is one: who goes on to the
     * next stranger each time has been to all nodes before the first is connected, and of many nodes to none of them twice.
     */
    private boolean turn(Predicate<NodeAddress> may) {
        for (int i = 1; i <= nodes.size(); i++) {
            int other = (next + i) % nodes.size();
            if (!nodes.get(other).equals(at) && may.test(nodes.get(other))) {
                next = other;
                at = nodes.get(other);
                return true;
            }
        }
        return false;
    }

    /** Of {@code MOVED 3999 10.0.0.1:6381}; the port stands behind the last colon, an IPv6 address has more of them. */
    private Optional<NodeAddress> address(String moved) {
        var words = moved.split(" ", -1);
        if (words.length < 3) {
            return Optional.empty();
        }
        int colon = words[2].lastIndexOf(':');
        try {
            int port = Integer.parseInt(words[2].substring(colon + 1));
            var host = colon <= 0 ? at.host() : words[2].substring(0, colon).replaceAll("^\\[|]$", "");
            // known ones keep their bus port: ways to nodes are found by the whole address
            return Optional.of(nodes.stream()
                    .filter(n -> n.host().equals(host) && n.port() == port)
                    .findFirst()
                    .orElse(new NodeAddress(host, port)));
        } catch (NumberFormatException odd) {
            return Optional.empty();
        }
    }
}
