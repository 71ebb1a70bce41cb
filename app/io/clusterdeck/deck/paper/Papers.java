package io.clusterdeck.deck.paper;

import io.clusterdeck.say.Failure;
import java.util.List;

/** What this computer wrote down, for people: read from its files, nothing is asked of any host. */
public interface Papers {

    /** What was done to all clusters from this computer, also to those that are kept no more; newest first. Blocks. */
    List<AuditRow> audit() throws Failure;

    /** What support needs to see, with every secret taken out, to be looked at before it is saved. Blocks. */
    SupportBundle support() throws Failure;
}
