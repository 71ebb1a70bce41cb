package io.clusterdeck.ssh;

import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.say.Unreachable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One copy of one file over one shell, by {@code remote/put.sh} or {@code remote/get.sh}: {@code cat} needs nothing on the host
 * that a shell does not need, where sftp may be switched off. The bytes' SHA-256 decides.
 */
final class Copy {

    private static final Logger LOG = LoggerFactory.getLogger(Copy.class);
    private static final Mark END = new Mark("", List.of());
    private static final int CHUNK = 32 * 1024;
    /** Without a single byte moved for so long, it is given up. */
    private static final long STALL_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final HostName host;
    private final Shell shell;
    private final String nonce = Remote.nonce();
    private final LinkedBlockingQueue<Mark> marks = new LinkedBlockingQueue<>();
    private final AtomicReference<IOException> broken = new AtomicReference<>();
    private volatile long moved = System.nanoTime();

    private Copy(HostName host, Shell shell) {
        this.host = host;
        this.shell = shell;
    }

    /** Closes the shell. */
    static void put(HostName host, Shell shell, Path from, RemotePath to, Progress progress)
            throws Failure, InterruptedException {
        try (shell) {
            new Copy(host, shell).put(from, to, progress);
        } catch (IOException unreadable) {
            throw here("ssh.copy-cant-read-here", from, unreadable);
        }
    }

    /** Closes the shell. */
    static void get(HostName host, Shell shell, RemotePath from, Path to, Progress progress)
            throws Failure, InterruptedException {
        var part = to.resolveSibling(".clusterdeck-" + Remote.nonce());
        try (shell) {
            new Copy(host, shell).get(from, part, progress);
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw here("ssh.copy-cant-write-here", to, unwritable);
        } finally {
            remove(part);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException left) {
            LOG.warn("{} was left behind", part, left);
        }
    }

    private static NotAllowed here(String key, Path path, IOException why) {
        var text = why instanceof NoSuchFileException ? "No such file or directory" : String.valueOf(why.getMessage());
        return new NotAllowed(
                Say.of(key, "path", path, "why", text), Say.of(key + ".next", "path", path, "why", text), why);
    }

    // there

    private void put(Path from, RemotePath to, Progress progress) throws IOException, Failure, InterruptedException {
        long total = Files.size(from);
        var script = Script.of("put", "apply")
                .with("to", to.value())
                .with("size", total)
                .with("mode", mode(from));
        start("marks", () -> Lines.each(shell.out(), this::hear), true);
        start("chatter", () -> Lines.each(shell.err(), line -> LOG.debug("{}: {}", host, line)), false);
        start("ask", () -> write(Remote.bare(nonce, script)), false);
        expect("ready");
        var digest = sha256();
        var done = new LinkedBlockingQueue<Boolean>();
        try (var in = Files.newInputStream(from)) {
            start("bytes", () -> done.add(send(in, total, digest, progress)), false);
            var sum = expect("fact").value(1);
            await(done);
            if (!sum.equals(HexFormat.of().formatHex(digest.digest()))) {
                throw failed("ssh.copy-differs", new LinkedHashMap<>(Map.of("path", to.value())));
            }
        }
        write("same\n");
        expect("copied");
    }

    private boolean send(InputStream in, long total, MessageDigest digest, Progress progress) throws IOException {
        var chunk = new byte[CHUNK];
        progress.at(0, total);
        for (long done = 0; done < total; ) {
            int n = in.read(chunk, 0, (int) Math.min(chunk.length, total - done));
            if (n < 0) {
                throw new EOFException("the file has become shorter");
            }
            digest.update(chunk, 0, n);
            shell.in().write(chunk, 0, n);
            done += n;
            moved = System.nanoTime();
            progress.at(done, total);
        }
        shell.in().flush();
        return true;
    }

