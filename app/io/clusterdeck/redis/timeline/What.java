package io.clusterdeck.redis.timeline;

/** What a single piece of evidence tells. The comment says who tells it, and what {@link Fact#number} and {@link Fact#more} hold. */
public enum What {
    /** Us, about a node: it no longer answers. */
    GONE,
    /** Us, about a node: it answers again. */
    BACK,
    /** The node itself: it was told to end. {@code more}: the signal. */
    SIGNAL,
    /** The node itself: it begins to run. */
    STARTED,
    /** A replica: the link to its master broke. */
    MASTER_LOST,
    /** A replica: it connects to its master. {@code more}: the master's {@code host:port}. */
    SEEKS_MASTER,
    /** A replica: its master sends nothing any more. */
    MASTER_SILENT,
    /** Somebody's bus connection to a node broke. */
    LINK_LOST,
    /** Somebody suspects a node (PFAIL). */
    SUSPECTS,
    /** Somebody suspects it no more, and it never came to FAIL. */
    TRUSTS,
    /** Somebody heard a master's suspicion. {@code more}: the id of that master. */
    HEARS_SUSPICION,
    /** Somebody counted a majority and marks the node as failed. */
    MARKS_FAIL,
    /** Somebody sees the node as failed, told by another. {@code more}: the id of the teller, where known. */
    HEARS_FAIL,
    /** Somebody sees it as alive again. */
    CLEARS_FAIL,
    /** The node itself: cluster_state is fail. */
    STATE_FAIL,
    /** The node itself: cluster_state is ok. */
    STATE_OK,
    /** A replica: its data is too old. {@code number}: milliseconds of age, where known. */
    TOO_OLD,
    /** A replica waits. {@code number}: milliseconds; {@code more}: {@code rank offset}. */
    DELAYED,
    /** A replica: others have newer data than it thought. {@code number}: its rank; {@code more}: milliseconds added. */
    RANK_CHANGED,
    /** A replica: it waits for a second attempt. */
    WAITS,
    /** A replica asks for votes. {@code number}: the epoch; 0 where unknown. */
    ASKS,
    /** A master gives its vote. {@code number}: the epoch; 0 where unknown. */
    GRANTS,
    /** A master refuses its vote. {@code more}: the reason as it wrote it. */
    DENIES,
    /** A replica: too few votes so far. {@code number}: those it has, −1 where not told; {@code more}: those it needs. */
    LACKS_VOTES,
    /** A replica: its attempt is over. */
    EXPIRED,
    /** A replica: votes came in. {@code number}: how many. */
    VOTES_IN,
    /** A replica: it has won. */
    WON,
    /** A node is master of slots it did not have. {@code number}: its configuration epoch. */
    MASTER_NOW,
    /** The winner wrote its new configuration epoch. {@code number}: which. */
    EPOCH_SET,
    /** Somebody knows of a new master. */
    SEES_MASTER,
    /** A node follows another master. {@code about}: whom; {@code more}: as what it writes that, {@code M} or {@code S}. */
    FOLLOWS,
    /** A replica: an operator asked for a failover. {@code more}: ordinary, force or takeover. */
    BY_HAND,
    /** A master: its replica asks to take over. */
    BY_HAND_ASKED,
    /** A replica: it has all of its master's data now. */
    CAUGHT_UP,
    /** A manual failover was given up. */
    BY_HAND_LATE,
    /** A replica moves to a master that has none. */
    MIGRATES,
    /** The current epoch rose. {@code number}: to what. */
    EPOCH
}
