package io.clusterdeck.store;

import io.clusterdeck.say.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drafts of this computer: one YAML file each, in a folder whose name no cluster can have. */
public final class Drafts {
    private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,60}");
    private static final String ENDING = ".yaml";

    private final Path folder;

    Drafts(Path folder) {
        this.folder = folder;
    }

    /** The latest first; one that can't be read is left out and stays where it is. */
    public List<Draft> all() {
        var all = new ArrayList<Draft>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (var file : files) {
                try {
                    var name = file.getFileName().toString();
                    var id = name.substring(0, name.length() - ENDING.length());
                    var saved = Files.getLastModifiedTime(file).toInstant();
                    Documents.read(file).ifPresent(tree -> all.add(new Draft(id, saved, tree)));
                } catch (Failure broken) {
                    LOG.warn("a draft is left out: {}", broken.what());
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("{} can't be read", folder, unreadable);
        }
        all.sort(Comparator.comparing(Draft::saved).reversed());
        return all;
    }

    public void keep(Draft draft) throws Failure {
        Documents.write(file(draft.id()), draft.tree());
    }

    public void forget(String id) throws Failure {
        var file = file(id);
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw Kept.unwritable(file, failed);
        }
    }

    private Path file(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("no id of a draft: " + id);
        }
        return folder.resolve(id + ENDING);
    }
}