    private static String mode(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return "644";
        }
        int mode = 0;
        for (var p : Files.getPosixFilePermissions(file)) {
            // the enum's order is that of the bits, from 0400 down
            mode |= 0400 >> p.ordinal();
        }
        return Integer.toOctalString(mode);
    }

    // here

    private void get(RemotePath from, Path part, Progress progress) throws IOException, Failure, InterruptedException {
        var script = Script.of("get", "check").with("from", from.value());
        start("marks", () -> Lines.each(shell.err(), this::hear), true);
        start("ask", () -> write(Remote.bare(nonce, script)), false);
        long size = Long.parseLong(expect("fact").value(1));
        var digest = sha256();
        var done = new LinkedBlockingQueue<Boolean>();
        try (var out = Files.newOutputStream(part)) {
            start("bytes", () -> done.add(receive(out, size, digest, progress)), false);
            var sum = expect("fact").value(1);
            await(done);
            if (!sum.equals(HexFormat.of().formatHex(digest.digest()))) {
                throw failed("ssh.copy-differs", new LinkedHashMap<>(Map.of("path", from.value())));
            }
        }
    }

    private boolean receive(OutputStream out, long size, MessageDigest digest, Progress progress) throws IOException {
        var in = shell.out();
        skip(in, ("\n::" + nonce + " data\n").getBytes(StandardCharsets.US_ASCII));
        var chunk = new byte[CHUNK];
        progress.at(0, size);
        for (long done = 0; done < size; ) {
            int n = in.read(chunk, 0, (int) Math.min(chunk.length, size - done));
            if (n < 0) {
                throw new EOFException("ended after " + done + " of " + size + " bytes");
            }
            out.write(chunk, 0, n);
            digest.update(chunk, 0, n);
            done += n;
            moved = System.nanoTime();
            progress.at(done, size);
        }
        return true;
    }

    /** Reads up to and over the mark: what a login shell prints comes before it. */
    private static void skip(InputStream in, byte[] mark) throws IOException {
        var last = new byte[mark.length];
        while (!Arrays.equals(last, mark)) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("ended before the first byte");
            }
            System.arraycopy(last, 1, last, 0, last.length - 1);
            last[last.length - 1] = (byte) b;
        }
    }

    // both

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void start(String name, Work work, boolean last) {
        Thread.ofVirtual().name(host + " copy " + name).start(() -> {
            try {
                work.run();
            } catch (IOException gone) {
                LOG.debug("{}: copying stopped", host, gone);
                if (name.equals("bytes")) {
                    broken.compareAndSet(null, gone);
                }
            } finally {
                if (last) {
                    marks.add(END);
                }
            }
        });
    }

    private void write(String text) throws IOException {
        shell.in().write(text.getBytes(StandardCharsets.UTF_8));
        shell.in().flush();
    }

    private void hear(String line) {
        Mark.in(line, nonce).map(Mark.Found::mark).ifPresent(marks::add);
    }

    private Mark expect(String word) throws Failure, InterruptedException {
        while (true) {
            var mark = marks.poll(1, TimeUnit.SECONDS);
            if (mark == null) {
                check();
            } else if (mark.word().equals(word)) {
                return mark;
            } else if (mark.word().equals("failed")) {
                var say = mark.say(0).orElseThrow();
                throw failed(say.key(), new LinkedHashMap<>(say.args()));
            } else if (mark == END) {
                throw shell.connected()
                        ? new UnexpectedOutput(
                                Say.of("ssh.copy-broke-off", "host", host),
                                Say.of("ssh.copy-broke-off.next", "host", host))
                        : lost();
            }
        }
    }

    private void await(LinkedBlockingQueue<Boolean> done) throws Failure, InterruptedException {
        while (done.poll(1, TimeUnit.SECONDS) == null) {
            check();
        }
    }

    private void check() throws Failure {
        if (broken.get() != null) {
            throw lost();
        }
        if (System.nanoTime() - moved > STALL_NANOS) {
            throw new Unreachable(Say.of("ssh.copy-stalled", "host", host), Say.of("ssh.lost.next", "host", host));
        }
    }

    private Unreachable lost() {
        return new Unreachable(Say.of("ssh.lost", "host", host), Say.of("ssh.lost.next", "host", host), broken.get());
    }

    private CommandFailed failed(String key, LinkedHashMap<String, Object> args) {
        args.put("host", host.value());
        return new CommandFailed(new Say(key, args), new Say(key + ".next", args), 1, List.of());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
