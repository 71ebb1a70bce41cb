package io.clusterdeck.redis.model;

/** The flags of a CLUSTER NODES line. */
public enum Flag {
    MYSELF("myself"),
    MASTER("master"),
    REPLICA("slave"),
    /** Suspected by this one observer. */
    PFAIL("fail?"),
    /** Agreed by a majority. */
    FAIL("fail"),
    HANDSHAKE("handshake"),
    NOADDR("noaddr"),
    NOFAILOVER("nofailover");

    private final String word;

    Flag(String word) {
        this.word = word;
    }

    /** As Redis writes it. */
    public String word() {
        return word;
    }
}
