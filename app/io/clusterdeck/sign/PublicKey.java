package io.clusterdeck.sign;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Somebody's Ed25519 key for checking signatures, as OpenSSH writes it: {@code ssh-ed25519 AAAA… who@where}. */
public final class PublicKey {

    static final String TYPE = "ssh-ed25519";

    /** What stands before the 32 bytes of the key in its X.509 form (RFC 8410). */
    private static final byte[] HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private final byte[] bytes;

    private PublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static PublicKey of(java.security.PublicKey key) {
        var encoded = key.getEncoded();
        return new PublicKey(Arrays.copyOfRange(encoded, HEAD.length, encoded.length));
    }

    /** From a line as in {@code id_ed25519.pub} or {@code authorized_keys}; empty where it is none. */
    public static Optional<PublicKey> parse(String line) {
        var words = line.strip().split("\\s+");
        for (int i = 0; i + 1 < words.length; i++) {
            if (words[i].equals(TYPE)) {
                try {
                    return blob(Base64.getDecoder().decode(words[i + 1]));
                } catch (IllegalArgumentException noBase64) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** From its wire form (RFC 8709): the type and 32 bytes. */
    static Optional<PublicKey> blob(byte[] blob) {
        var in = new Wire.Reader(blob);
        var type = in.text();
        var key = in.bytes();
        return type.equals(TYPE) && key.length == 32 && in.done() ? Optional.of(new PublicKey(key)) : Optional.empty();
    }

    byte[] blob() {
        return new Wire.Writer().text(TYPE).bytes(bytes).written();
    }

    java.security.PublicKey key() throws GeneralSecurityException {
        var encoded = Arrays.copyOf(HEAD, HEAD.length + bytes.length);
        System.arraycopy(bytes, 0, encoded, HEAD.length, bytes.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** To hand to others. @param who a remark, such as {@code ops@deck1} */
    public String line(String who) {
        return TYPE + " " + Base64.getEncoder().encodeToString(blob()) + (who.isEmpty() ? "" : " " + who);
    }

    /** As {@code ssh-keygen -l} prints it: {@code SHA256:…}. */
    public String fingerprint() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return fingerprint();
    }
}
