package io.clusterdeck.redis.link;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * How long a node's certificate lasts, and which one it is.
 *
 * @param sum its SHA-256 in hexadecimal digits
 */
public record Lasting(Instant from, Instant until, String sum) {

    private static final Duration SOON = Duration.ofDays(30);

    public static Lasting of(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new Lasting(
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException neverOfOneThatWasRead) {
            throw new IllegalStateException(neverOfOneThatWasRead);
        }
    }

    /** Whether it should be renewed: 30 days are left, or the last third of one that never lasted long. */
    public boolean ending(Instant now) {
        var third = Duration.between(from, until).dividedBy(3);
        return now.plus(third.compareTo(SOON) < 0 ? third : SOON).isAfter(until);
    }
}
