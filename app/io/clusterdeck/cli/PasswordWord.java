package io.clusterdeck.cli;

import io.clusterdeck.redis.config.Passwords;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes the password of a user on all nodes, and later retires the old one. */
@Command(name = "password")
final class PasswordWord extends ActWord {

    @Parameters(paramLabel = "CLUSTER", index = "0", arity = "0..1")
    Optional<String> named = Optional.empty();

    @Option(names = "--acl-user", paramLabel = "USER")
    Optional<String> user = Optional.empty();

    @Option(names = "--new-password-file", paramLabel = "FILE")
    Optional<String> file = Optional.empty();

    @Option(names = "--retire-old")
    boolean retire;

    PasswordWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        if (named.isPresent()) {
            name = named.get();
        }
        var cluster = cluster();
        var who = user.orElseGet(() -> cluster.spec().user());
        boolean ours = Passwords.name(who).equals(Passwords.name(cluster.spec().user()));
        seen(cluster);
        boolean stays = retire && ours && file.isEmpty();
        var to = stays ? Optional.<Secret>empty() : session.person(answers).newPassword(file, !retire);
        if (to.isEmpty() && !stays) { // without one it would be about the one that is kept
            session.note(Say.of("cli.password.none"));
            return Code.MISUSED;
        }
        return take(cluster.changePassword(who, to, retire));
    }

    @Override
    int unreachable() {
        return Code.UNKNOWN;
    }
}
