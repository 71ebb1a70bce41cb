package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.RemotePath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a file on a host, whole texts; secrets in it are already masked.
 *
 * @param before null when the file does not exist yet
 * @param after null when the file is removed
 * @param basis what {@code before} is, where it is not the file as it lies there: both are for the eye then, not for a patch
 */
public record FileDiff(
        RemotePath file, @Nullable String before, @Nullable String after, Optional<Say> basis) {

    /** Of the file as it lies there. */
    public FileDiff(RemotePath file, @Nullable String before, @Nullable String after) {
        this(file, before, after, Optional.empty());
    }
}
