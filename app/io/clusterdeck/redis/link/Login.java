package io.clusterdeck.redis.link;

import io.clusterdeck.ssh.Secret;
import java.util.List;
import java.util.Optional;

/**
 * How one signs in to a node.
 *
 * @param user empty for the default user
 * @param password without one no AUTH is sent
 * @param others tried in turn where the first is refused: while a password is being changed some nodes may know only one of them
 */
public record Login(String user, Optional<Secret> password, List<Secret> others) {

    public Login(String user, Optional<Secret> password) {
        this(user, password, List.of());
    }

    public static final Login NONE = new Login("", Optional.empty());
}
