package io.clusterdeck.redis.link;

import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/** How one signs in to a node. {@code user} is empty for the default user; without a password no AUTH is sent. */
public record Login(String user, Optional<Secret> password) {

    public static final Login NONE = new Login("", Optional.empty());
}
