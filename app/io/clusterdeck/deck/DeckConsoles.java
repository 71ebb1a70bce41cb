package io.clusterdeck.deck;

import io.clusterdeck.redis.console.Typed;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Renames;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.store.CommandHistory;
import io.clusterdeck.store.SayLog;
import java.util.List;
import java.util.regex.Pattern;

/** {@link Consoles} over the files of a cluster. */
record DeckConsoles(Links links, Renames renames, CommandHistory history, SayLog audit) implements Consoles {

    private static final Pattern FIRST = Pattern.compile("^\\s*([\"']?)(\\S+?)\\1(\\s.*|$)", Pattern.DOTALL);

    @Override
    public List<String> typed() throws Failure {
        return history.last();
    }

    @Override
    public String named(String line) {
        var first = FIRST.matcher(line);
        return first.find()
                ? renames.command(first.group(2))
                        .map(name -> name + first.group(3))
                        .orElse(line)
                : line;
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
