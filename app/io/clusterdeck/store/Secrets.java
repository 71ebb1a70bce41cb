package io.clusterdeck.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;

/**
 * Passwords that the operator had kept, in one encrypted file: {@code secrets.json}, AES-256-GCM. Its key lies beside it in
 * {@code secrets.key}: that keeps out other users and backups of single files, not who can read this whole folder. Names: {@code clusters/NAME/requirepass},
 * {@code hosts/NAME/password|sudo|passphrase}. Safe for use by many threads and processes.
 */
public final class Secrets {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Path keyFile;
    private final Seal seal;

    private Secrets(Path folder) throws Failure {
        this.file = folder.resolve("secrets.json");
        this.keyFile = folder.resolve("secrets.key");
        var made = new AtomicReference<Seal>();
        alone(() -> made.set(seal()));
        this.seal = Objects.requireNonNull(made.get());
    }

    static Secrets open(Path folder) throws Failure {
        return new Secrets(folder);
    }

    public synchronized Optional<Secret> get(String name) throws Failure {
        return Optional.ofNullable(all().get(name)).map(Secret::of);
    }

    public synchronized Set<String> names() throws Failure {
        return Set.copyOf(all().keySet());
    }

    public synchronized void keep(String name, Secret secret) throws Failure {
        change(all -> all.put(name, secret.reveal()));
    }

    public synchronized void forget(String name) throws Failure {
        change(all -> all.remove(name));
    }

    private interface Change {
        void to(Map<String, String> all);
    }

    private void change(Change change) throws Failure {
        alone(() -> {
            var all = all();
            change.to(all);
            write(all);
        });
    }

    private interface Work {
        void run() throws Failure;
    }

    /** With no other process writing meanwhile. */
    private void alone(Work work) throws Failure {
        var lock = file.resolveSibling("secrets.lock");
        try (var channel = FileChannel.open(
                        lock,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        Files0600.rights(file, "rw-------"));
                var held = channel.lock()) {
            LoggerFactory.getLogger(Secrets.class).trace("{}", held);
            work.run();
        } catch (IOException failed) {
            throw Kept.unwritable(lock, failed);
        }
    }

    private Map<String, String> all() throws Failure {
        var box = box();
        if (box.isEmpty()) {
            return new TreeMap<>();
        }
        var clear = seal.open(box.get());
        if (clear.isEmpty()) {
            throw changed();
        }
        try {
            return new TreeMap<>(JSON.readValue(clear.get(), new TypeReference<Map<String, String>>() {}));
        } catch (IOException broken) {
            throw Kept.unreadable(file, broken);
        } finally {
            Arrays.fill(clear.get(), (byte) 0);
        }
    }

    private void write(Map<String, String> all) throws Failure {
        try {
            var clear = JSON.writeValueAsBytes(all);
            Files0600.replace(file, JSON.writeValueAsBytes(seal.close(clear)));
            Arrays.fill(clear, (byte) 0);
        } catch (IOException failed) {
            throw Kept.unwritable(file, failed);
        }
    }

    private Optional<Seal.Box> box() throws Failure {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), Seal.Box.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException broken) {
            throw Kept.unreadable(file, broken);
        }
    }

    private NotAllowed changed() {
        return new NotAllowed(Say.of("store.secrets-other-key", "file", file), Say.of("store.secrets-other-key.next"));
    }

    private Seal seal() throws Failure {
        try {
            return Seal.of(Files.readAllBytes(keyFile));
        } catch (NoSuchFileException none) {
            if (box().isPresent()) {
                throw changed();
            }
            return newFile();
        } catch (IOException unreadable) {
            throw Kept.unreadable(keyFile, unreadable);
        }
    }

    private Seal newFile() throws Failure {
        try {
            var key = Seal.random(32);
            Files0600.replace(keyFile, key);
            return Seal.of(key);
        } catch (IOException failed) {
            throw Kept.unwritable(keyFile, failed);
        }
    }
}
