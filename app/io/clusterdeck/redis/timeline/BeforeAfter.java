package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.export.ComparisonReport;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.SnapshotReader;
import io.clusterdeck.report.Markdown;
import io.clusterdeck.report.Markup;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import java.util.Optional;

/**
 * The cluster before and after a failover, both drawn and with what differs; or why that can't be shown.
 *
 * @param why empty where it is compared
 */
record BeforeAfter(Optional<ComparisonReport> compared, Optional<Say> why) {

    static BeforeAfter of(Kept kept, Speech speech) {
        var before = kept.before();
        var after = kept.after();
        if (before.isEmpty() || after.isEmpty()) {
            return not(Say.of(
                    before.isPresent()
                            ? "failovers.report.no-after"
                            : after.isPresent() ? "failovers.report.no-before" : "failovers.report.no-states"));
        }
        try {
            var comparison = Comparison.between(state(before.get(), kept), state(after.get(), kept));
            return new BeforeAfter(Optional.of(new ComparisonReport(comparison, speech)), Optional.empty());
        } catch (Failure unreadable) {
            return not(unreadable.what());
        }
    }

    private static BeforeAfter not(Say why) {
        return new BeforeAfter(Optional.empty(), Optional.of(why));
    }

    private static ClusterState state(String snapshot, Kept of) throws Failure {
        return SnapshotReader.read(snapshot, of.timeline().id()).state();
    }

    void html(Markup section, Speech speech) {
        compared.ifPresent(c -> c.within(section));
        why.ifPresent(w -> section.in("p", p -> p.words(speech.say(w)), "class", "muted"));
    }

    void markdown(StringBuilder text, Speech speech) {
        compared.ifPresent(c -> c.within(text, "### "));
        why.ifPresent(w -> text.append(Markdown.words(speech.say(w))).append("\n\n"));
    }
}
