package io.clusterdeck.deck;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/** What the deck may have to ask a person; called on worker threads and free to wait. The window and the command line each answer in their way. */
public interface Questions extends Asker {

    /** The password of a cluster's nodes, or nothing when the person declines; {@code again} after a wrong one. */
    Optional<Secret> password(String cluster, boolean again) throws InterruptedException;

    /** Why something is long in beginning, which wants no answer. */
    default void waits(Say why) {}
}
