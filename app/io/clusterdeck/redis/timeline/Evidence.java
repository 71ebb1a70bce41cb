package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;

/** What proves a fact. */
public sealed interface Evidence {

    /**
     * A line of a node's log.
     *
     * @param inode of the file that held it, so that rotations can be told apart; 0 where not known
     * @param offset of its first byte in that file; −1 where it can't be told
     */
    record LogLine(HostName host, RemotePath file, long inode, long offset, String text) implements Evidence {}

    /** What a node said in CLUSTER NODES, CLUSTER INFO or INFO, dated by us. */
    record View(Say what) implements Evidence {}

    /** A counter of CLUSTER INFO that rose between two looks. */
    record Counter(String name, long from, long to) implements Evidence {}

    /** What we saw ourselves: whether the node answers. */
    record Contact(Say what) implements Evidence {}

    /** Nobody wrote or showed it: it follows from other facts and from what Redis does. */
    record Reckoned(Say why) implements Evidence {}
}
