package io.clusterdeck.ssh;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The password for sudo on one host: asked once, kept in memory until it proves wrong. At most three are tried in a run. */
final class SudoPassword implements Conversation.Sudo {

    private final HostSpec host;
    private final Asker asker;
    private @Nullable Secret known;

    SudoPassword(HostSpec host, Asker asker) {
        this.host = host;
        this.asker = asker;
    }

    /** Several runs may ask at once; the second waits and takes what the first was told. */
    @Override
    public synchronized Optional<Secret> password(boolean again) throws InterruptedException {
        if (again) {
            known = null;
        }
        if (known == null) {
            known = asker.secret(new Asker.Want(host, Asker.Kind.SUDO, "sudo", again))
                    .orElse(null);
        }
        return Optional.ofNullable(known);
    }
}
