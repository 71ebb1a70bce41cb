package io.clusterdeck.redis.tls;

import io.clusterdeck.say.Say;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a private key is that of a certificate, in any of the forms that OpenSSL writes: PKCS#8, PKCS#1 (RSA) and SEC 1 (elliptic). */
public final class PrivateKeys {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----(.+?)-----END", Pattern.DOTALL);

    private PrivateKeys() {}

    /** What speaks against a key. Of kinds other than RSA, elliptic and Edwards keys, which servers hardly have, nothing is said. */
    public static Optional<Say> wrong(X509Certificate certificate, String pem) {
        var block = KEY.matcher(pem);
        if (!block.find()) {
            return Optional.of(Say.of("tls.key.none"));
        }
        var label = block.group(1);
        // RFC 1421, as OpenSSL's older forms have it
        if (label.startsWith("ENCRYPTED") || block.group(2).contains("Proc-Type: 4,ENCRYPTED")) {
            return Optional.of(Say.of("tls.key.sealed"));
        }
        var owner = certificate.getPublicKey();
        var signing = signing(owner);
        if (signing.isEmpty()) {
            return Optional.empty();
        }
        try {
            return pair(owner, of(certificate, pem), signing.get())
                    ? Optional.empty()
                    : Optional.of(Say.of("tls.key.other"));
        } catch (GeneralSecurityException ofAnotherKind) {
            return Optional.of(Say.of("tls.key.other"));
        }
    }

    /**
     * The key of a certificate, for whoever shows it.
     *
     * @throws GeneralSecurityException where {@link #wrong} says something, or the kind is another
     */
    public static PrivateKey of(X509Certificate certificate, String pem) throws GeneralSecurityException {
        var block = KEY.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("no private key in it");
        }
        try {
            var bytes = Base64.getMimeDecoder().decode(block.group(2));
            var owner = certificate.getPublicKey();
            return key(owner, block.group(1).isEmpty() ? bytes : wrapped(owner, bytes));
        } catch (IllegalArgumentException noBase64) {
            throw new GeneralSecurityException(noBase64);
        }
    }

    private static Optional<String> signing(PublicKey owner) {
        return switch (owner.getAlgorithm()) {
            case "RSA" -> Optional.of("SHA256withRSA");
            case "EC" -> Optional.of("SHA256withECDSA");
            case "EdDSA" -> Optional.of("EdDSA");
            default -> Optional.empty();
        };
    }

    private static PrivateKey key(PublicKey owner, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(owner.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** As PKCS#8 (RFC 5958), which names the kind of key as the certificate does (RFC 5280, 4.1): its first element. */
    private static byte[] wrapped(PublicKey owner, byte[] bare) {
        var whole = owner.getEncoded();
        int header = (whole[1] & 0x80) == 0 ? 2 : 2 + (whole[1] & 0x7f);
        var kind = Arrays.copyOfRange(whole, header, header + 2 + whole[header + 1]);
        return Der.sequence(Der.number(BigInteger.ZERO), kind, Der.octets(bare));
    }

    private static boolean pair(PublicKey owner, PrivateKey key, String signing) throws GeneralSecurityException {
        var text = owner.getEncoded();
        var signer = Signature.getInstance(signing);
        signer.initSign(key);
        signer.update(text);
        var signature = signer.sign();
        signer.initVerify(owner);
        signer.update(text);
        return signer.verify(signature);
    }
}
