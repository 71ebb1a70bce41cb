package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One script's run over one shell: sends it, keeps its heart beating, answers what it asks and collects what it says.
 * Used once. Three virtual threads serve it: one writes, two read.
 */
final class Conversation {

    /** Who knows the password for sudo. */
    @FunctionalInterface
    interface Sudo {
        Optional<Secret> password(boolean again) throws InterruptedException;
    }

    /** Takes stdout as bytes (characters of ISO 8859-1) and the marks first. */
    interface Raw {
        /** @param newline whether a newline ended it; without, a mark followed at once */
        void bytes(String latin, boolean newline);

        /** Whether the mark was meant for it. */
        boolean mark(Mark mark);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final String CLOSE = "";
    /** The wrapper gives up after 60 seconds without a line. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    /** The wrapper needs 4 seconds from TERM to KILL; the rest is for slow networks. */
    private static final Duration GRACE = Duration.ofSeconds(8);
    /** What the wrapper says of a script that it ended. */
    private static final int ENDED = 143;

    private final HostName host;
    private final Script script;
    private final Consumer<Line> live;
    private final Sudo sudo;
    private final @Nullable Raw raw;
    private final LinkedBlockingQueue<String> toSend = new LinkedBlockingQueue<>();
    private final CountDownLatch outEnded = new CountDownLatch(1);
    private final CountDownLatch errEnded = new CountDownLatch(1);
    // guarded by this
    private String nonce = Remote.nonce();
    private final Report report = new Report();
    private @Nullable Integer code;
    private @Nullable String missing;
    private boolean begun;
    private boolean errBegun;
    private boolean root;
    private boolean declined;
    private boolean sudoAsked;
    private @Nullable Thread asking;

    Conversation(HostName host, Script script, Consumer<Line> live, Sudo sudo) {
        this(host, script, live, sudo, null);
    }

    Conversation(HostName host, Script script, Consumer<Line> live, Sudo sudo, @Nullable Raw raw) {
        this.raw = raw;
        this.host = host;
        this.script = script;
        this.live = live;
        this.sudo = sudo;
        script.secrets().values().forEach(Secret::line);
    }

    /** Runs the script to its end, or ends it when the caller is interrupted (see {@link #unheard}) or its time is over. Closes the shell. */
    Exit over(Shell shell) throws Failure, InterruptedException {
        toSend.add(opening(script.sudo()));
        var reading = Thread.ofVirtual().name(host + " out").start(() -> read(shell.out(), false));
        Thread.ofVirtual().name(host + " err").start(() -> read(shell.err(), true));
        Thread.ofVirtual().name(host + " in").start(() -> send(shell));
        LOG.debug("{}: {} {} begins", host, script.resource(), script.verb());
        try {
            if (!ended(script.limit())) {
                end();
                overdue();
            }
        } catch (InterruptedException cancelled) {
            end();
            unheard().ifPresent(cancelled::addSuppressed);
            throw cancelled;
        } finally {
            toSend.add(CLOSE);
            if (reading.isAlive()) {
                LOG.debug("{}: output of {} stays open", host, script.resource());
            }
        }
        return result(shell);
    }

    private synchronized String opening(boolean asRoot) {
        return asRoot ? Remote.boot(nonce, "sudo") : Remote.boot(nonce, "wrap") + Remote.code(nonce, script);
    }

    /** Waits for the end; time in which a person is asked does not count. */
    private boolean ended(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        while (left > 0) {
            long before = System.nanoTime();
            if (outEnded.await(Math.min(left, 200_000_000L), TimeUnit.NANOSECONDS)) {
                errEnded.await(2, TimeUnit.SECONDS);
                return true;
            }
            synchronized (this) {
                left -= asking == null ? System.nanoTime() - before : 0;
            }
        }
        return false;
    }

