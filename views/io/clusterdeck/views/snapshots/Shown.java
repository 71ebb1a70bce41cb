package io.clusterdeck.views.snapshots;

import io.clusterdeck.deck.Archive.Kept;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Snapshot;

/** What is shown: nothing, one state, or two with what differs. */
public sealed interface Shown {
    record Nothing() implements Shown {}

    /** What was chosen could not be read; the note says why. */
    record Unread() implements Shown {}

    record One(Kept kept, Snapshot snapshot) implements Shown {}

    record Two(Comparison comparison) implements Shown {}
}
