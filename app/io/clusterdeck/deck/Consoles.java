package io.clusterdeck.deck;

import io.clusterdeck.redis.console.Typed;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import java.util.List;

/** What the consoles of one cluster share: the way to its nodes, what was typed, and the audit of what was changed. Blocks. */
public interface Consoles {

    Links links();

    /** Earlier lines, oldest first. */
    List<String> typed() throws Failure;

    /** A line with a secret is not kept. */
    void keep(Typed typed, String line) throws Failure;

    /** Before a command that changes something is sent. */
    void audit(NodeAddress node, Typed typed) throws Failure;
}
