package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.Merge;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.Observer;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Whether a cluster has come to rest: every node that should run says {@code cluster_state:ok}, all of them agree about all nodes, every
 * bus link to them and every replication link among them is up. "All nodes agree" alone comes seconds before writes are accepted.
 */
public final class Settled {

    private static final Duration PER_QUESTION = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String NO_ANSWER = "watch.settled.no-answer";
    private static final int TRIES = 3;

    private Settled() {}

    /**
     * Asks the nodes again and again until they have settled. Blocks; interruptible.
     *
     * @param running the nodes that should run: others may be down, and then all that run must agree on that
     * @param live told what is still missing, whenever that changes
     * @throws OutcomeUnknown after {@code limit}, with what is still missing
     */
    public static void await(Links links, Collection<NodeAddress> running, Duration limit, Consumer<Line> live)
            throws Failure, InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        List<Say> told = List.of();
        try (var look = new Look(links, running)) {
            while (true) {
                var missing = look.missing();
                if (missing.isEmpty()) {
                    return;
                }
                if (!missing.equals(told)) {
                    told = missing;
                    live.accept(new Line.Busy(missing.getFirst()));
                }
                if (System.nanoTime() > until) {
                    throw new OutcomeUnknown(
                            Say.of("watch.settled.late", "limit", limit.toMillis(), "missing", missing),
                            Say.of("watch.settled.late.next"));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /**
     * What is still missing now, asked from the nodes themselves; empty when they have settled. Who does not answer is asked again: a question
     * that broke tells of a connection, and not of the cluster.
     */
    public static List<Say> missing(Links links, Collection<NodeAddress> running) throws Failure, InterruptedException {
        try (var look = new Look(links, running)) {
            var missing = look.missing();
            for (int i = 1; i < TRIES && missing.stream().anyMatch(Settled::unanswered); i++) {
                Thread.sleep(PAUSE);
                missing = look.missing();
            }
            return missing;
        }
    }

    private static boolean unanswered(Say missing) {
        return missing.key().equals(NO_ANSWER);
    }

    /** The same from a merged state, as a watch has it. */
    public static List<Say> missing(
            Map<NodeId, Node> nodes, List<Disagreement> disagreements, Collection<NodeId> running) {
        var missing = new ArrayList<Say>();
        for (var id : running) {
            var node = nodes.get(id);
            if (node == null) {
                missing.add(Say.of("watch.settled.unknown", "node", id.brief()));
            } else {
                missing(node).ifPresent(missing::add);
            }
        }
        for (var d : disagreements) {
            var about = nodes.get(new NodeId(d.about()));
            missing.add(Say.of(
                    "watch.settled.disagree",
                    "node",
                    about == null ? d.about() : about.address(),
                    "aspect",
                    Say.of("watch.aspect." + d.aspect())));
        }
        return missing;
    }

    private static Optional<Say> missing(Node node) {
        var info = node.info();
        if (!node.answers() || info.isEmpty()) {
            return Optional.of(Say.of("watch.settled.silent", "node", node.address()));
        }
        if (!node.linkUp() || !node.suspectedBy().isEmpty()) {
            return Optional.of(Say.of("watch.settled.link", "node", node.address()));
        }
        if (!node.isMaster()
                && info.get().text("master_link_status").filter("up"::equals).isEmpty()) {
            return Optional.of(Say.of("watch.settled.replication", "node", node.address()));
        }
        if (!info.get().stateOk()) {
            return Optional.of(Say.of("watch.settled.state", "node", node.address()));
        }
        return Optional.empty();
    }

    /** Connections to the nodes, and one question to all of them at a time. */
    private static final class Look implements AutoCloseable {

        private static final List<String[]> QUESTIONS = List.of(
                new String[] {"CLUSTER", "INFO"}, new String[] {"INFO", "replication"}, new String[] {"CLUSTER", "NODES"
                });

        private final Map<NodeAddress, Link> links = new LinkedHashMap<>();

        Look(Links links, Collection<NodeAddress> nodes) throws Failure, InterruptedException {
            for (var node : nodes) {
                this.links.put(node, links.watch(node));
            }
        }

        private record Answer(Observer observer, Merge.Own own) {}

        List<Say> missing() throws Failure, InterruptedException {
            var asked = new LinkedHashMap<NodeAddress, Future<Answer>>();
            var missing = new ArrayList<Say>();
            var observers = new ArrayList<Observer>();
            var own = new HashMap<NodeId, Merge.Own>();
            try (var threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("settled-", 0).factory())) {
                links.forEach((node, link) ->
                        asked.put(node, threads.submit((Callable<Answer>) () -> ask(node, link))));
                for (var entry : asked.entrySet()) {
                    try {
                        var answer = entry.getValue().get();
                        observers.add(answer.observer());
                        own.put(answer.observer().id(), answer.own());
                    } catch (ExecutionException failed) {
                        missing.add(Say.of(NO_ANSWER, "node", entry.getKey(), "why", why(failed)));
                    } catch (InterruptedException stop) {
                        threads.shutdownNow();
                        throw stop;
                    }
                }
            }
            if (observers.stream().anyMatch(o -> o.view().rows().stream().anyMatch(r -> r.has(Flag.HANDSHAKE)))) {
                missing.add(Say.of("watch.settled.handshake"));
            }
            var merged = Merge.of(observers, own, Merge.noHosts());
            missing.addAll(Settled.missing(merged.nodes(), merged.disagreements(), own.keySet()));
            return missing;
        }

        private static Answer ask(NodeAddress node, Link link) throws Failure, InterruptedException {
            var replies = link.callAll(PER_QUESTION, QUESTIONS);
            var cluster = InfoParser.parse(text(link, replies, 0));
            var info = InfoParser.parse(text(link, replies, 1));
            var nodes = text(link, replies, 2);
            var rows = ClusterNodesParser.parse(nodes);
            var self = rows.stream()
                    .filter(r -> r.has(Flag.MYSELF))
                    .map(NodeRow::id)
                    .findFirst()
                    .orElse(new NodeId(node.toString()));
            var at = Instant.now();
            return new Answer(
                    Observer.of(self, at, 0, nodes, rows),
                    new Merge.Own(new Contact.Answers(at, 0), Optional.of(new NodeInfo(at, info, cluster)), Map.of()));
        }

        private static String text(Link link, List<Reply> replies, int n) throws CommandFailed {
            if (replies.get(n) instanceof Reply.Refused refused) {
                var name = String.join(" ", QUESTIONS.get(n));
                throw new CommandFailed(
                        Say.of("watch.refused", "node", link.to(), "command", name, "told", refused.message()),
                        Say.of("watch.refused.next"),
                        1,
                        List.of(refused.message()));
            }
            return replies.get(n).text();
        }

        private static Say why(ExecutionException failed) {
            return failed.getCause() instanceof Failure f
                    ? f.what()
                    : Say.of("watch.settled.mistake", "what", String.valueOf(failed.getCause()));
        }

        @Override
        public void close() {
            links.values().forEach(Link::close);
        }
    }
}
