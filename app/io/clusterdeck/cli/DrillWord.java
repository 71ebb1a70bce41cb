package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.redis.drill.DrillExports;
import io.clusterdeck.redis.drill.DrillReader;
import io.clusterdeck.redis.drill.DrillReader.Reading;
import io.clusterdeck.redis.drill.DrillReport;
import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.drill.Library;
import io.clusterdeck.redis.drill.Objective;
import io.clusterdeck.redis.drill.ResultJson;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rehearses a fault, measures what it costs, puts everything back. The exit code says whether the objective was kept. */
@Command(name = "drill")
final class DrillWord extends ActWord {

    @Parameters(paramLabel = "DRILL", arity = "0..1")
    @Nullable
    String drill;

    @Option(names = "--list")
    boolean list;

    @Option(names = "--on-node", paramLabel = "NODE")
    @Nullable
    String node;

    @Option(names = "--on-host", paramLabel = "HOST")
    @Nullable
    String host;

    @Option(names = "--objective", paramLabel = "OBJECTIVE")
    @Nullable
    String objective;

    @Mixin
    ExportOptions export = new ExportOptions(Format.DRILLS);

    DrillWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var format = export.format(Format.MARKDOWN); // before anything is broken
        var named = drill;
        if (list || named == null) {
            list();
            if (!list) {
                throw new Misuse(Say.of("cli.drill.which"));
            }
            return Code.DONE;
        }
        var wish = wish(named);
        var elsewhere = Optional.ofNullable(host);
        if (node != null && !wish.takesNode() || elsewhere.isPresent() && !wish.takesHost()) {
            throw new Misuse(Say.of(
                    elsewhere.isPresent() && !wish.takesHost() ? "cli.drill.no-host" : "cli.drill.no-node",
                    "name",
                    named));
        }
        var given = objective;
        if (given != null) {
            wish = wish.objective(objective(given, wish.objective()));
        }
        var cluster = cluster();
        var state = seen(cluster);
        var at = node;
        var there = at == null
                ? Optional.<String>empty()
                : Optional.of(NodeArgument.find(state, at).address().toString());
        wish = wish.at(there, elsewhere);
        if (plans.shows()) {
            return take(cluster.drills().offer(wish));
        }
        var ran = deciding().decide(cluster.drills().offer(wish));
        if (ran.isEmpty()) {
            return Code.FAILED;
        }
        var result = cluster.drills().result(ran.get().plan().id().value());
        if (result.isEmpty()) {
            return Math.max(Code.FAILED, plans.json ? deciding().tell(ran.get()) : early(ran.get()));
        }
        if (!done(ran.get())) {
            early(ran.get());
        }
        int code = tell(result.get(), format);
        return done(ran.get()) ? code : Math.max(Code.FAILED, code);
    }

    private int early(RunState state) {
        session.note(notEnded(state));
        return Code.FAILED;
    }

    /** What is put back already can't be gone on with; where a fault may last, it is to be put back before all else. */
    static Say notEnded(RunState state) {
        return state.owes()
                ? Say.of(
                        "cli.drill.owes",
                        "title",
                        state.plan().title(),
                        "plan",
                        state.plan().id())
                : Say.of("cli.drill.early", "title", state.plan().title());
    }

    static boolean drills(Plan plan) {
        return plan.steps().stream().anyMatch(s -> s.spec().kind().startsWith("drill."));
    }

    private static boolean done(RunState state) {
        return state.ended().filter(e -> e.outcome() == Outcome.DONE).isPresent();
    }

    /** One of the library, else a file. */
    private Drill wish(String named) throws Misuse {
        var known = Library.named(named);
        if (known.isPresent()) {
            return known.get();
        }
        var file = Path.of(named);
        if (!Files.isRegularFile(file)) {
            throw new Misuse(Say.of(
                    "cli.drill.unknown",
                    "name",
                    named,
                    "known",
                    Library.all().stream().map(Drill::name).toList()));
        }
        try {
            return switch (DrillReader.read(file)) {
                case Reading.Good good -> good.drill();
                case Reading.Bad bad ->
                    throw new Misuse(Say.of(
                            "cli.blueprint-wrong",
                            "mistakes",
                            bad.mistakes().stream()
                                    .map(m -> session.words.say(m.say()))
                                    .collect(Collectors.joining("\n"))));
            };
        } catch (IOException unreadable) {
            throw new Misuse(Say.of("cli.file-unreadable", "file", file, "why", unreadable));
        }
    }

    /** {@code 15s}, {@code 800ms}, {@code lost=0}, or both with a comma between. */
    private static Objective objective(String text, Objective otherwise) throws Misuse {
        long gap = otherwise.writeGap();
        int lost = otherwise.lost();
        for (var part : text.split(",", -1)) {
            if (part.matches("\\d{1,6}ms")) {
                gap = Long.parseLong(part.substring(0, part.length() - 2));
            } else if (part.matches("\\d{1,4}s")) {
                gap = Long.parseLong(part.substring(0, part.length() - 1)) * 1_000;
            } else if (part.matches("lost=\\d{1,6}")) {
                lost = Integer.parseInt(part.substring("lost=".length()));
            } else if (part.equals("lost=any")) {
                lost = -1;
            } else {
                throw new Misuse(Say.of("cli.drill.bad-objective", "text", part));
            }
        }
        return new Objective(gap, lost);
    }

    private void list() {
        if (plans.json) {
            var array = JsonNodeFactory.instance.arrayNode();
            Library.all()
                    .forEach(d -> array.addObject()
                            .put("name", d.name())
                            .put("what", session.words.say("drill.what." + d.name()))
                            .put("needs", session.words.say("drill.needs." + d.name()))
                            .put("risks", session.words.say("drill.risks." + d.name())));
            session.result(array.toPrettyString());
            return;
        }
        for (var each : Library.all()) {
            session.result(each.name());
            for (var part : new String[] {"what", "needs", "risks"}) {
                session.result("    " + session.words.say("drill." + part + "." + each.name()));
            }
        }
    }

    private int tell(DrillResult result, Format format) throws Failure {
        session.result(plans.json ? ResultJson.text(result) : new DrillReport(result, session.words).markdown());
        if (export.wanted()) {
            var archive = session.deck(answers).archive();
            var content = DrillExports.of(format, result, session.words);
            export.write(session::progress, (file, sign) -> archive.export(content, file, sign));
        }
        return result.passed() ? Code.DONE : Code.FAILED;
    }
}
