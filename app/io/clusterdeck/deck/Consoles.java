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

    /**
     * The line with the name of a command for the word to which it was renamed: what it may do is judged by its name, and the word is as
     * good as a password. The links put the word back. Does not block.
     */
    String named(String line);

    /** A line with a secret is not kept. */
    void keep(Typed typed, String line) throws Failure;

    /** Before a command that changes something is sent. */
    void audit(NodeAddress node, Typed typed) throws Failure;
}
