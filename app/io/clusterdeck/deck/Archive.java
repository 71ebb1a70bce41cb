package io.clusterdeck.deck;

import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Speech;
import io.clusterdeck.sign.PublicKey;
import io.clusterdeck.store.Keeping;
import io.clusterdeck.store.SayLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The kept states of all clusters: taken, read, exported, imported, removed. Safe for use by many threads; all of it may wait for a disk. */
public interface Archive {

    /** A kept state without its content. @param cluster empty for an imported one */
    record Kept(String cluster, Path file, Instant at, Taken.Why why) {
        public boolean imported() {
            return cluster.isEmpty();
        }
    }

    /** A state that was removed and can come back. */
    record Removed(Kept kept, String content) {}

    /** What a signature beside a file says. @param ours whether it was made with this user's own key */
    record Checked(boolean intact, PublicKey by, boolean ours) {}

    /** Of all clusters that are kept, and the imported ones; newest first. */
    List<Kept> all() throws Failure;

    /** Of one cluster, newest first. */
    List<Kept> of(String cluster) throws Failure;

    Snapshot read(Kept kept) throws Failure;

    /** A snapshot in any file, packed or not; refused with the reason where it is none. */
    Snapshot open(Path file) throws Failure;

    /** Takes one now, by hand, with the configuration of every node that tells it. Blocks until each was seen or given up. */
    Kept take(String cluster) throws Failure, InterruptedException;

    /** Keeps a snapshot that came as a file. */
    Kept bring(Path file) throws Failure;

    Removed remove(Kept kept) throws Failure;

    /** Brings one back that was removed. */
    Kept restore(Removed removed) throws Failure;

    /** Writes it, and a signature beside it ({@code FILE.sig}) where that is wanted. Takes the place of what was there. */
    void export(Snapshot snapshot, Format format, Speech speech, Path file, boolean sign) throws Failure;

    /** A comparison, likewise. */
    void export(Comparison comparison, Format format, Speech speech, Path file, boolean sign) throws Failure;

    /** Anything else that is handed on, likewise. */
    void export(byte[] content, Path file, boolean sign) throws Failure;

    /** What the signature beside a file says of it. Fails where there is none. */
    Checked check(Path file) throws Failure;

    /** This user's key for others to check with, as a line of OpenSSH. */
    String publicKey() throws Failure;

    /** Why the history of a cluster is not kept by this process, though it is its turn; nothing where all is well. Never waits. */
    Optional<Failure> trouble(String cluster);

    /** What happened to a cluster as far as it was watched from this computer, oldest first, the latest few thousand. */
    List<SayLog.Entry> events(String cluster) throws Failure;

    Keeping keeping() throws Failure;

    void keep(Keeping keeping) throws Failure;

    /** Told whenever this process kept or removed a state, or could not: the cluster's name, or empty for an imported one. On a worker thread. */
    Subscription each(java.util.function.Consumer<Optional<String>> to);
}
