package io.clusterdeck.views.snapshots;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.deck.Archive.Kept;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.say.Failure;
import java.util.List;

/** What is shown: nothing, one state, or two with what differs. */
public sealed interface Shown {
    record Nothing() implements Shown {}

    /** What was chosen could not be read; the note says why. */
    record Unread() implements Shown {}

    record One(Kept kept, Snapshot snapshot) implements Shown {}

    record Two(Comparison comparison) implements Shown {}

    /** @param wanted one, or two to be compared */
    static Shown read(Archive archive, List<Kept> wanted) throws Failure {
        var one = wanted.getFirst();
        if (wanted.size() == 1) {
            return new One(one, archive.read(one));
        }
        var other = wanted.get(1);
        boolean newer = one.at().isAfter(other.at());
        return new Two(Comparison.between(
                archive.read(newer ? other : one).state(),
                archive.read(newer ? one : other).state()));
    }
}
