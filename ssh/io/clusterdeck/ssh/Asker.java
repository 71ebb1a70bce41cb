package io.clusterdeck.ssh;

import java.util.Optional;

/** What signing in may have to ask a person; called on a worker thread and free to wait. Views, cli and tests each answer in their way. */
public interface Asker {

    /**
     * First contact with a host: may its key be trusted?
     *
     * @param fingerprint as {@code ssh-keygen -l} prints it, {@code SHA256:…}
     */
    boolean trust(HostSpec host, String keyType, String fingerprint) throws InterruptedException;

    /** A secret, or nothing when the person declines. */
    Optional<Secret> secret(Want want) throws InterruptedException;

    /** Which secret: {@code kind} one of password, passphrase (of the key file {@code what}), sudo; {@code again} after a wrong one. */
    record Want(HostSpec host, Kind kind, String what, boolean again) {}

    enum Kind {
        PASSWORD,
        PASSPHRASE,
        SUDO
    }

    /** Trusts nothing and knows no secret. */
    Asker NOBODY = new Asker() {
        @Override
        public boolean trust(HostSpec host, String keyType, String fingerprint) {
            return false;
        }

        @Override
        public Optional<Secret> secret(Want want) {
            return Optional.empty();
        }
    };
}
