package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import java.time.Instant;

/** What a failed question says about the contact with a node; "since" is kept as long as its kind does not change. */
final class Contacts {

    private Contacts() {}

    static Contact after(Contact before, Failure failure) {
        return switch (failure) {
            case SignInRefused no -> new Contact.Refuses(since(before, Contact.Refuses.class), no.what());
            case NotAllowed no -> new Contact.Refuses(since(before, Contact.Refuses.class), no.what());
            case Unreachable u when u.what().key().equals("link.silent") -> silent(before);
            case OutcomeUnknown unanswered -> silent(before);
            default -> new Contact.Gone(since(before, Contact.Gone.class), failure.what());
        };
    }

    static Contact silent(Contact before) {
        return new Contact.Silent(since(before, Contact.Silent.class));
    }

    private static Instant since(Contact before, Class<? extends Contact> kind) {
        if (!kind.isInstance(before)) {
            return Instant.now();
        }
        return switch (before) {
            case Contact.Silent s -> s.since();
            case Contact.Gone g -> g.since();
            case Contact.Refuses r -> r.since();
            case Contact.Answers a -> a.at();
            case Contact.Unknown u -> Instant.now();
        };
    }
}
