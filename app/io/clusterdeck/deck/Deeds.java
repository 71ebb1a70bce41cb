package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.store.Home;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody does to what is kept of a cluster, and is no run: written in the audit before it is done, so that nothing is done that
 * can't be written there. Of a cluster that is not kept nothing is written.
 */
record Deeds(Home home, String cluster) {

    /** Changes files; may block. */
    interface Deed {
        void act() throws Failure;
    }

    void audited(Say what, Deed deed) throws Failure {
        audited(List.of(what), deed);
    }

    void audited(List<Say> what, Deed deed) throws Failure {
        if (home.clusterChanged(cluster).isPresent()) {
            for (var each : what) {
                write(each);
            }
        }
        try {
            deed.act();
        } catch (Failure failed) {
            if (home.clusterChanged(cluster).isPresent()) {
                for (var each : what) {
                    write(Say.of("deck.audit.refused", "what", each, "why", failed.what()));
                }
            }
            throw failed;
        }
    }

    /** Also of one that is not kept yet, or no more. */
    void write(Say what) throws Failure {
        home.audit(cluster).add(DeckRuns.entry(what));
    }

    /** The guards that an operator switches. */
    static List<Say> switched(ClusterSpec was, ClusterSpec now) {
        var switched = new ArrayList<Say>();
        if (was.production() != now.production()) {
            switched.add(Say.of(now.production() ? "deck.audit.production" : "deck.audit.production.off"));
        }
        if (was.readOnly() != now.readOnly()) {
            switched.add(Say.of(now.readOnly() ? "deck.audit.read-only" : "deck.audit.read-only.off"));
        }
        return switched;
    }
}
