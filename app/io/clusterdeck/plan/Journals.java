package io.clusterdeck.plan;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journals of the runs of all clusters, each read again only when its file changed. Safe for use by many threads. */
final class Journals {

    private static final Logger LOG = LoggerFactory.getLogger(Journals.class);

    /** A journal as it was read, or why it can't be; neither where nothing was begun in it yet. */
    private record Read(Optional<Past> past, Optional<Failure> why) {}

    private record Seen(FileTime changed, long size, Read read) {}

    private final Grounds grounds;
    private final Map<String, StepKind> kinds;
    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

    Journals(Grounds grounds, Map<String, StepKind> kinds) {
        this.grounds = grounds;
        this.kinds = Map.copyOf(kinds);
    }

    /** @param unread takes why a folder can't be read; those of other clusters are read all the same */
    List<Path> files(List<? super Failure> unread) {
        var files = new ArrayList<Path>();
        for (var folder : grounds.allRuns()) {
            try (var entries = Files.newDirectoryStream(folder, "*.jsonl")) {
                entries.forEach(files::add);
            } catch (NoSuchFileException none) {
                LOG.trace("no runs in {}", folder, none); // a cluster that nothing was done to
            } catch (IOException | DirectoryIteratorException unreadable) {
                unread.add(unreadable(folder, unreadable));
            }
        }
        return files;
    }

    private static NotAllowed unreadable(Path folder, Exception why) {
        return new NotAllowed(
                Say.of("plan.unreadable", "folder", folder, "why", why), Say.of("plan.unreadable.next"), why);
    }

    private static NotAllowed hidden(Path file, Exception why) {
        return new NotAllowed(
                Say.of("plan.journal-unreadable", "file", file, "why", why),
                Say.of("plan.journal-unreadable.next"),
                why);
    }

    /**
     * Empty where nothing was begun in it yet, and where it can't be read.
     *
     * @param unread takes why not
     */
    Optional<Past> past(Path file, List<? super Failure> unread) {
        try {
            var changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            var known = seen.get(file);
            if (known == null || !known.changed.equals(changed) || known.size != size) {
                known = new Seen(changed, size, read(file));
                seen.put(file, known);
            }
            known.read.why.ifPresent(unread::add);
            return known.read.past;
        } catch (NoSuchFileException gone) {
            LOG.trace("{} was just removed", file, gone);
            return Optional.empty();
        } catch (IOException unreadable) {
            unread.add(hidden(file, unreadable));
            return Optional.empty();
        }
    }

    private Read read(Path file) {
        try {
            return new Read(
                    Journal.begun(file) ? Optional.of(Past.read(file, kinds)) : Optional.empty(), Optional.empty());
        } catch (IOException why) {
            return new Read(Optional.empty(), Optional.of(hidden(file, why)));
        } catch (Failure why) {
            return new Read(Optional.empty(), Optional.of(why));
        }
    }

    /** One run, whatever became of the others. */
    Past read(PlanId id) throws Failure {
        for (var folder : grounds.allRuns()) {
            var file = Journal.file(folder, id);
            if (Files.exists(file)) {
                try {
                    return Past.read(file, kinds);
                } catch (IOException unreadable) {
                    throw JournaledRuns.unwritten(unreadable);
                }
            }
        }
        throw new NotAllowed(Say.of("plan.unknown", "plan", id), Say.of("plan.unknown.next"));
    }
}
