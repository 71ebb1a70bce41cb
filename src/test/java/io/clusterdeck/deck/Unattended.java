package io.clusterdeck.deck;

import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/**
 * Nobody sits there: no question for a secret is answered.
 *
 * @param trusts whether hosts that nobody knows are trusted
 */
public record Unattended(boolean trusts) implements Questions {
    public static final Questions REFUSING = new Unattended(false);
    public static final Questions TRUSTING = new Unattended(true);

    @Override
    public boolean trust(HostSpec host, String keyType, String fingerprint) {
        return trusts;
    }

    @Override
    public Optional<Secret> secret(Want want) {
        return Optional.empty();
    }

    @Override
    public Optional<Secret> password(String cluster, boolean again) {
        return Optional.empty();
    }
}
