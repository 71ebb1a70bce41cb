package io.clusterdeck.cli;

import io.clusterdeck.redis.forecast.Forecast;
import io.clusterdeck.redis.forecast.ForecastJson;
import io.clusterdeck.redis.forecast.ForecastWords;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what the loss of each node and host would do, what hurts most first. Changes nothing. */
@Command(name = "forecast")
final class ForecastWord extends NamedClusterWord {

    @Option(names = "--json")
    boolean json;

    ForecastWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var state = seen(cluster());
        var terms = Terms.seen(state);
        var all = Forecast.each(state, terms);
        if (json) {
            session.result(ForecastJson.write(all).toPrettyString());
        } else if (all.isEmpty()) {
            session.result(Say.of("forecast.nothing"));
        } else {
            session.result(Say.of(
                    "forecast.title",
                    "cluster",
                    state.name(),
                    "timeout",
                    terms.nodeTimeout(),
                    "coverage",
                    Say.of(terms.fullCoverage() ? "forecast.yes" : "forecast.no")));
            all.forEach(f -> session.result(text(f)));
        }
        return all.isEmpty() ? Code.UNKNOWN : Code.DONE;
    }

    private String text(Forecast forecast) {
        var lines = new java.util.ArrayList<String>();
        lines.add("");
        lines.add(session.words.say(ForecastWords.loss(forecast.loss())));
        if (!forecast.shards().isEmpty()) {
            lines.add(line("slots", Say.of("forecast.slots", "n", forecast.slots())));
            lines.add(line("outage", ForecastWords.outage(forecast)));
            ForecastWords.worst(forecast).forEach(w -> lines.add("    " + session.words.say(w)));
            lines.add(line("others", ForecastWords.others(forecast)));
            lines.add(line("heir", ForecastWords.heirs(forecast)));
            lines.add(line("risk", ForecastWords.risk(forecast)));
        }
        if (forecast.copiesLost() > 0) {
            lines.add("  " + session.words.say(Say.of("forecast.copies", "n", forecast.copiesLost())));
        }
        lines.add(line("quorum", ForecastWords.quorum(forecast)));
        lines.add(line("next", ForecastWords.next(forecast)));
        return String.join("\n", lines);
    }

    private String line(String column, Say what) {
        return line(column, List.of(what));
    }

    private String line(String column, List<Say> what) {
        return "  " + session.words.say("forecast.column." + column) + ": " + session.words.clauses(what);
    }

    @Override
    int unreachable() {
        return Code.UNKNOWN;
    }
}
