package io.clusterdeck.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.link.Lasting;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether nodes are who they should be, and for how long they can show it. */
class IdentityRulesTest extends SixNodes {

    @Test
    void aNodeThatIsNotTrusted() {
        var why = Say.of("link.untrusted", "node", "x", "reason", Say.of("tls.expired", "at", NOW));
        contact("m1", new Contact.Refuses(NOW, why));
        var found = only("untrusted");
        assertEquals(Level.BAD, found.level());
        assertEquals(Say.of("tls.expired.next"), found.next().args().get("cure"));
    }

    /** Nobody knows which node it is, but somebody answers there. */
    @Test
    void anAddressWhereWhoAnswersIsNotTrusted() {
        var at = new NodeAddress("10.0.0.9", 9000);
        var why = Say.of("link.untrusted", "node", at, "reason", Say.of("tls.stranger", "issuer", "CN=x"));
        var found = checked(new Case(state(), Map.of(at, new Contact.Refuses(NOW, why)), false, HostFacts.NONE));
        assertEquals(List.of("untrusted"), names(found));
        assertEquals(at.toString(), found.getFirst().title().args().get("node").toString());
        assertEquals(Say.of("tls.stranger.next"), found.getFirst().next().args().get("cure"));
    }

    /** Days that it lasted and days that are left: told from 30 on, or in the last third. */
    @ParameterizedTest
    @CsvSource({"825, 31,", "825, 29, WARN", "825, 3, BAD", "825, -1, BAD", "9, 4,", "12, 3, BAD", "60, 10, WARN"})
    void aCertificateThatEnds(int lasted, int left, @Nullable Level level) {
        var until = NOW.plus(Duration.ofDays(left));
        var certificate = new Lasting(until.minus(Duration.ofDays(lasted)), until, "");
        var at = state().nodes().values().iterator().next().address();
        var found = checked(new Case(
                state(),
                Map.of(),
                false,
                HostFacts.NONE,
                n -> Optional.of(certificate).filter(c -> n.equals(at)),
                n -> Optional.empty()));
        assertEquals(level == null ? List.of() : List.of("certificate-ends"), names(found));
        found.forEach(f -> assertEquals(level, f.level()));
    }
}
