package io.clusterdeck.plan;

import io.clusterdeck.ssh.RemotePath;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a file on a host, whole texts; secrets in it are already masked.
 *
 * @param before null when the file does not exist yet
 * @param after null when the file is removed
 */
public record FileDiff(
        RemotePath file, @Nullable String before, @Nullable String after) {}
