package io.clusterdeck.redis.console;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Speaks with one node, and with those to which it redirects: MOVED and ASK mean that a command was not carried out, so following them
 * sends nothing twice. Connections are kept while this is open, so that MULTI and SELECT mean what they should. One command at a time;
 * interrupting the caller closes the connection, and the node gives up a blocking command.
 */
public final class Session implements AutoCloseable {

    /** Longer than anyone waits: the operator cancels. */
    private static final Duration LIMIT = Duration.ofHours(12);

    /** As redis-cli gives up: a ring of redirections is the cluster's mistake. */
    private static final int HOPS = 5;

    private static final Pattern REDIRECT = Pattern.compile("(MOVED|ASK) (\\d+) (\\S*):(\\d+)");

    private final Links links;
    private final NodeAddress home;
    private final Map<NodeAddress, Link> open = new HashMap<>();
    private final Transaction transaction = new Transaction();

    /** One redirection. */
    public record Hop(boolean asking, int slot, NodeAddress to) {}

    /** @param from the node whose answer it is */
    public record Answer(Reply reply, NodeAddress from, long micros) {}

    public Session(Links links, NodeAddress home) {
        this.links = links;
        this.home = home;
    }

    public NodeAddress home() {
        return home;
    }

    /** Whether MULTI or WATCH waits for its end on this connection, and is lost with it. Any thread. */
    public boolean pending() {
        return transaction.pending();
    }

    /**
     * In a transaction nothing is followed: elsewhere a command would be carried out at once, outside of it.
     *
     * @param hops told each redirection before it is followed
     */
    public Answer send(Typed typed, Consumer<Hop> hops) throws Failure, InterruptedException {
        transaction.mayBeSent(typed, home);
        long began = System.nanoTime();
        var at = home;
        var reply = call(at, typed);
        boolean queued = transaction.queues();
        transaction.answered(typed, reply instanceof Reply.Refused);
        if (queued || typed.upper(0).equals("WATCH")) {
            stays(reply, queued);
            return new Answer(reply, at, (System.nanoTime() - began) / 1000);
        }
        for (int n = 0; n < HOPS; n++) {
            var hop = hop(reply, at);
            if (hop.isEmpty()) {
                break;
            }
            hops.accept(hop.get());
            at = hop.get().to();
            if (hop.get().asking()) {
                link(at).call("ASKING");
            }
            reply = call(at, typed);
        }
        return new Answer(reply, at, (System.nanoTime() - began) / 1000);
    }

    private void stays(Reply reply, boolean queued) throws NotAllowed {
        var hop = hop(reply, home);
        if (hop.isPresent()) {
            throw new NotAllowed(
                    Say.of(
                            "console.multi-moved",
                            "slot",
                            hop.get().slot(),
                            "node",
                            hop.get().to(),
                            "home",
                            home),
                    Say.of(
                            queued ? "console.multi-moved.next" : "console.watch-moved.next",
                            "node",
                            hop.get().to()));
        }
    }

    /** An empty host means the host that answered (7.0). */
    private static Optional<Hop> hop(Reply reply, NodeAddress from) {
        if (!(reply instanceof Reply.Refused refused)) {
            return Optional.empty();
        }
        var redirect = REDIRECT.matcher(refused.message());
        if (!redirect.lookingAt()) {
            return Optional.empty();
        }
        var host = redirect.group(3).replaceAll("^\\[|]$", "");
        return Optional.of(new Hop(
                redirect.group(1).equals("ASK"),
                Integer.parseInt(redirect.group(2)),
                new NodeAddress(host.isEmpty() ? from.host() : host, Integer.parseInt(redirect.group(4)))));
    }

    private Reply call(NodeAddress at, Typed typed) throws Failure, InterruptedException {
        try {
            return link(at).call(LIMIT, typed.array());
        } catch (Failure | InterruptedException broken) {
            if (at.equals(home)) {
                transaction.broke(typed);
            }
            drop(at);
            throw broken;
        }
    }

    /** What this node knows; empty where COMMAND is refused. */
    public CommandTable commands() throws Failure, InterruptedException {
        try (var link = links.act(home)) {
            return CommandTable.ask(link);
        }
    }

    private synchronized Link link(NodeAddress at) throws Failure, InterruptedException {
        var known = open.get(at);
        if (known == null) {
            known = links.act(at);
            open.put(at, known);
        }
        return known;
    }

    private synchronized void drop(NodeAddress at) {
        var link = open.remove(at);
        if (link != null) {
            link.close();
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Link::close);
        open.clear();
    }
}
