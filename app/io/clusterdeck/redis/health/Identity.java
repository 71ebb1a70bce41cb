package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.health.Findings.about;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether nodes are who they should be, and for how long they can show it. */
final class Identity {

    /** Nobody should be surprised on a weekend. */
    private static final Duration URGENT = Duration.ofDays(4);

    private Identity() {}

    /** It answers, and its certificate is not one to be trusted. */
    static Stream<Finding> untrusted(Case at) {
        return at.nodes()
                .flatMap(n -> cure(n.contact()).stream()
                        .map(c -> about(
                                n, "untrusted", Level.BAD, Optional.empty(), "told", why(n.contact()), "cure", c)));
    }

    /** Where that is why who answers is not trusted: what to do about its certificate. */
    static Optional<Say> cure(Contact contact) {
        return contact instanceof Contact.Refuses r
                        && r.why().key().equals("link.untrusted")
                        && r.why().args().get("reason") instanceof Say reason
                ? Optional.of(Say.of(reason.key() + ".next"))
                : Optional.empty();
    }

    private static Say why(Contact contact) {
        return ((Contact.Refuses) contact).why();
    }

    /** Connections that stand go on; new ones, and the links of a node that restarts, do not come about. */
    static Stream<Finding> ending(Case at) {
        var now = at.state().at();
        return at.nodes()
                .flatMap(n -> at.certificates().apply(n.address()).filter(c -> c.ending(now)).stream()
                        .map(c -> about(
                                n,
                                "certificate-ends",
                                now.plus(URGENT).isAfter(c.until()) ? Level.BAD : Level.WARN,
                                Optional.empty(),
                                "at",
                                c.until())));
    }
}
