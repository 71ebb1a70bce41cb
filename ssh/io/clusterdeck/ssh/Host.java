package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A machine, and what may be done on it. Both kinds run the same wrapper and the same scripts. Every method blocks;
 * interrupting the caller ends what runs remotely (its whole process group). Safe for use by many threads: a channel
 * budget makes them wait their turn.
 */
public sealed interface Host extends AutoCloseable permits SshHost, LocalHost {

    HostName name();

    /**
     * Runs a script to its end. A non-zero code is no failure here: the caller knows what it means.
     *
     * @param live told each line as it comes, on a thread of the host
     */
    Exit run(Script script, Consumer<Line> live) throws Failure, InterruptedException;

    /** Follows files from their present end, through rotation by rename and by truncation; a file may be missing still. */
    Following follow(List<RemotePath> files, LogListener to) throws Failure, InterruptedException;

    /** Copies a file there, under a temporary name first, and compares its SHA-256 before it takes its place. */
    void put(Path from, RemotePath to, Progress progress) throws Failure, InterruptedException;

    /** Copies a file from there, likewise checked. */
    void get(RemotePath from, Path to, Progress progress) throws Failure, InterruptedException;

    /** A way to an address that this host can reach, such as a Redis port on it; open until closed. */
    Way reach(InetSocketAddress target) throws Failure, InterruptedException;

    /** Whether its sshd was seen to forbid forwarding: each way through it then is a program that runs there for as long. */
    default boolean forbidsForwarding() {
        return false;
    }

    @Override
    void close();
}
