package io.clusterdeck.deck;

import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.Encryption;
import io.clusterdeck.redis.build.Encryption.Certificates;
import io.clusterdeck.redis.build.Encryption.Clients;
import io.clusterdeck.redis.tls.Authority;
import io.clusterdeck.redis.tls.Issued;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Guarded;
import io.clusterdeck.store.Home;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;

/** The authorities of clusters whose certificates are made here: in the cluster's folder of the home, for this user alone. */
public final class Authorities {

    private Authorities() {}

    static Guarded of(Home home, String cluster) {
        return new Guarded(home.of(cluster).resolve("tls"));
    }

    /** Makes what a blueprint wants and there is not yet: the authority, and a certificate for this computer. What is there stays, since nodes trust it. */
    public static void complete(Guarded files, Blueprint wish) throws Failure {
        var tls = wish.tls().filter(t -> t.certificates() instanceof Certificates.Made);
        if (tls.isEmpty()) {
            return;
        }
        var now = Instant.now();
        try {
            if (files.text(Encryption.AUTHORITY).isEmpty()) {
                keep(files, Encryption.AUTHORITY, Encryption.AUTHORITY_KEY, Authority.make(wish.name(), now));
            }
            if (tls.get().clients() != Clients.NO
                    && files.text(Encryption.CLIENT).isEmpty()) {
                var authority = Authority.of(
                        files.text(Encryption.AUTHORITY).orElseThrow(),
                        Secret.of(files.text(Encryption.AUTHORITY_KEY).orElse("")));
                var ours = authority.issue("clusterdeck", List.of(), now, Authority.LIFE);
                keep(files, Encryption.CLIENT, Encryption.CLIENT_KEY, ours);
            }
        } catch (GeneralSecurityException unusable) {
            throw new NotAllowed(
                    Say.of("deck.authority", "folder", files.folder(), "why", String.valueOf(unusable.getMessage())),
                    Say.of("deck.authority.next"),
                    unusable);
        }
    }

    /** The certificate last: while it is missing nothing was made. */
    private static void keep(Guarded files, String certificate, String key, Issued issued) throws Failure {
        files.keep(key, issued.key().reveal());
        files.keep(certificate, issued.text());
    }
}
