package io.clusterdeck.redis.tls;

import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whether a node's certificate is to be trusted: signed by the authority, valid now, and made out to the node. */
public final class Trust {

    /** Of how the keys were agreed on: not known yet, or no matter. */
    public static final String ANY = "UNKNOWN";

    private final X509TrustManager authority;

    private Trust(X509TrustManager authority) {
        this.authority = authority;
    }

    /**
     * @param authority one certificate as PEM, or several
     * @throws GeneralSecurityException when the file holds none
     */
    public static Trust in(Path authority) throws IOException, GeneralSecurityException {
        return of(Files.readString(authority));
    }

    /** Likewise, of the text itself. */
    public static Trust of(String authority) throws IOException, GeneralSecurityException {
        var all = Pem.certificates(authority);
        if (all.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < all.size(); i++) {
            store.setCertificateEntry("authority " + i, all.get(i));
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return new Trust((X509TrustManager) factory.getTrustManagers()[0]);
    }

    public X509Certificate[] issuers() {
        return authority.getAcceptedIssuers();
    }

    /**
     * What speaks against a certificate; its key with {@code .next} says what to do.
     *
     * @param chain the certificate, then those that lead to the authority
     * @param names to every one of which it must be made out
     */
    public Optional<Say> wrong(List<X509Certificate> chain, String type, Collection<String> names) {
        var certificate = chain.getFirst();
        try {
            authority.checkServerTrusted(chain.toArray(X509Certificate[]::new), type);
            for (var name : names) {
                if (!CertificateNames.covers(certificate, name)) {
                    var others = CertificateNames.of(certificate);
                    return Optional.of(
                            Say.of(others.isEmpty() ? "tls.nameless" : "tls.name", "wanted", name, "names", others));
                }
            }
            return Optional.empty();
        } catch (CertificateParsingException broken) {
            return Optional.of(Say.of("tls.broken", "why", String.valueOf(broken.getMessage())));
        } catch (CertificateException refused) {
            return Optional.of(reason(certificate, refused));
        }
    }

    /** The same of a certificate that this computer shows to nodes which trust this authority. */
    public Optional<Say> wrongOfOurs(List<X509Certificate> chain) {
        var certificate = chain.getFirst();
        try {
            authority.checkClientTrusted(
                    chain.toArray(X509Certificate[]::new),
                    certificate.getPublicKey().getAlgorithm());
            return Optional.empty();
        } catch (CertificateException refused) {
            return Optional.of(reason(certificate, refused));
        }
    }

    /** Whether its time is not now, whoever signed it. */
    public static Optional<Say> untimely(X509Certificate certificate) {
        var now = new Date();
        if (now.after(certificate.getNotAfter())) {
            return Optional.of(
                    Say.of("tls.expired", "at", certificate.getNotAfter().toInstant()));
        }
        return now.before(certificate.getNotBefore())
                ? Optional.of(
                        Say.of("tls.early", "at", certificate.getNotBefore().toInstant()))
                : Optional.empty();
    }

    /**
     * Whether the authority never signed it: its time and its names are no matter. Only for whoever is known by other means, and who is to
     * be given another certificate.
     */
    public Optional<Say> unsigned(List<X509Certificate> chain) {
        var certificate = chain.getFirst();
        try {
            var anchors =
                    Arrays.stream(issuers()).map(a -> new TrustAnchor(a, null)).collect(Collectors.toSet());
            var as = new PKIXParameters(anchors);
            as.setRevocationEnabled(false);
            as.setDate(chain.stream()
                    .map(X509Certificate::getNotAfter)
                    .min(Comparator.naturalOrder())
                    .orElseThrow());
            var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
            CertPathValidator.getInstance("PKIX").validate(path, as);
            return Optional.empty();
        } catch (GeneralSecurityException refused) {
            return Optional.of(stranger(certificate));
        }
    }

    private static Say stranger(X509Certificate certificate) {
        return Say.of(
                "tls.stranger", "issuer", certificate.getIssuerX500Principal().getName());
    }

    /** Its time is told first: that is what ends by itself. */
    private static Say reason(X509Certificate certificate, CertificateException refused) {
        var untimely = untimely(certificate);
        if (untimely.isPresent()) {
            return untimely.get();
        }
        for (Throwable t = refused; t != null; t = t.getCause()) {
            if (t instanceof CertPathBuilderException || t instanceof SignatureException) {
                return stranger(certificate);
            }
        }
        return Say.of("tls.broken", "why", String.valueOf(refused.getMessage()));
    }
}
