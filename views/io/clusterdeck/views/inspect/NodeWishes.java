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
        var readOnly = live.readOnly() ? words.say("views.act.off.readonly") : "";
        var unmatched = live.cluster().unmatched(node).map(u -> words.say(u.what()));
        var off = readOnly.isEmpty() ? unmatched.orElse("") : readOnly;
        var away = off.isEmpty() && !runs ? words.say("desk.off.away") : off;
        var there = off.isEmpty() && runs ? words.say("desk.off.runs") : off;
        var id = node.id();
        var all = new ArrayList<Choice>();
        all.add(new Choice(words.say("desk.act.start", "node", name), new Wish.Start(id), there));
        all.add(new Choice(words.say("desk.act.restart", "node", name), new Wish.Restart(id), away));
        all.add(new Choice(words.say("desk.act.stop", "node", name), new Wish.Stop(id), away));
        all.add(new Choice(words.say("desk.act.kill", "node", name), new Wish.Kill(id, new Signal.Kill()), away));
        all.add(new Choice(words.say("desk.act.term", "node", name), new Wish.Kill(id, new Signal.Term()), away));
        for (var pause : Actions.PAUSES) {
            all.add(new Choice(
                    words.say("desk.act.pause", "node", name, "t", pause.toMillis()),
                    new Wish.Kill(id, new Signal.Stop(pause)),
                    away));
        }
        all.add(new Choice(words.say("desk.act.aof", "node", name), new Wish.CheckAof(id), unmatched.orElse("")));
        all.add(new Choice(words.say("desk.act.log", "node", name), new Wish.GiveLog(id), off));
        all.add(new Choice(words.say("desk.act.clear", "what", name), new Wish.ClearNode(id), readOnly));
        if (!node.isMaster()) {
            var gone = readOnly.isEmpty() && !runs ? words.say("desk.off.away") : readOnly;
            for (var how : How.values()) {
                var refused = Needs.missing(node, how)
                        .map(command -> words.say("views.act.off.refused", "node", name, "command", command))
                        .orElse("");
                var key = how == How.GRACEFUL ? "desk.act.failover" : "desk.act.failover.by";
                all.add(new Choice(
                        words.say(key, "node", name, "how", how),
                        new Wish.Failover(id, how),
                        gone.isEmpty() ? refused : gone));
            }
        }
        return all;
    }
}
