package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clusterdeck.redis.drill.DrillExports;
import io.clusterdeck.redis.drill.DrillReport;
import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.drill.DrillWords;
import io.clusterdeck.redis.drill.ResultJson;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.report.Plain;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the drills that were held on a cluster; or tells how one of them went, on the screen or as a file. No node is asked. */
@Command(name = "drills")
final class DrillsWord extends NamedClusterWord {

    @Parameters(paramLabel = "HELD", index = "1", arity = "0..1")
    @Nullable
    String which;

    @Option(names = "--json")
    boolean json;

    @Mixin
    ExportOptions export = new ExportOptions(Format.DRILLS);

    DrillsWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, Misuse {
        var format = export.format(Format.MARKDOWN);
        var wanted = behind(which);
        if (wanted == null && export.wanted()) {
            throw new Misuse(Say.of("cli.drills.which"));
        }
        var results = cluster().drills().results();
        results.unread().forEach(session::note);
        if (wanted == null) {
            list(results.all());
            return Code.DONE;
        }
        var result = Numbered.of(
                wanted,
                results.all(),
                DrillResult::id,
                Say.of("cli.drills.none-such", "n", wanted, "all", results.all().size()));
        if (!export.wanted()) {
            session.result(json ? ResultJson.text(result) : new DrillReport(result, session.words).markdown());
            return Code.DONE;
        }
        var archive = session.deck(answers).archive();
        var content = DrillExports.of(format, result, session.words);
        export.write(session, (file, sign) -> archive.export(content, file, sign));
        return Code.DONE;
    }

    private void list(List<DrillResult> all) {
        if (json) {
            var array = JsonNodeFactory.instance.arrayNode();
            all.forEach(r -> array.add(ResultJson.write(r)));
            session.result(array.toPrettyString());
            return;
        }
        if (all.isEmpty()) {
            session.result(Say.of("cli.drills.none"));
        }
        for (int i = 0; i < all.size(); i++) {
            var result = all.get(i);
            session.result("%3d  %s  %s  %s  [%s]"
                    .formatted(
                            i + 1,
                            result.measured().began().truncatedTo(ChronoUnit.SECONDS),
                            session.words.say(DrillWords.title(result.drill())),
                            session.words.say(DrillWords.verdict(result)),
                            Plain.line(result.id())));
        }
    }
}
