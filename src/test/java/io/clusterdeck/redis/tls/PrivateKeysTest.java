package io.clusterdeck.redis.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Say;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as OpenSSL writes them. */
class PrivateKeysTest {

    @TempDir
    Path folder;

    private String openssl(String arguments) throws Exception {
        var process = new ProcessBuilder("sh", "-c", "exec openssl " + arguments)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), arguments + "\n" + said);
        return said;
    }

    private String judged(String key) throws Exception {
        var certificate =
                Pem.certificates(Files.readString(folder.resolve("own.crt"))).getFirst();
        return PrivateKeys.wrong(certificate, Files.readString(folder.resolve(key)))
                .map(Say::key)
                .orElse("good");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa, -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
        "rsa, -algorithm RSA -pkeyopt rsa_keygen_bits:4096",
        "ec, -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
        "ec, -algorithm EC -pkeyopt ec_paramgen_curve:P-384",
        "ed, -algorithm ED25519"
    })
    void itsOwnIsGoodInEveryFormAndAnothersIsNot(String kind, String how) throws Exception {
        for (var name : new String[] {"own", "other"}) {
            openssl("genpkey " + how + " -out " + name + ".key");
        }
        openssl("req -x509 -new -key own.key -subj /CN=n -days 2 -out own.crt");
        openssl("pkey -in own.key -aes256 -passout pass:secret -out sealed.key");
        assertEquals("good", judged("own.key"));
        assertEquals("tls.key.other", judged("other.key"));
        assertEquals("tls.key.sealed", judged("sealed.key"));
        assertEquals("tls.key.none", judged("own.crt"));
        Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("own.crt")) + Files.readString(folder.resolve("own.key")));
        assertEquals("good", judged("both.pem"));
        if (!kind.equals("ed")) {
            for (var name : new String[] {"own", "other"}) {
                openssl(kind + " -in " + name + ".key -out " + name + ".old"
                        + (kind.equals("rsa") ? " -traditional" : ""));
            }
            openssl(kind + " -in own.key -aes256 -passout pass:secret -out sealed.old"
                    + (kind.equals("rsa") ? " -traditional" : ""));
            assertEquals("good", judged("own.old"));
            assertEquals("tls.key.other", judged("other.old"));
            assertEquals("tls.key.sealed", judged("sealed.old"));
        }
    }

    @Test
    void oneOfAnotherKindIsNotIts() throws Exception {
        openssl("genpkey -algorithm RSA -out own.key");
        openssl("req -x509 -new -key own.key -subj /CN=n -days 2 -out own.crt");
        openssl("ecparam -genkey -name prime256v1 -out other.key");
        assertEquals("tls.key.other", judged("other.key"));
    }
}
