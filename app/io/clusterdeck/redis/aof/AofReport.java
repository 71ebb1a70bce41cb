package io.clusterdeck.redis.aof;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.ssh.RemotePath;
import java.time.Instant;
import java.util.List;

/**
 * What a check of an append-only file found.
 *
 * @param file the file that was checked (7.0 and later: the damaged or last one of the manifest)
 * @param state VALID means the format is valid; garbage inside a value passes
 * @param size bytes in the file
 * @param okUpTo bytes up to which it is valid
 * @param reason the tool's own words, empty when valid
 * @param firstLost the first commands behind the damage, decoded, at most 20; what can't be read stands as its length in ⟨⟩
 * @param lostCommands about how many commands lie behind the damage
 * @param cuttable whether cutting can help: the damage is in the only file, or in the last one of the manifest
 */
public record AofReport(
        NodeId node,
        Instant at,
        RemotePath file,
        State state,
        long size,
        long okUpTo,
        String reason,
        List<String> firstLost,
        long lostCommands,
        boolean cuttable) {
    public AofReport {
        firstLost = List.copyOf(firstLost);
    }

    public enum State {
        VALID,
        EMPTY,
        DAMAGED,
        /** The RDB preamble is broken: truncating cannot help. */
        PREAMBLE_BROKEN,
        /** No append-only file: it is off, or never was. */
        ABSENT
    }

    /** Bytes behind the damage. */
    public long lost() {
        return size - okUpTo;
    }

    /** Of the whole file, 0 to 1. */
    public double share() {
        return size == 0 ? 0 : (double) lost() / size;
    }

    public boolean sound() {
        return state == State.VALID || state == State.EMPTY;
    }
}
