package io.clusterdeck.redis.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of ours, judged by Java's path validation and by OpenSSL. */
class AuthorityTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final List<String> NAMES = List.of("10.0.0.11", "fd00::11", "h1.example");

    private static Authority authority(Issued made) throws Exception {
        return Authority.of(made.text(), made.key());
    }

    private static X509TrustManager trusting(X509Certificate authority) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("a", authority);
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    @Test
    void javaTrustsWhatItSignedAndNobodyElses() throws Exception {
        var made = Authority.make("the private authority of orders 大", NOW);
        var issued = authority(made).issue("h1", NAMES, NOW, Duration.ofDays(90));
        var chain = new X509Certificate[] {issued.certificate()};
        trusting(made.certificate()).checkServerTrusted(chain, "ECDHE_ECDSA");
        trusting(made.certificate()).checkClientTrusted(chain, "ECDHE_ECDSA");
        var other = trusting(
                Authority.make("the private authority of orders 大", NOW).certificate());
        assertThrows(CertificateException.class, () -> other.checkServerTrusted(chain, "ECDHE_ECDSA"));
        assertThrows(
                CertificateException.class,
                () -> trusting(issued.certificate())
                        .checkServerTrusted(
                                new X509Certificate[] {
                                    authority(made)
                                            .issue("h2", NAMES, NOW, Duration.ofDays(1))
                                            .certificate()
                                },
                                "ECDHE_ECDSA"));
    }

    @Test
    void itSaysToWhomAndHowLong() throws Exception {
        var made = Authority.make("a", NOW);
        var issued =
                authority(made).issue("h1", NAMES, NOW, Duration.ofDays(90)).certificate();
        assertEquals(
                List.of("10.0.0.11", "fd00:0:0:0:0:0:0:11", "h1.example"),
                issued.getSubjectAlternativeNames().stream().map(n -> n.get(1)).toList());
        assertEquals(NOW.plus(90, ChronoUnit.DAYS), issued.getNotAfter().toInstant());
        assertTrue(issued.getNotBefore().toInstant().isBefore(NOW), "a host whose clock is behind takes it, too");
        var last =
                authority(made).issue("h1", NAMES, NOW, Duration.ofDays(9000)).certificate();
        assertEquals(made.certificate().getNotAfter(), last.getNotAfter(), "no longer than its authority");
    }

    /** A year after 2049 is written in another form, a serial number may begin with a high bit: many, and far ahead. */
    @Test
    void openSslTakesEveryOne(@TempDir Path folder) throws Exception {
        var late = Instant.parse("2045-01-01T00:00:00Z");
        var made = Authority.make("x".repeat(100), late);
        Files.writeString(folder.resolve("ca.crt"), made.text());
        var command = new java.util.ArrayList<>(List.of(
                "openssl",
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-attime",
                Long.toString(late.getEpochSecond()),
                "-CAfile",
                folder.resolve("ca.crt").toString()));
        for (int i = 0; i < 20; i++) {
            var issued = authority(made).issue("h" + i, NAMES, late, Duration.ofDays(365L * 8));
            var file = folder.resolve("n" + i);
            // one file for both, as nodes get it
            Files.writeString(file, issued.key().reveal() + issued.text());
            command.add(file.toString());
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals(20, said.lines().filter(l -> l.endsWith(": OK")).count(), said);
    }

    @Test
    void theKeyIsKeptToItself() throws Exception {
        var made = Authority.make("a", NOW);
        assertEquals(-1, made.toString().indexOf("PRIVATE"), made.toString());
        assertTrue(made.key().reveal().startsWith("-----BEGIN PRIVATE KEY-----\n"));
    }
}
