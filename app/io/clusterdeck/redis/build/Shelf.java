package io.clusterdeck.redis.build;

import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.Progress;
import io.clusterdeck.ssh.RemotePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is on its way to hosts, kept on this computer by its SHA-256, so that it comes here once for all of them. Safe for use by many
 * threads.
 */
public final class Shelf {

    /** As downloads on hosts wait for a server that has fallen silent. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** @param folder made when something is first put there */
    public Shelf(Path folder) {
        this.folder = folder;
    }

    /** A file of a host, here. */
    Path from(Host host, RemotePath file, String sha256, Progress progress) throws Failure, InterruptedException {
        return once(sha256, to -> host.get(file, to, progress));
    }

    /** What a URL gives, here; fetched by this computer, for hosts that can't. */
    Path fetched(String url, String sha256, Progress progress) throws Failure, InterruptedException {
        return once(sha256, to -> new Fetch(SILENCE).to(to, url, progress));
    }

    /** A resource of the program, as a file. */
    Path resource(String name, String sha256) throws Failure, InterruptedException {
        return once(sha256, to -> {
            try (var in = PackagedRedis.open(name)) {
                Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw unusable(to, e);
            }
        });
    }

    /** The programs of a folder of this computer, as one archive. */
    Path packed(ProgramsFolder programs) throws Failure {
        try {
            Files.createDirectories(folder);
            var part = Files.createTempFile(folder, "part", "");
            try {
                try (var out = Files.newOutputStream(part)) {
                    programs.pack(out);
                }
                var file = folder.resolve(sha256(part));
                return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unusable(programs.folder(), e);
        }
    }

    /** Something of which only one may be under way for a key, such as packing on one host. */
    interface Work<T> {
        T go() throws Failure, InterruptedException;
    }

    <T> T alone(String key, Work<T> work) throws Failure, InterruptedException {
        var lock = locks.computeIfAbsent(key, s -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            return work.go();
        } finally {
            lock.unlock();
        }
    }

    private interface Bringer {
        void bring(Path to) throws Failure, InterruptedException;
    }

    private Path once(String sha256, Bringer bringer) throws Failure, InterruptedException {
        var lock = locks.computeIfAbsent(sha256, s -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            var file = folder.resolve(sha256);
            if (Files.exists(file) && sha256(file).equals(sha256)) {
                return file;
            }
            Files.createDirectories(folder);
            var part = Files.createTempFile(folder, "part", "");
            try {
                bringer.bring(part);
                var got = sha256(part);
                if (!got.equals(sha256)) {
                    throw wrongSum(file.getFileName().toString(), sha256, got);
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            return file;
        } catch (IOException e) {
            throw unusable(folder, e);
        } finally {
            lock.unlock();
        }
    }

    private static Failure wrongSum(String name, String wanted, String got) {
        var what = Say.of("build.source.wrong-sum", "name", name, "wanted", wanted, "got", got);
        return new CommandFailed(what, HostStep.next(what), 1, List.of());
    }

    private static NotAllowed unusable(Path file, IOException why) {
        return new NotAllowed(
                Say.of("build.local-file", "file", file, "why", String.valueOf(why.getMessage())),
                Say.of("build.local-file.next"),
                why);
    }

    /** The SHA-256 of a file of this computer, in hex. */
    static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return sha256(in);
        }
    }

    /** A file that the operator named; a missing one is told by name. */
    static String sumOf(Path file) throws NotAllowed {
        try {
            return sha256(file);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    static String sumOfResource(String name) {
        try (var in = PackagedRedis.open(name)) {
            return sha256(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String sha256(InputStream in) throws IOException {
        try (var digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
