package io.clusterdeck.redis.link;

import io.clusterdeck.redis.tls.Trust;
import io.clusterdeck.say.Say;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one node's certificate. The name is checked here and not by Java, which would look for it in the address of the connection: through
 * a host that is a Unix socket.
 */
final class NodeTrust extends X509ExtendedTrustManager {

    private final Trust trust;
    private final BiFunction<List<X509Certificate>, String, Optional<Say>> wrong;
    private volatile Optional<Say> refused = Optional.empty();
    private volatile Optional<X509Certificate> shown = Optional.empty();

    /** @param names to which the certificate must be made out; none where names are not checked */
    NodeTrust(Trust trust, List<String> names) {
        this(trust, (chain, type) -> trust.wrong(chain, type, names));
    }

    private NodeTrust(Trust trust, BiFunction<List<X509Certificate>, String, Optional<Say>> wrong) {
        this.trust = trust;
        this.wrong = wrong;
    }

    /** Takes whatever the authority ever signed, ended or not, and made out to whomever. */
    static NodeTrust signer(Trust trust) {
        return new NodeTrust(trust, (chain, type) -> trust.unsigned(chain));
    }

    /** Why a certificate is not trusted, in words of ours. */
    static final class Untrusted extends CertificateException {
        private static final long serialVersionUID = 1;

        private final transient Say reason;

        Untrusted(Say reason) {
            super(reason.toString());
            this.reason = reason;
        }

        Say reason() {
            return reason;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        var found = wrong.apply(List.of(chain), type);
        refused = found;
        shown = Optional.of(chain[0]);
        if (found.isPresent()) {
            throw new Untrusted(found.get());
        }
    }

    /** Why its last certificate was refused: a connection that ended before anything was sent on it does not tell. */
    Optional<Say> refused() {
        return refused;
    }

    /** How long the certificate lasts that was shown last. */
    Optional<Lasting> shown() {
        return shown.map(Lasting::of);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("nobody signs in here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.issuers();
    }
}
