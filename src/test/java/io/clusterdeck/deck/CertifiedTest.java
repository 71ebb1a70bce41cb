package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.tls.Authority;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are to lie ready on a host are looked at while planning: what is wrong with them is said before anything is changed. */
@Tag("local")
class CertifiedTest {

    @TempDir
    Path folder;

    private Offer offered() throws Exception {
        try (var deck = DeckApp.open(Home.at(folder.resolve("home")), Unattended.TRUSTING)) {
            return deck.build(Building.read("""
                name: sealed
                hosts: [{name: here, ssh: local}]
                redis: {source: packaged}
                layout: {root: %1$s/root, ports: %2$d}
                tls: {certificates: hosts, ca: %1$s/ca.crt, certificate: %1$s/node.crt, key: %1$s/node.key, trust: %1$s/ca.crt}
                """.formatted(folder, Ports.block(6))));
        }
    }

    private static String why(Offer offer) {
        return assertInstanceOf(Offer.Refused.class, offer).why().toString();
    }

    @Test
    void filesOnAHostThatAreNoGoodRefuseThePlan() throws Exception {
        var ca = Authority.make("ours", Instant.now());
        var authority = Authority.of(ca.text(), ca.key());
        Files.writeString(folder.resolve("ca.crt"), ca.text());
        assertTrue(why(offered()).contains("build.certify.not-there"));

        for (var name : List.of("10.9.9.9", "127.0.0.1")) {
            var issued = authority.issue("here", List.of(name), Instant.now(), Duration.ofDays(9));
            Files.writeString(folder.resolve("node.crt"), issued.text());
            Files.writeString(folder.resolve("node.key"), issued.key().reveal());
            var offer = offered();
            if (name.equals("127.0.0.1")) {
                assertInstanceOf(Offer.Ready.class, offer);
            } else {
                assertTrue(why(offer).contains("tls.name"), () -> why(offer));
            }
        }
        assertEquals(List.of(), named("root"), "nothing was made by looking");
    }

    private List<Path> named(String name) throws Exception {
        try (var all = Files.list(folder)) {
            return all.filter(f -> f.endsWith(name)).toList();
        }
    }
}
