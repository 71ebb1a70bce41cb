package io.clusterdeck.redis.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Certificates and keys as the text that servers read (RFC 7468). */
public final class Pem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

    private Pem() {}

    static String text(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException neverOfOurs) {
            throw new IllegalStateException(neverOfOurs);
        }
    }

    static String text(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(content) + "\n-----END " + label + "-----\n";
    }

    /** The certificates in a text, in their order, whatever stands between them; none where it holds none. */
    public static List<X509Certificate> certificates(String text) throws CertificateException {
        var factory = CertificateFactory.getInstance("X.509");
        var all = new ArrayList<X509Certificate>();
        var blocks = CERTIFICATE.matcher(text);
        while (blocks.find()) {
            var in = new ByteArrayInputStream(blocks.group().getBytes(StandardCharsets.US_ASCII));
            all.add((X509Certificate) factory.generateCertificate(in));
        }
        return all;
    }

    /** A key of ours: PKCS#8, elliptic curve. */
    static PrivateKey key(String text) throws GeneralSecurityException {
        var base64 = text.replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        } catch (IllegalArgumentException noBase64) {
            throw new GeneralSecurityException(noBase64);
        }
    }
}
