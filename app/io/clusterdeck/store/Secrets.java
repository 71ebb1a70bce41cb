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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Passwords that the operator had kept, in one encrypted file: {@code secrets.json}, AES-256-GCM. Its key is derived from a master
 * password, or lies beside it in {@code secrets.key} where none was set (then it keeps out other users and backups of single files, not
 * who can read this whole folder; {@link #note} says so). Names: {@code clusters/NAME/requirepass},
 * {@code hosts/NAME/password|sudo|passphrase}. Safe for use by many threads and processes.
 */
public final class Secrets {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Path keyFile;
    private @Nullable Seal seal;

    private Secrets(Path folder) {
        this.file = folder.resolve("secrets.json");
        this.keyFile = folder.resolve("secrets.key");
    }

    static Secrets open(Path folder) throws Failure {
        var secrets = new Secrets(folder);
        secrets.unlockByFile();
        return secrets;
    }

    /** Whether a master password must be given before anything can be read. */
    public synchronized boolean locked() {
        return seal == null;
    }

    /** How they are kept, for the eye. */
    public synchronized Say note() {
        return seal != null && seal.byFile()
                ? Say.of("store.secrets-by-file", "file", keyFile)
                : Say.of("store.secrets-by-master");
    }

    /** Whether it was the right one. Takes a good part of a second, on purpose. */
    public synchronized boolean unlock(Secret master) throws Failure {
        var box = box().orElseThrow(() -> new IllegalStateException("nothing is kept under a master password"));
        var tried = Seal.of(master, box);
        if (tried.open(box).isEmpty()) {
            return false;
        }
        seal = tried;
        return true;
    }

    /** From now on a master password is asked for. */
    public synchronized void setMaster(Secret master) throws Failure {
        reseal(Seal.of(master));
        try {
            Files.deleteIfExists(keyFile);
        } catch (IOException failed) {
            throw Kept.unwritable(keyFile, failed);
        }
    }

    /** From now on the key lies in a file. */
    public synchronized void removeMaster() throws Failure {
        reseal(newFile());
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
            write(opened(), all);
        });
    }

    private void reseal(Seal fresh) throws Failure {
        alone(() -> {
            write(fresh, all());
            seal = fresh;
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
        var clear = opened().open(box.get());
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

    private void write(Seal with, Map<String, String> all) throws Failure {
        try {
            var clear = JSON.writeValueAsBytes(all);
            Files0600.replace(file, JSON.writeValueAsBytes(with.close(clear)));
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

    private Seal opened() throws Failure {
        var open = seal;
        if (open == null) {
            throw new NotAllowed(Say.of("store.secrets-locked"), Say.of("store.secrets-locked.next"));
        }
        return open;
    }

    private NotAllowed changed() {
        return new NotAllowed(Say.of("store.secrets-other-key", "file", file), Say.of("store.secrets-other-key.next"));
    }

    private void unlockByFile() throws Failure {
        alone(() -> {
            var box = box();
            if (box.isPresent() && !box.get().byFile()) {
                return;
            }
            try {
                seal = Seal.of(Files.readAllBytes(keyFile));
            } catch (NoSuchFileException none) {
                if (box.isPresent()) {
                    throw changed();
                }
                seal = newFile();
            } catch (IOException unreadable) {
                throw Kept.unreadable(keyFile, unreadable);
            }
        });
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
