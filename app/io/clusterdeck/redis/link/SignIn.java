package io.clusterdeck.redis.link;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.Secret;
import java.time.Duration;
import java.util.Optional;

/** Signs in on a fresh connection and names it, so that an operator finds it in CLIENT LIST. */
final class SignIn {

    /** The name of our connections. */
    static final String NAME = "clusterdeck";

    private SignIn() {}

    static void on(OneLink link, Login login, Duration limit) throws Failure, InterruptedException {
        if (login.password().isPresent()) {
            var reply = auth(link, login.user(), login.password().get(), limit);
            for (var other : login.others()) {
                if (reply instanceof Reply.Refused no && no.code().equals("WRONGPASS")) {
                    reply = auth(link, login.user(), other, limit);
                }
            }
            signedIn(link, reply);
        }
        // The name is a courtesy and may be refused; that there is an answer shows that the node runs and lets us in.
        if (link.call(limit, "CLIENT", "SETNAME", NAME) instanceof Reply.Refused refused) {
            hungUp(link, refused);
            if (refused.code().equals("NOAUTH")) {
                var others = login.others();
                if (login.password().isEmpty() && !others.isEmpty()) {
                    var rest = others.subList(1, others.size());
                    on(link, new Login(login.user(), Optional.of(others.getFirst()), rest), limit);
                    return;
                }
                throw new SignInRefused(
                        Say.of("link.wants-password", "node", link.to()), Say.of("link.wants-password.next"));
            }
        }
    }

    private static Reply auth(OneLink link, String user, Secret password, Duration limit)
            throws Failure, InterruptedException {
        return link.call(limit, RawCommand.auth(user, password.reveal().toCharArray()));
    }

    private static void signedIn(OneLink link, Reply reply) throws Failure {
        if (!(reply instanceof Reply.Refused refused)) {
            return;
        }
        hungUp(link, refused);
        // A node that has no password is open to us anyhow. Its words: "ERR AUTH <password> called without any password
        // configured …", before 6.0 "ERR Client sent AUTH, but no password is set".
        if (refused.code().equals("ERR")
                && (refused.message().contains("without any password")
                        || refused.message().contains("no password is set"))) {
            return;
        }
        throw new SignInRefused(
                Say.of("link.wrong-password", "node", link.to(), "told", refused.message()),
                Say.of("link.wrong-password.next"));
    }

    /** An error that was no answer to us, but the server's last words. */
    private static void hungUp(OneLink link, Reply.Refused refused) throws Failure {
        var told = Trouble.told(link.to(), "-" + refused.message());
        if (told.isPresent()) {
            throw told.get();
        }
    }
}
