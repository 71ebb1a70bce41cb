package io.clusterdeck.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.LoggerFactory;

/** A key, and what it does: AES-256-GCM with a fresh nonce each time. */
final class Seal {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What lies in the file. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Box(int version, byte[] nonce, byte[] data) {}

    private final SecretKeySpec key;

    private Seal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    static Seal of(byte[] key) {
        return new Seal(key);
    }

    static byte[] random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    Box close(byte[] clear) {
        var nonce = random(NONCE);
        try {
            return new Box(1, nonce, cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(clear));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has AES-GCM
        }
    }

    /** Empty when this is not its key, or when it was tampered with. */
    Optional<byte[]> open(Box box) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, box.nonce()).doFinal(box.data()));
        } catch (AEADBadTagException other) {
            LoggerFactory.getLogger(Seal.class).debug("another key", other);
            return Optional.empty();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
