package io.clusterdeck.store;

import io.clusterdeck.ssh.Secret;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.LoggerFactory;

/** A key, and what it does: AES-256-GCM with a fresh nonce each time; a key from a password by PBKDF2-HMAC-SHA256. */
final class Seal {

    /** As many rounds as OWASP asks for with this function (Password Storage Cheat Sheet, 2023). */
    private static final int ROUNDS = 600_000;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * What lies in the file.
     *
     * @param rounds 0 when the key lies in a file
     */
    record Box(int version, int rounds, byte[] salt, byte[] nonce, byte[] data) {
        boolean byFile() {
            return rounds == 0;
        }
    }

    private final SecretKeySpec key;
    private final int rounds;
    private final byte[] salt;

    private Seal(byte[] key, int rounds, byte[] salt) {
        this.key = new SecretKeySpec(key, "AES");
        this.rounds = rounds;
        this.salt = salt;
    }

    static Seal of(byte[] key) {
        return new Seal(key, 0, new byte[0]);
    }

    static Seal of(Secret master) {
        var salt = random(16);
        return new Seal(derived(master, salt, ROUNDS), ROUNDS, salt);
    }

    /** As that box was sealed. */
    static Seal of(Secret master, Box box) {
        return new Seal(derived(master, box.salt(), box.rounds()), box.rounds(), box.salt());
    }

    static byte[] random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    boolean byFile() {
        return rounds == 0;
    }

    Box close(byte[] clear) {
        var nonce = random(NONCE);
        try {
            return new Box(
                    1, rounds, salt, nonce, cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(clear));
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

    private static byte[] derived(Secret master, byte[] salt, int rounds) {
        var spec = new PBEKeySpec(master.reveal().toCharArray(), salt, rounds, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        } finally {
            spec.clearPassword();
        }
    }
}
