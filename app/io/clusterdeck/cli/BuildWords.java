package io.clusterdeck.cli;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanScript;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words around a blueprint: plan shows what apply does, resume goes on where a run stopped, destroy takes it away again. */
final class BuildWords {

    private BuildWords() {}

    @Command(name = "plan")
    static final class Show extends Word {

        @Parameters(paramLabel = "FILE")
        Path file = Path.of("");

        @Option(names = "--json")
        boolean json;

        @Option(names = "--script", paramLabel = "FILE")
        @Nullable
        Path script;

        Show(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var wish = Blueprints.read(session, file);
            return switch (session.deck(answers).build(wish)) {
                case Offer.Ready ready -> show(ready, wish);
                case Offer.Refused refused -> {
                    deciding().refused(refused);
                    yield Code.FAILED;
                }
            };
        }

        private Deciding deciding() throws Failure {
            return new Deciding(session, session.deck(answers), answers, json, false);
        }

        private int show(Offer.Ready ready, Blueprint wish) throws Failure, Misuse {
            deciding().noted(ready);
            if (script != null) {
                export(ready.plan(), wish, script);
            } else {
                deciding().show(ready.plan());
            }
            return Code.DONE;
        }

        private void export(Plan plan, Blueprint wish, Path to) throws Misuse {
            var hosts = wish.hosts().stream().map(Blueprint.BuildHost::ssh).toList();
            var text = new PlanScript(session.words::say, hosts).write(plan);
            if (to.toString().equals("-")) {
                session.terminal.out.print(text);
                session.terminal.out.flush();
                return;
            }
            try {
                Files.writeString(to, text);
            } catch (IOException unwritable) {
                throw new Misuse(Say.of("cli.file-unwritable", "file", to, "why", unwritable));
            }
        }
    }

    /** Makes a plan for a cluster that it names itself. */
    abstract static class Planned extends Word {

        @Mixin
        Planning plans = new Planning();

        Planned(Session session) {
            super(session);
        }

        final Deciding deciding() throws Failure {
            return plans.deciding(session, answers);
        }
    }

    @Command(name = "apply")
    static final class Apply extends Planned {

        @Parameters(paramLabel = "FILE")
        Path file = Path.of("");

        Apply(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var wish = Blueprints.read(session, file);
            return deciding().take(session.deck(answers).build(wish));
        }
    }

    @Command(name = "resume")
    static final class Resume extends Planned {

        @Parameters(paramLabel = "RUN", arity = "0..1")
        @Nullable
        String run;

        @Option(names = "--accept")
        boolean accept;

        Resume(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var deck = session.deck(answers);
            var runs = deck.runs();
            var kept = deck.clusters().stream().map(ClusterSpec::name).toList();
            var all = known(runs);
            var wanted = all.stream()
                    .filter(r -> run == null
                            ? r.resumable()
                                    && !r.overtaken(all)
                                    && kept.contains(r.plan().on().name())
                            : r.plan().id().value().equals(run))
                    .max(Comparator.comparing(RunState::began))
                    .orElseThrow(() -> new Misuse(
                            run == null ? Say.of("cli.nothing-to-resume") : Say.of("cli.no-run", "run", run)));
            var on = wanted.plan().on();
            if (!kept.contains(on.name())) {
                throw new Misuse(Say.of("deck.run-of-gone", "cluster", on));
            }
            return deciding().resume(wanted, accept);
        }
    }

    @Command(name = "destroy")
    static final class Destroy extends Planned {

        @Parameters(paramLabel = "CLUSTER")
        String named = "";

        @Option(names = "--remove-data")
        boolean removeData;

        Destroy(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            return deciding().take(session.deck(answers).destroy(session.known(answers, named), removeData));
        }
    }
}
