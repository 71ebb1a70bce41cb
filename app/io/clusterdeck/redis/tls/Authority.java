package io.clusterdeck.redis.tls;

import static io.clusterdeck.redis.tls.Der.bits;
import static io.clusterdeck.redis.tls.Der.number;
import static io.clusterdeck.redis.tls.Der.octets;
import static io.clusterdeck.redis.tls.Der.oid;
import static io.clusterdeck.redis.tls.Der.sequence;
import static io.clusterdeck.redis.tls.Der.set;
import static io.clusterdeck.redis.tls.Der.tagged;
import static io.clusterdeck.redis.tls.Der.text;
import static io.clusterdeck.redis.tls.Der.time;
import static io.clusterdeck.redis.tls.Der.yes;

import io.clusterdeck.ssh.Secret;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A private authority: it signs certificates for the nodes of one cluster, and for those who sign in there. Elliptic keys on P-256, ECDSA
 * with SHA-256, which every OpenSSL that Redis is built with knows. The form is that of RFC 5280; keys, signatures and reading are Java's.
 */
public final class Authority {

    /** How long an authority of ours lasts. */
    public static final Duration LIFE = Duration.ofDays(3650);

    /** A host's clock may be behind ours. */
    private static final Duration EARLIER = Duration.ofDays(1);

    private static final byte[] ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    private final X509Certificate certificate;
    private final PrivateKey key;

    private Authority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** @param name of whom it is, told by whoever looks at the certificate */
    public static Issued make(String name, Instant now) throws GeneralSecurityException {
        var pair = pair();
        var extensions = List.of(
                extension("2.5.29.19", true, sequence(yes())),
                // keyCertSign and cRLSign
                extension("2.5.29.15", true, bits(1, new byte[] {0x06})),
                identifier("2.5.29.14", octets(id(pair.getPublic()))));
        var subject = subject(name);
        return new Issued(
                sign(subject, subject, pair.getPublic(), now, now.plus(LIFE), extensions, pair.getPrivate()),
                Secret.of(Pem.text(pair.getPrivate())));
    }

    /** Of what {@link #make} made, as it was kept. */
    public static Authority of(String certificate, Secret key) throws GeneralSecurityException {
        return new Authority(Pem.certificates(certificate).getFirst(), Pem.key(key.reveal()));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * A new key and its certificate, for a server as well as for a client: nodes are both to each other.
     *
     * @param name of its owner
     * @param names addresses and host names to which it is made out; none for somebody who only signs in
     * @param life from now on; never longer than the authority's own
     */
    public Issued issue(String name, Collection<String> names, Instant now, Duration life)
            throws GeneralSecurityException {
        var pair = pair();
        var extensions = new ArrayList<>(List.of(
                extension("2.5.29.19", true, sequence()),
                // digitalSignature
                extension("2.5.29.15", true, bits(7, new byte[] {(byte) 0x80})),
                extension("2.5.29.37", false, sequence(oid(SERVER), oid(CLIENT))),
                identifier("2.5.29.14", octets(id(pair.getPublic()))),
                identifier("2.5.29.35", sequence(tagged(0x80, id(certificate.getPublicKey()))))));
        if (!names.isEmpty()) {
            var list = names.stream().map(Authority::name).toArray(byte[][]::new);
            extensions.add(extension("2.5.29.17", false, sequence(list)));
        }
        var latest = certificate.getNotAfter().toInstant();
        var end = now.plus(life).isBefore(latest) ? now.plus(life) : latest;
        var issuer = certificate.getSubjectX500Principal().getEncoded();
        return new Issued(
                sign(issuer, subject(name), pair.getPublic(), now, end, extensions, key),
                Secret.of(Pem.text(pair.getPrivate())));
    }

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(
            byte[] issuer,
            byte[] subject,
            PublicKey owner,
            Instant now,
            Instant end,
            List<byte[]> extensions,
            PrivateKey key)
            throws GeneralSecurityException {
        var told = sequence(
                tagged(0xa0, number(BigInteger.TWO)),
                number(new BigInteger(127, new SecureRandom()).add(BigInteger.ONE)),
                ECDSA_SHA256,
                issuer,
                sequence(time(now.minus(EARLIER)), time(end)),
                subject,
                owner.getEncoded(),
                tagged(0xa3, sequence(extensions.toArray(byte[][]::new))));
        var signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(key);
        signing.update(told);
        var whole = sequence(told, ECDSA_SHA256, bits(0, signing.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    /** Its common name; X.520 allows it 64 characters. */
    private static byte[] subject(String name) {
        var brief = name.substring(0, name.offsetByCodePoints(0, Math.min(64, name.codePointCount(0, name.length()))));
        return sequence(set(sequence(oid("2.5.4.3"), text(brief))));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical ? sequence(oid(oid), yes(), octets(value)) : identifier(oid, value);
    }

    private static byte[] identifier(String oid, byte[] value) {
        return sequence(oid(oid), octets(value));
    }

    /** An address as its bytes, anything else as a name. */
    private static byte[] name(String name) {
        try {
            return tagged(0x87, InetAddress.ofLiteral(name).getAddress());
        } catch (IllegalArgumentException aName) {
            return tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static byte[] id(PublicKey key) throws GeneralSecurityException {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), 20);
    }
}
