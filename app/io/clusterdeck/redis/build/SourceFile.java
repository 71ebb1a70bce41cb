package io.clusterdeck.redis.build;

import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file of this computer from which Redis is made: what is wrong with it can be told before anything is done.
 *
 * @param sha256 that it must have; empty for any
 */
record SourceFile(Path file, String sha256) {

    static Optional<SourceFile> of(Blueprint.Source source) {
        return switch (source) {
            case Blueprint.Source.Upload u -> Optional.of(of(u.file(), u.sha256()));
            case Blueprint.Source.Programs p -> Optional.of(of(p.file(), p.sha256()));
            default -> Optional.empty();
        };
    }

    private static SourceFile of(String named, String sha256) {
        return new SourceFile(Path.of(Builders.here(named)), sha256);
    }

    /** The file, which is the one that is meant; of a folder of programs it is the server that is compared. */
    Path checked() throws Failure {
        var folder = ProgramsFolder.of(file);
        if (folder.isPresent() && folder.get().server().isEmpty()) {
            var what = Say.of("build.source.no-server", "folder", file);
            throw new NotAllowed(what, HostStep.next(what));
        }
        var got = Shelf.sumOf(folder.flatMap(ProgramsFolder::server).orElse(file));
        if (!sha256.isEmpty() && !got.equals(sha256)) {
            var what = Say.of("build.source.wrong-file", "file", file, "wanted", sha256, "got", got);
            throw new NotAllowed(what, HostStep.next(what));
        }
        return file;
    }

    Optional<Remark> remark() {
        try {
            checked();
            return Optional.empty();
        } catch (Failure wrong) {
            return Optional.of(new Remark("source-file", Level.BAD, Optional.empty(), wrong.what(), Optional.empty()));
        }
    }
}
