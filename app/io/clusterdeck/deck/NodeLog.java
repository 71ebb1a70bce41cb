package io.clusterdeck.deck;

import io.clusterdeck.redis.logs.Journal;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A node's log: its last lines, then what comes, without a gap and without a line twice. */
final class NodeLog {

    private NodeLog() {}

    static Following follow(Ops ops, NodeId node, int back, Consumer<LogLine> to) throws Failure, InterruptedException {
        var site = site(ops, node);
        var host = ops.ground().host(site.host());
        if (site.log().isEmpty()) {
            return journal(host, site, back, to);
        }
        var file = site.log().get();
        var join = new Join(to);
        var following = host.follow(List.of(file), join::accept);
        try {
            var past = last(host, file, back, join);
            join.open(past);
            return following;
        } catch (Failure | InterruptedException | RuntimeException failed) {
            following.close();
            throw failed;
        }
    }

    /** Of a node without a file, where its unit wrote to the journal. */
    private static Following journal(Host host, NodeSite site, int back, Consumer<LogLine> to)
            throws Failure, InterruptedException {
        if (site.unit().isPresent()) {
            var unit = Journal.full(site.unit().get());
            var look = Journal.look(host, unit);
            if (look.written()) {
                return Journal.follow(host, List.of(unit), back, (by, line, written) -> to.accept(line));
            }
            if (!look.open()) {
                throw new NotAllowed(
                        Say.of("deck.journal-closed", "node", site.address(), "host", site.host(), "unit", unit),
                        Say.of("deck.journal-closed.next"));
            }
        }
        throw new NotAllowed(
                Say.of("deck.no-log", "node", site.address()), Say.of("deck.no-log.next", "conf", site.conf()));
    }

    private static NodeSite site(Ops ops, NodeId node) throws Failure, InterruptedException {
        var now = ops.now().get();
        var known = now.node(node)
                .flatMap(n -> ops.spec().get().sites().stream()
                        .filter(s -> s.at(n.address()))
                        .findFirst());
        var runs = now.node(node).filter(Node::answers);
        if (runs.isPresent() && known.filter(s -> s.log().isEmpty()).isPresent()) {
            return Closeup.of(ops, runs.get()).site(); // it may have been given one meanwhile
        }
        return known.orElseThrow(() -> new NotAllowed(
                Say.of(
                        "deck.no-site",
                        "node",
                        now.node(node).map(n -> n.address().toString()).orElse(node.brief())),
                Say.of("deck.no-site.next")));
    }

    /** Tells the last lines; answers how long the file was then. */
    private static long last(Host host, RemotePath file, int back, Join join) throws Failure, InterruptedException {
        var script = Script.of("tail", "last").with("file", file).with("lines", back);
        var exit = host.run(script, line -> {
            if (line instanceof Line.Text t && !t.error()) {
                join.past(new LogLine(host.name(), file, 0, -1, t.text()));
            }
        });
        if (!exit.ok()) {
            throw failed(exit, host, file);
        }
        return exit.fact("end").map(Long::parseLong).orElse(0L);
    }

    private static CommandFailed failed(Exit exit, Host host, RemotePath file) {
        var why = exit.why().orElseGet(() -> Say.of("deck.log-failed", "host", host.name(), "file", file));
        return new CommandFailed(why, Say.of("deck.log-failed.next"), exit.code(), exit.tail());
    }

    /** Holds back what is followed until the past was told, then drops what the past held already. */
    private static final class Join implements Consumer<LogLine> {

        private final Consumer<LogLine> to;
        private final List<LogLine> held = new ArrayList<>();
        private boolean open;

        Join(Consumer<LogLine> to) {
            this.to = to;
        }

        void past(LogLine line) {
            to.accept(line);
        }

        synchronized void open(long end) {
            held.stream().filter(l -> l.offset() < 0 || l.offset() >= end).forEach(to);
            held.clear();
            open = true;
        }

        @Override
        public synchronized void accept(LogLine line) {
            if (open) {
                to.accept(line);
            } else {
                held.add(line);
            }
        }
    }
}
