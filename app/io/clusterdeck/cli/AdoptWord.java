package io.clusterdeck.cli;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.Found;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds a running cluster from the address of one of its nodes, and keeps it. */
@Command(name = "adopt")
final class AdoptWord extends Word {

    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([^]]+)]|([^:]+)):([0-9]{1,5})");

    @Parameters(paramLabel = "NAME", index = "0")
    String name = "";

    @Parameters(paramLabel = "HOST:PORT", index = "1")
    String seed = "";

    @Option(names = "--user", paramLabel = "USER")
    String user = "";

    @Option(names = "--through", paramLabel = "HOST")
    String through = "";

    @Option(names = "--through-hosts")
    boolean throughHosts;

    @Option(names = "--host", paramLabel = "HOST")
    List<String> hosts = new ArrayList<>();

    @Option(names = "--ask-password")
    boolean askPassword;

    @Option(names = "--ask-config-word")
    boolean askConfigWord;

    @Option(names = "--tls-ca", paramLabel = "FILE")
    String authority = "";

    @Option(names = "--tls-cert", paramLabel = "FILE")
    String certificate = "";

    @Option(names = "--tls-key", paramLabel = "FILE")
    String key = "";

    @Option(names = "--tls-any-name")
    boolean anyName;

    AdoptWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var adopted = session.deck(answers).adopt(wish(), progress());
        for (var one : adopted.found().nodes()) {
            one.why()
                    .ifPresent(w -> session.note(Say.of(
                            "cli.adopt.unmatched", "node", one.node().address(), "why", w.what(), "next", w.next())));
        }
        session.result(Say.of(
                "cli.adopted",
                "name",
                adopted.spec().name(),
                "seeds",
                adopted.found().nodes().size(),
                "matched",
                adopted.found().matched()));
        return Code.DONE;
    }

    /** Where it takes long it is said how far it has come. */
    private Consumer<Found> progress() {
        var slow = Instant.now().plus(Sight.LONG);
        var last = new AtomicInteger(-1);
        return found -> {
            if (!found.nodes().isEmpty()
                    && Instant.now().isAfter(slow)
                    && last.getAndSet(found.matched()) != found.matched()) {
                var hosts = found.hosts().stream().map(h -> h.host().name()).toList();
                session.progress(session.words.say(Say.of(
                        "cli.adopt.looks",
                        "hosts",
                        hosts,
                        "matched",
                        found.matched(),
                        "n",
                        found.nodes().size())));
            }
        };
    }

    private Adoption wish() throws Misuse {
        var match = ADDRESS.matcher(seed);
        if (!match.matches()) {
            throw new Misuse(Say.of("cli.bad-address", "address", seed));
        }
        var host = match.group(1) == null ? match.group(2) : match.group(1);
        var all = new ArrayList<HostSpec>();
        if (!through.isEmpty()) {
            all.add(HostSpec.parse(through));
        }
        hosts.stream().map(HostSpec::parse).forEach(all::add);
        return new Adoption(
                name,
                new NodeAddress(host, Integer.parseInt(match.group(3))),
                user,
                password(),
                throughHosts || !through.isEmpty() ? Access.THROUGH_HOSTS : Access.DIRECT,
                all,
                authority.isEmpty() ? Optional.empty() : Optional.of(new Tls(authority, certificate, key, !anyName)),
                session.configWord(answers, askConfigWord));
    }

    private Optional<Secret> password() {
        boolean given = answers.passwordFromStdin
                || askPassword
                || session.answersFile(answers, Answering.Kind.PASSWORD).isPresent();
        return given ? session.person(answers).password(name, false) : Optional.empty();
    }

    @Override
    int unreachable() {
        return Code.UNKNOWN;
    }
}
