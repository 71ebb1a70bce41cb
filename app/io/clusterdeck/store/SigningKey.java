package io.clusterdeck.store;

import io.clusterdeck.say.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.slf4j.LoggerFactory;

/** The Ed25519 key (RFC 8032) of this user, in a file that only they may read: the private and the public half, a line each. */
public record SigningKey(KeyPair pair) {

    static SigningKey of(Path file) throws Failure {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return read(file);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failed) {
            throw Kept.unreadable(file, failed);
        }
    }

    private static void make(Path file) throws IOException, GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var encoder = Base64.getEncoder();
        var text = encoder.encodeToString(pair.getPrivate().getEncoded()) + "\n"
                + encoder.encodeToString(pair.getPublic().getEncoded()) + "\n";
        try {
            Files0600.create(file, text.getBytes(StandardCharsets.US_ASCII));
        } catch (FileAlreadyExistsException faster) {
            LoggerFactory.getLogger(SigningKey.class).debug("another process made the key first", faster);
        }
    }

    private static SigningKey read(Path file) throws IOException, GeneralSecurityException {
        var lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        if (lines.size() < 2) {
            throw new IOException("two lines are expected");
        }
        var decoder = Base64.getDecoder();
        var keys = KeyFactory.getInstance("Ed25519");
        return new SigningKey(new KeyPair(
                keys.generatePublic(new X509EncodedKeySpec(decoder.decode(lines.get(1)))),
                keys.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines.getFirst())))));
    }
}
