package io.clusterdeck.redis.drill;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records as plain files: {@code drills/ID.json}, and beside each {@code ID.acks}, with the acknowledged writes of its last minutes. */
record FolderRecords(Path folder) implements Records {
    private static final Logger LOG = LoggerFactory.getLogger(FolderRecords.class);

    @Override
    public void keep(String id, String json) throws Failure {
        try {
            var whole = Files.writeString(acks(id).resolveSibling(id + ".json.new"), json);
            Files.move(whole, folder.resolve(id + ".json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw broken(failed);
        }
    }

    @Override
    public List<Path> all() throws Failure {
        var files = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, "*.json")) {
            entries.forEach(files::add);
        } catch (NoSuchFileException none) {
            LOG.trace("no drills in {} yet", folder, none);
        } catch (IOException failed) {
            throw broken(failed);
        }
        files.sort((a, b) -> a.getFileName().compareTo(b.getFileName()));
        return files;
    }

    @Override
    public String read(Path file) throws Failure {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new NotAllowed(
                    Say.of("drill.unreadable", "file", file, "why", failed), Say.of("drill.unreadable.next"), failed);
        }
    }

    @Override
    public Path acks(String id) throws Failure {
        try {
            return Files.createDirectories(folder).resolve(id + ".acks");
        } catch (IOException failed) {
            throw broken(failed);
        }
    }

    private NotAllowed broken(IOException why) {
        return new NotAllowed(Say.of("drill.records", "folder", folder, "why", why), Say.of("drill.records.next"), why);
    }
}
