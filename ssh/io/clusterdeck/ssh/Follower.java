package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.UnexpectedOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows files by {@code remote/follow.sh} and goes on where it stopped when the connection comes back: it knows inode and
 * offset of every file.
 */
final class Follower implements Following, Conversation.Raw {

    /** Where to run it. */
    @FunctionalInterface
    interface Shells {
        Shell open() throws Failure, InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration START = Duration.ofSeconds(30);
    private static final int LONGEST_PAUSE = 10;

    private final HostName host;
    private final List<File> files = new ArrayList<>();
    private final LogListener to;
    private final Shells shells;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean alive;
    private volatile boolean closed;
    private int current = -1;

    /** What is known of one file: the line that has begun in it, and where the next byte belongs. */
    private final class File {
        private final RemotePath path;
        private final StringBuilder line = new StringBuilder();
        private long inode;
        /** How it begins, in the script's words. */
        private String head = "0-";

        private long next = -1;
        private long begin;

        File(RemotePath path) {
            this.path = path;
        }

        void at(long inode, long offset) {
            if (inode != this.inode || offset != next) {
                // the end of a file without a newline is a line, too
                if (!line.isEmpty()) {
                    tell();
                }
                if (inode == this.inode && offset < next) {
                    hear(() -> to.emptied(host, path));
                }
                this.inode = inode;
                next = offset;
                begin = offset;
            }
        }

        void bytes(String latin, boolean newline) {
            line.append(latin);
            next += latin.length() + (newline ? 1 : 0);
            if (newline) {
                tell();
            }
        }

        private void tell() {
            var text = new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            var told = new LogLine(
                    host, path, inode, begin, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            line.setLength(0);
            begin = next;
            hear(() -> to.line(told));
        }

        private void hear(Runnable what) {
            try {
                what.run();
            } catch (RuntimeException bug) {
                LOG.error("{}: a listener to {} failed", host, path, bug);
            }
        }
    }

    private Follower(HostName host, List<RemotePath> paths, LogListener to, Shells shells) {
        this.host = host;
        this.to = to;
        this.shells = shells;
        paths.forEach(p -> files.add(new File(p)));
        this.thread = Thread.ofVirtual().name(host + " follow").unstarted(this::run);
    }

    /** Returns when every file is being watched: what is written from then on is told. */
    static Follower start(HostName host, List<RemotePath> paths, LogListener to, Shells shells)
            throws Failure, InterruptedException {
        var follower = new Follower(host, paths, to, shells);
        follower.thread.start();
        boolean started = false;
        try {
            follower.ready.get(START.toSeconds(), TimeUnit.SECONDS);
            started = true;
            return follower;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Failure f ? f : silent(host);
        } catch (TimeoutException late) {
            throw silent(host);
        } finally {
            if (!started) {
                follower.close();
            }
        }
    }

    private static Failure silent(HostName host) {
        return new UnexpectedOutput(Say.of("ssh.no-follow", "host", host), Say.of("ssh.no-follow.next", "host", host));
    }

    @Override
    public boolean alive() {
        return alive;
    }

    @Override
    public boolean over() {
        return closed;
    }

    @Override
    public Optional<Failure> end() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible); // it is only ever completed with a value
        }
    }

    @Override
    public void close() {
        closed = true;
        end.complete(Optional.empty());
        alive = false;
        thread.interrupt();
    }

    private void run() {
        int pause = 1;
        while (!closed) {
            try {
                new Conversation(host, script(), line -> LOG.debug("{}", line), again -> Optional.empty(), this)
                        .over(shells.open());
                pause = 1;
                LOG.debug("{}: following has ended there", host);
            } catch (SignInRefused | HostKeyChanged | NotAllowed | UnexpectedOutput final_) {
                LOG.warn("{}: its logs are not followed any more: {}", host, final_.what());
                over(final_);
            } catch (Failure lost) {
                LOG.debug("{}: following was cut, and will be taken up again", host, lost);
                if (Lanes.letGo(lost) || !ready.isDone() && !(lost instanceof OutcomeUnknown)) {
                    over(lost);
                }
            } catch (InterruptedException stopped) {
                LOG.debug("{}: following was stopped", host, stopped);
                closed = true;
            } catch (RuntimeException hostClosed) {
                LOG.debug("{}: following has ended", host, hostClosed);
                over(silent(host));
            }
            if (alive) {
                pause = 1;
            }
            alive = false;
            if (!closed) {
                rest(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            }
        }
        end.complete(Optional.empty());
    }

    private void over(Failure why) {
        closed = true;
        end.complete(Optional.of(why));
        ready.completeExceptionally(why);
    }

    private void rest(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException stopped) {
            LOG.debug("{}: following was stopped", host, stopped);
            closed = true;
        }
    }

    private Script script() {
        current = -1;
        var script = Script.of("follow", "check").within(Duration.ofDays(3650)).with("count", files.size());
        for (int i = 0; i < files.size(); i++) {
            var file = files.get(i);
            // what did not exist when following began is read from its beginning
            long next = file.next < 0 && ready.isDone() ? 0 : file.next;
            script = script.with("file_" + i, file.path.value())
                    .with("inode_" + i, file.inode)
                    .with("offset_" + i, next)
                    .with("head_" + i, file.head);
        }
        return script;
    }

    @Override
    public void bytes(String latin, boolean newline) {
        if (current >= 0) {
            files.get(current).bytes(latin, newline);
        }
    }

    @Override
    public boolean mark(Mark mark) {
        switch (mark.word()) {
            case "at" -> {
                current = Integer.parseInt(mark.value(0));
                files.get(current).at(Long.parseLong(mark.value(1)), Long.parseLong(mark.value(2)));
            }
            case "end" -> current = -1;
            case "begins" -> files.get(Integer.parseInt(mark.value(0))).head = mark.value(1);
            case "ready" -> {
                alive = !closed;
                ready.complete(null);
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
