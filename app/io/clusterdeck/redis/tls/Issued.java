package io.clusterdeck.redis.tls;

import io.clusterdeck.ssh.Secret;
import java.security.cert.X509Certificate;

/**
 * A certificate and its private key.
 *
 * @param key PKCS#8 as PEM
 */
public record Issued(X509Certificate certificate, Secret key) {

    /** As PEM. */
    public String text() {
        return Pem.text(certificate);
    }
}
