package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The connections to one host and the shells that run in them. Usually there is one connection; callers wait their turn for a
 * channel. Where the server allows fewer channels the limit follows, and when all are taken for long another connection is
 * opened. Safe for use by many threads.
 */
final class Lanes implements AutoCloseable {

    /** Signs in anew. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws Failure, InterruptedException;
    }

    /** Told for what somebody waits; may end that. */
    @FunctionalInterface
    interface Waiting {
        void takesLong(Say what) throws Failure;
    }

    private static final int MOST_CONNECTIONS = 4;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int REFUSALS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LET_GO = "ssh.let-go";

    private final HostName host;
    private final Opener opener;
    private final int mostConnections;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Connection> connections = new ArrayList<>();
    /** What runs in the channels that are taken. */
    private final List<String> running = new ArrayList<>();

    private boolean opening;
    private boolean closed;
    private long noMoreUntil;
    private @Nullable Failure failure;
    private long failedAt;

    Lanes(HostName host, Opener opener) {
        this(host, opener, MOST_CONNECTIONS);
    }

    Lanes(HostName host, Opener opener, int mostConnections) {
        this(host, opener, mostConnections, PATIENCE);
    }

    /** @param patience after so long without a channel the one who waits is told what runs */
    Lanes(HostName host, Opener opener, int mostConnections, Duration patience) {
        this.host = host;
        this.opener = opener;
        this.mostConnections = mostConnections;
        this.patience = patience;
    }

    /** Whether it failed because we closed the host ourselves: trying again is of no use. */
    static boolean letGo(Failure failure) {
        return failure.what().key().equals(LET_GO);
    }

    /** A new shell; fails where none is free for long: those that have them may stay for as long as we do. */
    ExecShell shell() throws Failure, InterruptedException {
        return shell("relay", waits -> {
            int taken = ((List<?>) Objects.requireNonNull(waits.args().get("running"))).size();
            throw new NotAllowed(
                    Say.of("ssh.sessions-taken", "host", host, "n", taken),
                    Say.of("ssh.sessions-taken.next", "host", host));
        });
    }

    /**
     * A new shell, as soon as a channel is free.
     *
     * @param what is to run in it
     * @param waits told once for what it waits, when that takes long; on the caller's thread
     */
    ExecShell shell(String what, Waiting waits) throws Failure, InterruptedException {
        for (int refused = 0; ; refused++) {
            var connection = take(what, waits);
            boolean kept = false;
            try {
                var shell = connection.shell(() -> release(connection, what));
                kept = true;
                return shell;
            } catch (Connection.Refused full) {
                if (refused >= REFUSALS) {
                    throw connection.noChannel();
                }
                lower(connection);
                LoggerFactory.getLogger(Lanes.class).debug("fewer channels than thought: {}", connection.limit, full);
            } finally {
                if (!kept) {
                    release(connection, what);
                }
            }
            // a channel that was just closed counts until its process has ended
            TimeUnit.MILLISECONDS.sleep(20L * (refused + 1));
        }
    }

    /** A connection for something that takes no channel of the budget. */
    Connection any() throws Failure, InterruptedException {
        long arrived = System.nanoTime();
        while (true) {
            lock.lockInterruptibly();
            try {
                connections.removeIf(c -> !c.alive());
                if (!connections.isEmpty()) {
                    return connections.getFirst();
                }
                if (!mayOpen(arrived, true)) {
                    continue;
                }
            } finally {
                lock.unlock();
            }
            add();
        }
    }

    private Connection take(String what, Waiting waits) throws Failure, InterruptedException {
        long arrived = System.nanoTime();
        boolean told = false;
        while (true) {
            boolean open;
            List<String> others;
            lock.lockInterruptibly();
            try {
                connections.removeIf(c -> !c.alive());
                for (var c : connections) {
                    if (c.used < c.limit) {
                        c.used++;
                        running.add(what);
                        return c;
                    }
                }
                boolean more = connections.size() < mostConnections
                        && System.nanoTime() - arrived > TURN_NANOS
                        && System.nanoTime() > noMoreUntil;
                open = mayOpen(arrived, connections.isEmpty() || more);
                others = List.copyOf(running);
            } finally {
                lock.unlock();
            }
            if (open) {
                add();
            } else if (!told && !others.isEmpty() && System.nanoTime() - arrived > patience.toNanos()) {
                told = true;
                waits.takesLong(Say.of("ssh.waits-for-channel", "host", host, "what", what, "running", others));
            }
        }
    }

    /** Whether the caller is the one to open; when not, has waited a little. Fails with the failure of the one that it waited for. */
    private boolean mayOpen(long arrived, boolean wanted) throws Failure, InterruptedException {
        if (closed) {
            throw new Unreachable(Say.of(LET_GO, "host", host), Say.of("ssh.let-go.next", "host", host));
        }
        if (failure != null && failedAt - arrived > 0 && connections.isEmpty()) {
            throw failure;
        }
        if (wanted && !opening) {
            opening = true;
            return true;
        }
        changed.awaitNanos(TURN_NANOS / 5);
        return false;
    }

    private void add() throws Failure, InterruptedException {
        Connection added = null;
        Failure failed = null;
        try {
            added = opener.open();
        } catch (Failure f) {
            failed = f;
        } finally {
            settle(added, failed);
        }
    }

    private void settle(@Nullable Connection added, @Nullable Failure failed) throws Failure {
        lock.lock();
        try {
            opening = false;
            if (added != null && closed) {
                added.close();
            } else if (added != null) {
                connections.add(added);
                failure = null;
            } else if (failed != null && connections.isEmpty()) {
                failure = failed;
                failedAt = System.nanoTime();
                throw failed;
            } else if (failed != null) {
                // one more was only a wish
                noMoreUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            }
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void lower(Connection connection) {
        lock.lock();
        try {
            if (connection.used > 1) {
                connection.limit = Math.min(connection.limit, connection.used - 1);
            }
        } finally {
            lock.unlock();
        }
    }

    private void release(Connection connection, String what) {
        lock.lock();
        try {
            connection.used--;
            running.remove(what);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing runs in any of them. */
    boolean idle() {
        lock.lock();
        try {
            return connections.stream().allMatch(c -> c.used == 0);
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of the connections when nothing runs in them; the next use opens anew. */
    void closeWhenIdle() {
        lock.lock();
        try {
            if (idle() && !opening) {
                connections.forEach(Connection::close);
                connections.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            connections.forEach(Connection::close);
            connections.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
