package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clusterdeck.deck.Adoption;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words about what this computer keeps: clusters and runs. */
final class KeptWords {

    private KeptWords() {}

    @Command(name = "clusters")
    static final class Clusters extends Word {

        @Option(names = "--json")
        boolean json;

        Clusters(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure {
            var all = session.deck(answers).clusters();
            if (json) {
                var array = JsonNodeFactory.instance.arrayNode();
                all.forEach(c -> {
                    var one = array.addObject().put("name", c.name()).put("production", c.production());
                    var seeds = one.put("readOnly", c.readOnly()).putArray("seeds");
                    c.seeds().forEach(s -> seeds.add(s.toString()));
                });
                session.result(array.toPrettyString());
            } else if (all.isEmpty()) {
                session.result(Say.of("cli.no-cluster"));
            } else {
                all.forEach(c -> session.result(line(c)));
            }
            return Code.DONE;
        }

        private String line(ClusterSpec c) {
            var seeds = c.seeds().stream().map(NodeAddress::toString).collect(Collectors.joining(" "));
            return c.name() + "  " + seeds + (c.production() ? "  " + session.words.say("cli.production") : "");
        }
    }

    @Command(name = "runs")
    static final class RunsList extends Word {

        @Option(names = "--json")
        boolean json;

        RunsList(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure {
            var all = session.deck(answers).runs().all();
            if (json) {
                var array = JsonNodeFactory.instance.arrayNode();
                all.forEach(r -> array.add(RunJson.write(r)));
                session.result(array.toPrettyString());
            } else {
                all.forEach(r -> session.result(line(r)));
            }
            return Code.DONE;
        }

        private String line(RunState run) {
            var outcome = run.ended()
                    .map(e -> e.outcome().name().toLowerCase(Locale.ROOT))
                    .orElse("running");
            return run.plan().id() + "  " + session.words.say("cli.outcome." + outcome) + "  "
                    + session.words.say(run.plan().title());
        }
    }

    @Command(name = "adopt")
    static final class Adopt extends Word {

        private static final Pattern ADDRESS = Pattern.compile("(?:\\[([^]]+)]|([^:]+)):([0-9]{1,5})");

        @Parameters(paramLabel = "NAME", index = "0")
        String name = "";

        @Parameters(paramLabel = "HOST:PORT", index = "1")
        String seed = "";

        @Option(names = "--user", paramLabel = "USER")
        String user = "";

        @Option(names = "--through-hosts")
        boolean throughHosts;

        @Option(names = "--host", paramLabel = "HOST")
        List<String> hosts = new ArrayList<>();

        @Option(names = "--ask-password")
        boolean askPassword;

        Adopt(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var match = ADDRESS.matcher(seed);
            if (!match.matches()) {
                throw new Misuse(Say.of("cli.bad-address", "address", seed));
            }
            var host = match.group(1) == null ? match.group(2) : match.group(1);
            var address = new NodeAddress(host, Integer.parseInt(match.group(3)));
            var wish = new Adoption(
                    name,
                    address,
                    user,
                    password(),
                    throughHosts ? Access.THROUGH_HOSTS : Access.DIRECT,
                    hosts.stream().map(HostSpec::parse).toList());
            var adopted = session.deck(answers).adopt(wish);
            for (var one : adopted.found().nodes()) {
                one.why()
                        .ifPresent(w -> session.note(Say.of(
                                "cli.adopt.unmatched",
                                "node",
                                one.node().address(),
                                "why",
                                w.what(),
                                "next",
                                w.next())));
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

    @Command(name = "forget")
    static final class Forget extends Word {

        @Parameters(paramLabel = "CLUSTER")
        String named = "";

        Forget(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, Misuse {
            var deck = session.deck(answers);
            var known = deck.clusters().stream().map(ClusterSpec::name).toList();
            if (!known.contains(named)) {
                throw new Misuse(Say.of("cli.unknown-cluster", "cluster", named, "known", known));
            }
            deck.forget(named);
            session.result(Say.of("cli.forgotten", "name", named));
            return Code.DONE;
        }
    }
}
