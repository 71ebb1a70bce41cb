package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Unreachable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the nodes of a cluster say of each other, asked afresh, all at once. One connection per node is kept while this is open.
 * A node that does not answer has no say.
 */
public final class Observers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);
    private static final long PATIENCE_MS = 1_500;

    private final Ops ops;
    private final Map<NodeAddress, Link> open = new ConcurrentHashMap<>();

    public Observers(Ops ops) {
        this.ops = ops;
    }

    /** The views of all that answer; by the address that was asked. */
    public Map<NodeAddress, List<NodeRow>> ask() throws InterruptedException {
        var asked = new LinkedHashMap<NodeAddress, Future<List<NodeRow>>>();
        var views = new HashMap<NodeAddress, List<NodeRow>>();
        var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("observer-", 0).factory());
        try {
            for (var to : addresses()) {
                asked.put(to, threads.submit(() -> Asking.rows(link(to))));
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            for (var one : asked.entrySet()) {
                try {
                    views.put(one.getKey(), one.getValue().get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
                } catch (ExecutionException | TimeoutException silent) {
                    LOG.debug("{} has no say: {}", one.getKey(), silent.toString());
                    drop(one.getKey());
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return views;
    }

    /** INFO and CLUSTER INFO of one node; empty when it does not answer, or only loads. */
    public Optional<NodeInfo> info(NodeAddress of) throws Failure, InterruptedException {
        try {
            var link = link(of);
            return Asking.pings(link) ? Optional.of(Asking.info(link)) : Optional.empty();
        } catch (Unreachable | OutcomeUnknown silent) {
            LOG.debug("{} tells nothing: {}", of, silent.toString());
            drop(of);
            return Optional.empty();
        }
    }

    private Link link(NodeAddress to) throws Failure, InterruptedException {
        var link = open.get(to);
        if (link == null) {
            link = ops.links().act(to);
            open.put(to, link);
        }
        return link;
    }

    private void drop(NodeAddress to) {
        var link = open.remove(to);
        if (link != null) {
            link.close();
        }
    }

    private List<NodeAddress> addresses() {
        ClusterState state = ops.now().get();
        if (!state.nodes().isEmpty()) {
            return state.nodes().values().stream().map(n -> n.address()).toList();
        }
        var all = new ArrayList<>(ops.spec().get().seeds());
        ops.spec().get().sites().forEach(s -> all.add(s.address()));
        return all.stream().distinct().toList();
    }

    /** Whether more than half of those that answer say so; false when nobody answers. */
    public static boolean most(Map<NodeAddress, List<NodeRow>> views, Predicate<List<NodeRow>> says) {
        return views.values().stream().filter(says).count() * 2 > views.size();
    }

    public static Optional<NodeRow> row(List<NodeRow> view, NodeId id) {
        return view.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    @Override
    public void close() {
        open.values().forEach(Link::close);
        open.clear();
    }
}
