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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the nodes of a cluster say of each other, asked afresh, all at once. One connection per node is kept while this is open; one that
 * takes long to be made is there for the next question. A node that does not answer has no say.
 */
public final class Observers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(1_500);

    /** Where no majority has answered by then, it is we who are slow, or the way: TLS handshakes under load take seconds. */
    private static final long LATE = TimeUnit.SECONDS.toNanos(5);

    private final Ops ops;
    private final long patience;
    private final long late;
    private final Map<NodeAddress, FutureTask<Link>> open = new ConcurrentHashMap<>();

    private record Answer(NodeAddress from, List<NodeRow> view) {}

    public Observers(Ops ops) {
        this(ops, PATIENCE, LATE);
    }

    /**
     * @param patience nanoseconds
     * @param late nanoseconds for a majority
     */
    Observers(Ops ops, long patience, long late) {
        this.ops = ops;
        this.patience = patience;
        this.late = late;
    }

    /** The views of all that answer; by the address that was asked. */
    public Map<NodeAddress, List<NodeRow>> ask() throws InterruptedException {
        var views = new HashMap<NodeAddress, List<NodeRow>>();
        var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("observer-", 0).factory());
        try {
            var answers = new ExecutorCompletionService<Answer>(threads);
            var asked = addresses();
            asked.forEach(to -> answers.submit(() -> new Answer(to, rows(to))));
            long began = System.nanoTime();
            for (int left = asked.size(); left > 0; left--) {
                long limit = views.size() * 2 > asked.size() ? patience : late;
                var next = answers.poll(began + limit - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    break;
                }
                heard(next, views);
            }
        } finally {
            threads.shutdownNow();
        }
        return views;
    }

    private static void heard(Future<Answer> next, Map<NodeAddress, List<NodeRow>> views) throws InterruptedException {
        try {
            var answer = next.get();
            views.put(answer.from(), answer.view());
        } catch (ExecutionException silent) {
            if (!(silent.getCause() instanceof Failure)) {
                throw new IllegalStateException(silent);
            }
            LOG.debug("one has no say: {}", silent.getCause().toString());
        }
    }

    private List<NodeRow> rows(NodeAddress of) throws Failure, InterruptedException {
        var link = link(of); // who is stopped while it is made leaves it for the next question
        try {
            return Asking.rows(link);
        } catch (Failure | InterruptedException silent) {
            drop(of);
            throw silent;
        }
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

    /** Who waits for it may be stopped; its making goes on. */
    private Link link(NodeAddress to) throws Failure, InterruptedException {
        try {
            return open.computeIfAbsent(to, this::opening).get();
        } catch (ExecutionException failed) {
            drop(to);
            if (failed.getCause() instanceof Failure why) {
                throw why;
            }
            throw new IllegalStateException(failed);
        }
    }

    private FutureTask<Link> opening(NodeAddress to) {
        var opening = new FutureTask<>(() -> ops.links().act(to));
        Thread.ofVirtual().name("observer connects " + to).start(opening);
        return opening;
    }

    /** One that is still being made stays. */
    private void drop(NodeAddress to) {
        var link = open.get(to);
        if (link != null && link.isDone() && open.remove(to, link)) {
            close(link);
        }
    }

    private static void close(FutureTask<Link> link) {
        if (!link.cancel(true) && link.state() == Future.State.SUCCESS) {
            link.resultNow().close();
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
        open.values().forEach(Observers::close);
        open.clear();
    }
}
