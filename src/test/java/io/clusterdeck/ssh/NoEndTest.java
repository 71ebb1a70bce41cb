package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A script whose time is over: it was ended only where the other side says so. */
@Timeout(300)
class NoEndTest {
    private static final Pattern NONCE = Pattern.compile("N=([0-9a-f]{16})");

    /** What the other side does when its stdin is closed. */
    private enum Host {
        SAYS_THAT_IT_ENDED,
        SAYS_THAT_IT_WAS_DONE,
        CLOSES,
        STAYS_SILENT
    }

    private static Failure failure(Host host, String verb) {
        return assertThrows(Failure.class, () -> run(host, verb));
    }

    private static Exit run(Host host, String verb) throws Exception {
        return run(host, verb, Duration.ofMillis(50), () -> {});
    }

    private static Exit run(Host host, String verb, Duration limit, Runnable once) throws Exception {
        var script = Script.of("probe", verb).within(limit);
        try (var shell = new Slow(host, once)) {
            return new Conversation(new HostName("h"), script, line -> {}, again -> Optional.empty()).over(shell);
        }
    }

    /** Interrupted once the host has the script: what was never sent has changed nothing. */
    private static InterruptedException cancelled(Host host, String verb) {
        return assertThrows(
                InterruptedException.class,
                () -> run(host, verb, Duration.ofMinutes(1), Thread.currentThread()::interrupt));
    }

    @Test
    void whatWasEndedFailed() {
        assertEquals(
                CommandFailed.class, failure(Host.SAYS_THAT_IT_ENDED, "apply").getClass());
    }

    @Test
    void whatNobodyHeardOfIsUnknown() {
        assertEquals(OutcomeUnknown.class, failure(Host.STAYS_SILENT, "apply").getClass());
        assertEquals(OutcomeUnknown.class, failure(Host.CLOSES, "apply").getClass());
        assertEquals(CommandFailed.class, failure(Host.CLOSES, "check").getClass(), "a look can be repeated");
    }

    /** Cancelled: the link may be dead, and what was begun go on. */
    @Test
    void whatWasCancelledIsUnknownUntilItsHostSaysThatItEnded() throws Exception {
        for (var host : Host.values()) {
            var cancelled = cancelled(host, "apply");
            boolean said = host == Host.SAYS_THAT_IT_ENDED || host == Host.SAYS_THAT_IT_WAS_DONE;
            assertEquals(said ? 0 : 1, cancelled.getSuppressed().length, host::name);
            if (!said) {
                assertEquals(OutcomeUnknown.class, cancelled.getSuppressed()[0].getClass());
            }
        }
        var look = cancelled(Host.STAYS_SILENT, "check");
        assertEquals(0, look.getSuppressed().length, "a look changes nothing");
    }

    @Test
    void whatEndedByItselfMeanwhileIsDone() throws Exception {
        assertEquals(0, run(Host.SAYS_THAT_IT_WAS_DONE, "apply").code());
    }

    /** Runs whatever it is sent until its stdin is closed. */
    private static final class Slow implements Shell {
        private final Host host;
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final PipedOutputStream say = new PipedOutputStream();
        private final PipedInputStream out = new PipedInputStream(say, 1 << 12);
        private final CountDownLatch begun = new CountDownLatch(1);
        private final AtomicBoolean closed = new AtomicBoolean();

        private final Runnable once;

        /** @param once is run when it has been sent the script */
        Slow(Host host, Runnable once) throws IOException {
            this.host = host;
            this.once = once;
        }

        @Override
        public OutputStream in() {
            return new OutputStream() {
                @Override
                public void write(int b) {
                    sent.write(b);
                }

                @Override
                public void write(byte[] bytes, int from, int count) {
                    sent.write(bytes, from, count);
                    if (begun.getCount() > 0) {
                        begun.countDown();
                        once.run();
                    }
                }
            };
        }

        private void end() throws IOException, InterruptedException {
            begun.await();
            var nonce = NONCE.matcher(sent.toString(StandardCharsets.UTF_8));
            nonce.find();
            int code = host == Host.SAYS_THAT_IT_ENDED ? 143 : 0;
            if (host == Host.SAYS_THAT_IT_ENDED || host == Host.SAYS_THAT_IT_WAS_DONE) {
                say.write("::%s exit %d\n".formatted(nonce.group(1), code).getBytes(StandardCharsets.UTF_8));
            }
            if (host != Host.STAYS_SILENT) {
                say.close();
            }
        }

        @Override
        public InputStream out() {
            return out;
        }

        @Override
        public InputStream err() {
            return InputStream.nullInputStream();
        }

        @Override
        public boolean connected() {
            return true;
        }

        @Override
        public void close() {
            try {
                if (closed.compareAndSet(false, true)) {
                    end();
                }
            } catch (IOException | InterruptedException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }
}
