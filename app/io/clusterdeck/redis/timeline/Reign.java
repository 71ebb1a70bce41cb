package io.clusterdeck.redis.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How it stands with one node as a master, and with its last failover, while facts are gone through in the order of time. */
final class Reign {

    /** A master that was replaced this long ago and is master again may fail anew. */
    private static final Duration ANEW = Duration.ofSeconds(60);

    /** So much earlier somebody may be seen as a replica than its heir is known to have won. */
    static final Duration APART = Duration.ofSeconds(1);

    /** What begins a failover of a master that only we had lost until then. */
    private static final Set<What> BEGINS = EnumSet.of(What.SUSPECTS, What.HEARS_SUSPICION, What.BY_HAND);

    private final Duration nodeTimeout;

    /** Its last failover. */
    @Nullable
    Episode latest;

    /** When it was replaced in that. */
    @Nullable
    Instant replaced;

    /** Since when it is trusted again; where nobody but we had lost it: answers us again. */
    private @Nullable Instant back;

    /** Whether more is known of its loss than that it did not answer us. */
    private boolean minded;

    /** Since when it is master, and whether it became that after its last failover. */
    private Instant since = Instant.MIN;

    private boolean again;

    /** The configuration epoch under which it is; 0 where nobody told. */
    private long epoch;

    /** When it was last known to be there: it runs, is trusted, or follows another. */
    private @Nullable Instant there;

    Reign(Terms terms) {
        this.nodeTimeout = Duration.ofMillis(terms.nodeTimeout());
    }

    /** A failover of it that begins: what comes later is not of the one before. */
    void opens(Episode fresh) {
        if (latest != null) {
            latest.endsBefore(fresh.opened.minusMillis(1));
        }
        latest = fresh;
        fresh.rules = since;
        fresh.epoch = epoch;
        replaced = null;
        back = null;
        minded = false;
        again = false;
    }

    /** That fact is about its loss, or about who is to replace it. */
    void concerns(Fact fact) {
        boolean first = !minded;
        minded |= !fact.is(What.GONE);
        if (first) {
            back = null;
        }
        if (latest != null && (fact.is(What.BY_HAND) || fact.is(What.BY_HAND_ASKED))) {
            latest.ordered = fact.at();
        }
        if (fact.promoted().isPresent() && replaced == null) {
            replaced = fact.at();
        }
    }

    /** It won: what is seen of its shard from now on is not of its loss before. */
    void won(Fact victory) {
        again = true;
        epoch = Math.max(epoch, victory.number());
        if (victory.earliest().isAfter(since.plus(APART))) {
            since = victory.earliest();
        }
    }

    /** Others may have seen since when it is master although it did not live to show it. */
    void seen(Fact asMaster) {
        if (since.equals(Instant.MIN) && asMaster.within().compareTo(APART) < 0) {
            since = asMaster.earliest();
        }
    }

    /** It is master by its own word. */
    void anew(Instant at) {
        if (latest != null && replaced != null) {
            latest.endsBefore(at);
        }
    }

    void trusted(Instant at) {
        back = at;
        there(at);
    }

    /** It answers us again. */
    void answers(Fact fact) {
        if (!minded) {
            back = fact.at();
        }
    }

    void there(Instant at) {
        there = at;
    }

    /** Whether it may have been lost since long, and nobody has taken over. */
    boolean vacant() {
        return latest != null && !latest.migration && replaced == null && back == null;
    }

    /** Who was replaced, was there again as a replica, and is lost now, is not lost in the failover that was before. */
    void lost(Fact fact) {
        // so long somebody who was there does not answer before it is lost: what others say sooner is of before
        var unanswered = fact.is(What.GONE) ? Duration.ZERO : nodeTimeout;
        if (latest != null
                && replaced != null
                && there != null
                && there.isAfter(replaced)
                && fact.earliest().isAfter(there.plus(unanswered))) {
            latest.endsBefore(fact.at());
        }
    }

    /** Whether this fact begins a failover of it, since the last one is done with. */
    boolean opensAnother(Fact fact) {
        // of two that tie one may ask when the other has just won: for the master before
        boolean late = fact.is(What.ASKS) && fact.earliest().isBefore(since.plus(APART));
        return !late && over(fact);
    }

    private boolean over(Fact fact) {
        var known = latest;
        if (known == null) {
            return true;
        }
        if (replaced != null) {
            return again && fact.at().isAfter(replaced) && !fact.at().isBefore(since)
                    || fact.at().isAfter(replaced.plus(ANEW)) && !fact.is(What.MASTER_NOW);
        }
        if (fact.is(What.BY_HAND_ASKED) && fact.at().isAfter(known.opened.plus(Episode.BY_HAND))) {
            return true; // it hands over itself: whoever suspected it before, without a majority, was wrong
        }
        if (!minded
                && BEGINS.contains(fact.what())
                && fact.earliest().isAfter(known.opened.plusMillis(known.before()))) {
            return true;
        }
        return back != null
                && !known.ordered(fact.at())
                && back.isAfter(known.opened)
                && fact.at().isAfter(back.plus(nodeTimeout));
    }
}
