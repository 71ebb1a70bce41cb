package io.clusterdeck.sign;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A signature beside a file, as {@code ssh-keygen -Y sign -n clusterdeck} writes it and {@code ssh-keygen -Y check-novalidate -n
 * clusterdeck} reads it: nobody needs Clusterdeck to check what we signed. The format is OpenSSH's PROTOCOL.sshsig.
 *
 * @param by whose key it is
 * @param signature over what {@link #signed} gives
 */
public record Signature(PublicKey by, byte[] signature, String hash) {

    /** What the signature is for: one that was made for something else is not ours. */
    public static final String NAMESPACE = "clusterdeck";

    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final Pattern ARMOUR = Pattern.compile(BEGIN + "([A-Za-z0-9+/=\\s]+)" + END);

    /** Signs; the text of the file beside it. */
    public static String of(byte[] content, KeyPair key) {
        try {
            var signer = java.security.Signature.getInstance("Ed25519");
            signer.initSign(key.getPrivate());
            signer.update(signed(content, "sha512"));
            var blob = new Wire.Writer()
                    .raw(MAGIC)
                    .number(VERSION)
                    .bytes(PublicKey.of(key.getPublic()).blob())
                    .text(NAMESPACE)
                    .text("")
                    .text("sha512")
                    .bytes(new Wire.Writer()
                            .text(PublicKey.TYPE)
                            .bytes(signer.sign())
                            .written())
                    .written();
            var lines = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(blob);
            return BEGIN + "\n" + lines + "\n" + END + "\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform since 15 has Ed25519
        }
    }

    /** Reads the file beside; empty where it is no signature of this kind. */
    public static Optional<Signature> read(String text) {
        var armour = ARMOUR.matcher(text);
        if (!armour.find()) {
            return Optional.empty();
        }
        byte[] blob;
        try {
            blob = Base64.getMimeDecoder().decode(armour.group(1));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
        var in = new Wire.Reader(blob);
        boolean ours = Arrays.equals(in.raw(MAGIC.length), MAGIC) && in.number() == VERSION;
        var key = PublicKey.blob(in.bytes());
        ours &= in.text().equals(NAMESPACE);
        in.bytes(); // reserved
        var hash = in.text();
        var inner = new Wire.Reader(in.bytes());
        ours &= inner.text().equals(PublicKey.TYPE) && (hash.equals("sha512") || hash.equals("sha256"));
        var signature = inner.bytes();
        ours &= in.done() && inner.done();
        return ours && key.isPresent() ? Optional.of(new Signature(key.get(), signature, hash)) : Optional.empty();
    }

    /** Whether the content is what was signed, by the key that the signature names. */
    public boolean holds(byte[] content) {
        try {
            var checker = java.security.Signature.getInstance("Ed25519");
            checker.initVerify(by.key());
            checker.update(signed(content, hash));
            return checker.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static byte[] signed(byte[] content, String hash) throws GeneralSecurityException {
        var name = hash.equals("sha256") ? "SHA-256" : "SHA-512";
        return new Wire.Writer()
                .raw(MAGIC)
                .text(NAMESPACE)
                .text("")
                .text(hash)
                .bytes(MessageDigest.getInstance(name).digest(content))
                .written();
    }
}
