package io.clusterdeck.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.LoggerFactory;

/** known_hosts files as sshd(8) describes them: patterns, {@code [host]:port}, hashed names, {@code @revoked}, {@code @cert-authority}. */
final class KnownHosts {

    /** One line that names a host. */
    record Entry(String marker, String names, String type, byte[] key, Path file) {

        boolean names(String host) {
            return names.startsWith("|1|") ? hashed(host) : SshConfig.matches(List.of(names.split(",")), host);
        }

        /** {@code |1|base64 salt|base64 HMAC-SHA1(salt, host)}. */
        private boolean hashed(String host) {
            var parts = names.split("\\|");
            if (parts.length != 4) {
                return false;
            }
            try {
                return MessageDigest.isEqual(
                        Base64.getDecoder().decode(parts[3]),
                        hmac(Base64.getDecoder().decode(parts[2]), host));
            } catch (IllegalArgumentException notBase64) {
                return false;
            }
        }

        String fingerprint() {
            return KnownHosts.fingerprint(key);
        }
    }

    private static final ReentrantLock WRITING = new ReentrantLock();

    private final List<Path> files;

    /** @param files in order; the first is the one that is written */
    KnownHosts(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** Every entry that names the host, markers included. */
    List<Entry> about(String host) {
        return files.stream()
                .flatMap(f -> read(f).stream())
                .filter(e -> e.names(host))
                .toList();
    }

    private static List<Entry> read(Path file) {
        if (!Files.isReadable(file)) {
            return List.of();
        }
        try {
            var entries = new ArrayList<Entry>();
            for (var line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\r?\n")) {
                var words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+")));
                var marker = words.getFirst().startsWith("@") ? words.removeFirst() : "";
                if (words.size() >= 3 && !words.getFirst().startsWith("#")) {
                    entry(marker, words, file, entries);
                }
            }
            return entries;
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(KnownHosts.class).warn("{} could not be read", file, unreadable);
            return List.of();
        }
    }

    private static void entry(String marker, List<String> words, Path file, List<Entry> to) {
        try {
            to.add(new Entry(
                    marker, words.get(0), words.get(1), Base64.getDecoder().decode(words.get(2)), file));
        } catch (IllegalArgumentException notBase64) {
            LoggerFactory.getLogger(KnownHosts.class).debug("{}: a line that holds no key", file, notBase64);
        }
    }

    /** Adds a key to the first file, which is made with its folder when missing, for this user only. */
    void add(String host, String type, byte[] key, boolean hash) throws IOException {
        if (files.isEmpty()) {
            throw new IOException("no known_hosts file is configured");
        }
        var file = files.getFirst();
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, Private.folder());
        }
        var line = (hash ? hashedName(host) : host) + " " + type + " "
                + Base64.getEncoder().encodeToString(key) + "\n";
        var options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        WRITING.lock(); // the lock of a file keeps out other processes; a second one of this process would fail
        try (var channel = FileChannel.open(file, options, Private.file());
                var lock = channel.lock()) {
            long end = channel.size();
            var last = ByteBuffer.allocate(1);
            boolean open = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
            channel.write(ByteBuffer.wrap(((open ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8)), end);
        } finally {
            WRITING.unlock();
        }
    }

    private static String hashedName(String host) {
        var salt = new byte[20];
        new SecureRandom().nextBytes(salt);
        var base64 = Base64.getEncoder();
        return "|1|" + base64.encodeToString(salt) + "|" + base64.encodeToString(hmac(salt, host));
    }

    private static byte[] hmac(byte[] salt, String host) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            return mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As {@code ssh-keygen -l} prints it. */
    static String fingerprint(byte[] key) {
        try {
            return "SHA256:"
                    + Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The type that a key blob names itself: a length of four bytes and the name (RFC 4253, 6.6). */
    static String type(byte[] key) {
        int length = ByteBuffer.wrap(key).getInt();
        return new String(key, 4, length, StandardCharsets.US_ASCII);
    }
}