    /** Closes stdin, upon which the wrapper ends the script's process group, and waits until it says so. */
    private void end() {
        synchronized (this) {
            if (asking != null) {
                asking.interrupt();
            }
        }
        toSend.clear();
        toSend.add(CLOSE);
        boolean interrupted = false;
        long until = System.nanoTime() + GRACE.toNanos();
        while (true) {
            try {
                if (!outEnded.await(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.warn("{}: no word that {} has ended", host, script.resource());
                }
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Shell shell) {
        try (shell) {
            while (true) {
                var text = toSend.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (text != null && text.equals(CLOSE)) {
                    return;
                }
                shell.in().write((text == null ? ".\n" : text).getBytes(StandardCharsets.UTF_8));
                shell.in().flush();
            }
        } catch (IOException gone) {
            LOG.debug("{}: stdin of {} has closed", host, script.resource(), gone);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(InputStream in, boolean error) {
        try {
            if (raw == null || error) {
                Lines.each(in, line -> hear(line, error));
            } else {
                Lines.eachOfBytes(in, line -> hearBytes(line, raw));
            }
        } catch (IOException gone) {
            LOG.debug("{}: output of {} has closed", host, script.resource(), gone);
        } finally {
            (error ? errEnded : outEnded).countDown();
        }
    }

    private synchronized void hear(String line, boolean error) {
        var found = Mark.in(line, nonce);
        if (found.isEmpty()) {
            text(line, error);
            return;
        }
        if (!found.get().before().isEmpty()) {
            text(found.get().before(), error);
        }
        heed(found.get().mark(), error);
    }

    private synchronized void hearBytes(String line, Raw raw) {
        var found = Mark.in(line, nonce);
        if (begun && found.isEmpty()) {
            raw.bytes(line, true);
        } else if (begun && !found.get().before().isEmpty()) {
            raw.bytes(found.get().before(), false);
        }
        found.map(Mark.Found::mark).filter(m -> !raw.mark(m)).ifPresent(m -> heed(m, false));
    }

    private void text(String raw, boolean error) {
        var line = Printable.of(raw);
        if (!(error ? errBegun : begun)) {
            report.chatter(line);
            return;
        }
        report.line(line);
        tell(new Line.Text(line, error));
    }

    private void heed(Mark mark, boolean error) {
        switch (mark.word()) {
            case "begin" -> {
                begun |= !error;
                errBegun |= error;
            }
            case "exit" -> {
                code = Integer.valueOf(mark.value(0));
                (error ? errEnded : outEnded).countDown();
            }
            case "progress" -> tell(new Line.Progress(mark.percent(0), mark.value(1)));
            case "say" -> mark.say(0).ifPresent(say -> tell(new Line.Said(say)));
            case "ask" -> {
                var secret = script.secrets().get(mark.value(0));
                toSend.add(secret == null ? "-\n" : "=" + secret.line() + "\n");
            }
            case "sudo" -> {
                boolean again = sudoAsked;
                sudoAsked = true;
                asking = Thread.ofVirtual().name(host + " sudo").start(() -> answerSudo(again));
            }
            case "up" -> {
                if (!root) {
                    root = true;
                    nonce = Remote.nonce(); // the first stood in sudo's arguments, for every account to read
                    toSend.add(opening(false));
                }
            }
            case "missing" -> missing = mark.value(0);
            default -> {
                if (!report.takes(mark)) {
                    LOG.warn("{}: {} marks an unknown word {}", host, script.resource(), mark.word());
                }
            }
        }
    }

    private void tell(Line line) {
        try {
            live.accept(line);
        } catch (RuntimeException bug) {
            LOG.error("{}: a listener to {} failed", host, script.resource(), bug);
        }
    }

    private void answerSudo(boolean again) {
        Optional<Secret> password = Optional.empty();
        try {
            password = sudo.password(again);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            asking = null;
            declined = password.isEmpty();
            toSend.add(declined ? CLOSE : password.orElseThrow().line() + "\n");
        }
    }

    private synchronized Exit result(Shell shell) throws Failure {
        if (code != null) {
            LOG.debug("{}: {} {} ended with {}", host, script.resource(), script.verb(), code);
            return report.exit(code);
        }
        if (missing != null) {
            throw NoEnd.missing(host, missing);
        }
        if (!shell.connected() || begun) {
            throw NoEnd.lost(host, script);
        }
        throw script.sudo() && !root ? NoEnd.noSudo(host, declined, report.said()) : NoEnd.noShell(host, report.said());
    }

    /** Where the host never said that it ended a script that was cancelled: it may go on for as long as the heartbeat is waited for. */
    private synchronized Optional<Failure> unheard() {
        boolean lost =
                code == null && (!script.sudo() || root) && !script.verb().equals("check");
        return lost ? Optional.of(NoEnd.lost(host, script)) : Optional.empty();
    }

    /** What became of it when its time was over: a script may have come to its own end meanwhile. */
    private synchronized void overdue() throws Failure {
        if (code == null || code == ENDED) {
            throw NoEnd.timeOver(host, script, report.tail(), code != null);
        }
    }
}
