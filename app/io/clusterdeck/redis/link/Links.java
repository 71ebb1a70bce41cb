package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/** Opens connections to the nodes of one cluster: knows how they are reached and how one signs in there. */
public interface Links extends AutoCloseable {

    /** For one action: opened now, signed in ({@code AUTH}), named {@code clusterdeck}, never reconnects. */
    Link act(NodeAddress to) throws Failure, InterruptedException;

    /** For watching: reconnects by itself, rejects commands while it is disconnected. */
    Link watch(NodeAddress to) throws Failure, InterruptedException;

    /** Whether one signs in without a password, so that anybody else could, too. */
    default boolean anonymous() {
        return false;
    }

    /** The certificate that a node showed when it was connected to last; empty for one that speaks without TLS. */
    default Optional<Lasting> certificate(NodeAddress of) {
        return Optional.empty();
    }

    /**
     * From now on a command is sent to a node under another word ({@code rename-command} in its redis.conf). Failures and texts go on
     * naming the command: the word is as good as a password.
     */
    default void rename(NodeAddress at, String command, Secret word) {}

    @Override
    void close();
}
