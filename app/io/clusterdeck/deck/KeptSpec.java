package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.store.Home;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of an open cluster. Where it is kept, its cluster.yaml leads: another process may turn its read-only switch, which is
 * seen within a second where one asks all the time, and a change is made to what stands there then. Safe for use by many threads.
 */
final class KeptSpec implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptSpec.class);
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Home home;
    private final Searching.Keeper keeper;
    private final Consumer<ClusterSpec> each;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile ClusterSpec spec;
    private volatile boolean kept;
    private volatile long looked;
    private @Nullable FileTime read;
    private boolean closed;

    /**
     * @param kept whether it has a file that it follows
     * @param each told every change
     */
    KeptSpec(Home home, ClusterSpec spec, boolean kept, Searching.Keeper keeper, Consumer<ClusterSpec> each) {
        this.home = home;
        this.spec = spec;
        this.kept = kept;
        this.keeper = keeper;
        this.each = each;
        this.looked = System.nanoTime() - EVERY;
    }

    /** Never waits, for a window asks it as well: the file is looked at aside. */
    ClusterSpec now() {
        if (kept && System.nanoTime() - looked > EVERY && looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("follow " + spec.name()).start(() -> {
                try {
                    follow();
                } finally {
                    looking.set(false);
                }
            });
        }
        return spec;
    }

    /** Takes over what another process wrote; one that it forgot is not kept any more. */
    private synchronized void follow() {
        looked = System.nanoTime();
        if (!kept) {
            return;
        }
        var changed = home.clusterChanged(spec.name());
        if (changed.isEmpty()) {
            kept = false;
        } else if (!changed.get().equals(read)) {
            try {
                Optional<ClusterSpec> there = ClusterFiles.read(home, spec.name());
                read = changed.get();
                there.filter(s -> !s.equals(spec)).ifPresent(this::know);
            } catch (Failure broken) {
                LOG.warn("{} is used as it was read last: {}", spec.name(), broken.what());
            }
        }
    }

    /** Uses it from now on without keeping it. */
    synchronized void know(ClusterSpec changed) {
        spec = changed;
        each.accept(changed);
    }

    synchronized void knowMore(UnaryOperator<ClusterSpec> more) {
        know(more.apply(spec));
    }

    /** Uses it from now on and keeps it. */
    synchronized void keep(ClusterSpec changed) throws Failure {
        kept = true;
        know(changed);
        write();
    }

    /** Changes what is there by now; kept where the cluster is kept still. */
    synchronized void change(UnaryOperator<ClusterSpec> change) throws Failure {
        follow();
        know(change.apply(spec));
        if (kept) {
            write();
        }
    }

    /** Keeps where a look found a node, unless it is closed. */
    synchronized void learn(NodeSite site) throws Failure {
        if (!closed) {
            change(now -> now.with(site));
        }
    }

    /** Looks at hosts that hang are waited for by nobody: what they find later is not kept. What a person does still is. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    /** Knows nothing of a host any more; not allowed where what is kept by now needs it. */
    synchronized void leave(HostName host) throws Failure {
        follow();
        if (spec.needs(host)) {
            throw new NotAllowed(
                    Say.of("deck.host.needed", "host", host), Say.of("deck.host.needed.next", "host", host));
        }
        change(now -> now.without(host));
    }

    private void write() throws Failure {
        keeper.keep(spec);
        read = home.clusterChanged(spec.name()).orElse(null);
    }
}
