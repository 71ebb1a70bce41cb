package io.clusterdeck.deck;

import io.clusterdeck.redis.console.Typed;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.store.CommandHistory;
import io.clusterdeck.store.SayLog;
import java.util.List;

/** {@link Consoles} over the files of a cluster. */
record DeckConsoles(Links links, CommandHistory history, SayLog audit) implements Consoles {

    @Override
    public List<String> typed() throws Failure {
        return history.last();
    }

    @Override
    public void keep(Typed typed, String line) throws Failure {
        if (!typed.secret()) {
            history.add(line);
        }
    }

    @Override
    public void audit(NodeAddress node, Typed typed) throws Failure {
        audit.add(DeckRuns.entry(Say.of("deck.audit.console", "node", node, "command", typed.shown())));
    }
}
