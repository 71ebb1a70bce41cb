package io.clusterdeck.deck;

import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostSpec;

/** A search for a running cluster, from the address of one node: goes on until it is closed. Changes nothing anywhere. */
public interface Search extends AutoCloseable {

    /** What was found so far. */
    Found now();

    /** Signs in to a host that way from now on, and looks there for nodes at once. */
    void signIn(HostSpec how) throws Failure;

    /** Keeps what was found under a name; nodes that are not matched yet are looked for again once it is open. Blocks. */
    Adopted keep(String name) throws Failure;

    @Override
    void close();

    /** What is kept now. */
    record Adopted(io.clusterdeck.redis.model.ClusterSpec spec, Found found) {}
}
