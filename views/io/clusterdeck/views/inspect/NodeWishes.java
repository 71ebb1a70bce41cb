package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.failover.Needs;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.words.Words;
import java.util.ArrayList;
import java.util.List;

/** Every action on a node by its name, with the reason where it is off: the same rules as the buttons of the inspector. */
public final class NodeWishes {
    /**
     * One action.
     *
     * @param title such as "Restart 9000"
     * @param off why not now; empty when it can be asked for
     */
    public record Choice(String title, Wish wish, String off) {}

    private NodeWishes() {}

    /** FX thread. */
    public static List<Choice> of(Words words, Live live, Node node) {
        var name = live.name(node.id());
        boolean runs = !(node.contact() instanceof Contact.Gone);
        var off = live.readOnly() ? words.say("views.act.off.readonly") : "";
        var away = off.isEmpty() && !runs ? words.say("desk.off.away") : off;
        var there = off.isEmpty() && runs ? words.say("desk.off.runs") : off;
        var id = node.id();
        var all = new ArrayList<Choice>();
        all.add(new Choice(words.say("desk.act.start", "node", name), new Wish.Start(id), there));
        all.add(new Choice(words.say("desk.act.restart", "node", name), new Wish.Restart(id), away));
        all.add(new Choice(words.say("desk.act.stop", "node", name), new Wish.Stop(id), away));
        all.add(new Choice(words.say("desk.act.kill", "node", name), new Wish.Kill(id, new Signal.Kill()), away));
        all.add(new Choice(words.say("desk.act.aof", "node", name), new Wish.CheckAof(id), live.isPast() ? off : ""));
        if (!node.isMaster()) {
            var refused = Needs.missing(node, How.GRACEFUL)
                    .map(command -> words.say("views.act.off.refused", "node", name, "command", command))
                    .orElse("");
            all.add(new Choice(
                    words.say("desk.act.failover", "node", name),
                    new Wish.Failover(id, How.GRACEFUL),
                    away.isEmpty() ? refused : away));
        }
        return all;
    }
}
