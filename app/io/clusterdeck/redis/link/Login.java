package io.clusterdeck.redis.link;

import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/**
 * How one signs in to a node.
 *
 * @param user empty for the default user
 * @param password without one no AUTH is sent
 * @param other tried where the first is refused: while a password is being changed some nodes may know only the one, some only the other
 */
public record Login(String user, Optional<Secret> password, Optional<Secret> other) {

    public Login(String user, Optional<Secret> password) {
        this(user, password, Optional.empty());
    }

    public static final Login NONE = new Login("", Optional.empty());
}
