package io.clusterdeck.redis.timeline;

import io.clusterdeck.words.Words;
import java.time.Duration;
import java.util.Locale;

/** A timeline as text, for messages of tests. */
public final class Shown {
    private Shown() {}

    public static String text(Kept kept) {
        var t = kept.timeline();
        var words = Words.in(Locale.ENGLISH);
        var s = new StringBuilder("\n" + t.id() + " " + t.kind() + " " + t.outcome() + " failed " + t.name(t.failed())
                + " winner " + t.winner().map(t::name) + " epoch " + t.epoch() + " outage " + t.outage() + "\n");
        t.why().forEach(w -> s.append("  why: ").append(words.say(w)).append('\n'));
        t.notes().forEach(w -> s.append("  note: ").append(words.say(w)).append('\n'));
        t.clocks().forEach(c -> s.append("  clock: ").append(c).append('\n'));
        for (var stage : t.stages()) {
            s.append("%d %-9s %-8s %6s–%6s ±%s %s%n"
                    .formatted(
                            stage.stage().number(),
                            stage.stage(),
                            stage.state(),
                            stage.from()
                                    .map(f -> Duration.between(t.began(), f).toMillis())
                                    .map(String::valueOf)
                                    .orElse("-"),
                            stage.to()
                                    .map(f -> Duration.between(t.began(), f).toMillis())
                                    .map(String::valueOf)
                                    .orElse("-"),
                            stage.within().toMillis(),
                            stage.who().stream().map(t::name).toList()));
            stage.happened()
                    .forEach(h -> s.append("      ").append(words.say(h)).append('\n'));
        }
        t.facts()
                .forEach(f -> s.append("  %6d ±%d %s %s %s %s %s   %s%n"
                        .formatted(
                                Duration.between(t.began(), f.at()).toMillis(),
                                f.within().toMillis(),
                                t.name(f.by()),
                                f.what(),
                                f.about().map(t::name).orElse(""),
                                f.number(),
                                f.more(),
                                f.evidence() instanceof Evidence.LogLine l
                                        ? l.text()
                                        : f.evidence().getClass().getSimpleName())));
        return s.toString();
    }
}
