package io.clusterdeck.cli;

import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.timeline.Chronicle;
import io.clusterdeck.redis.timeline.FailoverExports;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.PostMortemText;
import io.clusterdeck.redis.timeline.TimelineJson;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the failovers of a cluster, those that were kept and those its nodes' logs tell; or tells one of them, on the screen or as a file. */
@Command(name = "failovers")
final class FailoversWord extends NamedClusterWord {

    @Parameters(paramLabel = "FAILOVER", index = "1", arity = "0..1")
    @Nullable
    String which;

    @Option(names = "--json")
    boolean json;

    @Mixin
    ExportOptions export = new ExportOptions(Format.FAILOVERS);

    FailoversWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var wanted = behind(which);
        var formats = wanted == null ? Format.CHRONICLES : Format.FAILOVERS;
        var format = export.format(formats, Format.TEXT); // before anybody is asked
        var cluster = cluster();
        seen(cluster);
        var all = cluster.timelines().settled(Duration.ofSeconds(wait));
        cluster.timelines().unshown().forEach(session::note);
        if (wanted == null) {
            list(cluster.spec().name(), all, format);
        } else {
            one(
                    Numbered.of(
                            wanted,
                            all,
                            k -> k.timeline().id(),
                            Say.of("cli.failovers.none", "n", wanted, "all", all.size())),
                    format);
        }
        return Code.DONE;
    }

    private void list(String cluster, List<Kept> all, Format format) throws Failure {
        if (!export.wanted()) {
            session.result(json ? Chronicle.json(all) : Chronicle.text(all, session.words));
            return;
        }
        var archive = session.deck(answers).archive();
        var content = FailoverExports.all(format, cluster, all, session.words);
        export.write(session, (file, sign) -> archive.export(content, file, sign));
    }

    private void one(Kept kept, Format format) throws Failure {
        if (!export.wanted()) {
            session.result(
                    json
                            ? TimelineJson.text(kept)
                            : PostMortemText.text(kept, session.words).stripTrailing());
            return;
        }
        var archive = session.deck(answers).archive();
        var content = FailoverExports.of(format, kept, session.words);
        export.write(session, (file, sign) -> archive.export(content, file, sign));
    }
}
