package io.clusterdeck.store;

import io.clusterdeck.say.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/** JSON documents of one kind and one cluster, each a file by its name: failovers, drills. */
public final class Records {

    private static final String END = ".json";
    private static final Map<Path, Object> OURS = new ConcurrentHashMap<>();

    private final Path folder;

    Records(Path folder) {
        this.folder = folder;
    }

    /** Replaces what has that name. */
    public Path keep(String name, String json) throws Failure {
        var file = file(name);
        try {
            Files0600.replace(file, json.getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (IOException failed) {
            throw Kept.unwritable(file, failed);
        }
    }

    /** Something that is done with them. */
    public interface Work {
        void run() throws Failure;
    }

    /** Does it while nobody else, in this process or another, does so with the documents of this folder. Blocks. */
    public void alone(Work work) throws Failure {
        var lock = folder.resolve(".lock");
        // a file lock keeps other processes out, and fails where this one holds it already
        synchronized (OURS.computeIfAbsent(folder.toAbsolutePath(), f -> new Object())) {
            try (var channel = Files0600.append(lock);
                    var held = channel.lock()) {
                LoggerFactory.getLogger(Records.class).trace("{}", held);
                work.run();
            } catch (IOException failed) {
                throw Kept.unwritable(lock, failed);
            }
        }
    }

    /** Sorted; where names begin with their time, the oldest first. */
    public List<String> names() throws Failure {
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(folder, "*" + END)) {
            for (var entry : entries) {
                var name = entry.getFileName().toString();
                names.add(name.substring(0, name.length() - END.length()));
            }
        } catch (NoSuchFileException none) {
            LoggerFactory.getLogger(Records.class).trace("none yet", none);
        } catch (IOException failed) {
            throw Kept.unreadable(folder, failed);
        }
        names.sort(String::compareTo);
        return names;
    }

    public String read(String name) throws Failure {
        var file = file(name);
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw Kept.unreadable(file, failed);
        }
    }

    /** Where a document of that name lies. */
    public Path file(String name) {
        return folder.resolve(FolderName.of(name) + END);
    }
}
