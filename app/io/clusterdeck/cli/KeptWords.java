package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.Locale;
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
            var runs = session.deck(answers).runs();
            if (json) {
                session.result(RunJson.write(runs.known()).toPrettyString());
            } else {
                known(runs).forEach(r -> session.result(line(r)));
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

    @Command(name = "forget")
    static final class Forget extends Word {

        @Parameters(paramLabel = "CLUSTER")
        String named = "";

        Forget(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, Misuse {
            session.deck(answers).forget(session.known(answers, named));
            session.result(Say.of("cli.forgotten", "name", named));
            return Code.DONE;
        }
    }
}
