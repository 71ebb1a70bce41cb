package io.clusterdeck.cli;

import io.clusterdeck.redis.timeline.Chronicle;
import io.clusterdeck.redis.timeline.Headline;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.PostMortem;
import io.clusterdeck.redis.timeline.Spans;
import io.clusterdeck.redis.timeline.TimelineJson;
import io.clusterdeck.redis.timeline.Times;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the failovers of a cluster, those that were kept and those its nodes' logs tell; or tells one of them. As text, JSON, HTML or Markdown. */
@Command(name = "failovers")
final class FailoversWord extends NamedClusterWord {

    @Parameters(paramLabel = "N", index = "1", arity = "0..1")
    @Nullable
    Integer number;

    @Option(names = "--json")
    boolean json;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE")
    @Nullable
    Path output;

    FailoversWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var cluster = cluster();
        seen(cluster);
        var all = cluster.timelines().settled(Duration.ofSeconds(wait));
        cluster.timelines().unshown().forEach(session::note);
        if (number == null) {
            list(cluster.spec().name(), all);
            return Code.DONE;
        }
        if (number < 1 || number > all.size()) {
            throw new Misuse(Say.of("cli.failovers.none", "n", number, "all", all.size()));
        }
        one(all.get(number - 1));
        return Code.DONE;
    }

    private void list(String cluster, List<Kept> all) throws Failure {
        var text = json ? Chronicle.json(all) : text(all);
        tell(
                text,
                name -> name.endsWith(".html")
                        ? Chronicle.html(cluster, all, session.words)
                        : name.endsWith(".json")
                                ? Chronicle.json(all)
                                : name.endsWith(".md") ? Chronicle.markdown(cluster, all, session.words) : text);
    }

    private String text(List<Kept> all) {
        if (all.isEmpty()) {
            return session.words.say("cli.failovers.empty");
        }
        var lines = new ArrayList<String>();
        for (int i = 0; i < all.size(); i++) {
            var t = all.get(i).timeline();
            var outage = t.outage()
                    .map(o -> "  " + session.words.say("failovers.millis", "t", o.toMillis()))
                    .orElse("");
            lines.add(
                    "%3d  %s  %s%s".formatted(i + 1, Times.day(t.began()), session.words.say(Headline.say(t)), outage));
        }
        return String.join("\n", lines);
    }

    private void one(Kept kept) throws Failure {
        var text = json ? TimelineJson.text(kept) : text(kept);
        tell(
                text,
                name -> name.endsWith(".html")
                        ? PostMortem.html(kept, session.words)
                        : name.endsWith(".json")
                                ? TimelineJson.text(kept)
                                : name.endsWith(".md") ? PostMortem.markdown(kept, session.words) : text);
    }

    /** On the screen; or into the file that was named, as the end of its name wants it. */
    private void tell(String text, UnaryOperator<String> as) throws Failure {
        var file = Optional.ofNullable(output);
        if (file.isEmpty()) {
            session.result(text);
            return;
        }
        var name = file.get().toString();
        try {
            Files.writeString(file.get(), as.apply(name));
        } catch (IOException unwritable) {
            throw new NotAllowed(
                    Say.of("cli.failovers.unwritable", "file", name, "why", unwritable),
                    Say.of("cli.failovers.unwritable.next"),
                    unwritable);
        }
        session.result(Say.of("cli.failovers.written", "file", name));
    }

    private String text(Kept kept) {
        var t = kept.timeline();
        var words = session.words;
        var s = new StringBuilder(words.say(Headline.say(t))).append('\n');
        s.append(words.say(Headline.clocks(t))).append('\n');
        t.why().forEach(w -> s.append(words.say(w)).append('\n'));
        t.notes().forEach(w -> s.append(words.say(w)).append('\n'));
        for (var span : t.stages()) {
            s.append("\n%d %s  %s%n"
                    .formatted(span.stage().number(), words.say(span.stage().title()), Spans.times(span, words)));
            span.happened().forEach(h -> s.append("  ").append(words.say(h)).append('\n'));
        }
        return s.toString().replaceAll("[⟨⟩⟪⟫]", "").stripTrailing();
    }
}
