package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterNodesParser;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Questions to one node; none of them changes anything. */
public final class Asking {
    private Asking() {}

    /** INFO everything and CLUSTER INFO. */
    public static NodeInfo info(Link link) throws Failure, InterruptedException {
        var info = InfoParser.parse(text(link, "INFO", "everything"));
        return new NodeInfo(Instant.now(), info, InfoParser.parse(text(link, "CLUSTER", "INFO")));
    }

    /** What it believes of the cluster. */
    public static List<NodeRow> rows(Link link) throws Failure, InterruptedException {
        return ClusterNodesParser.parse(text(link, "CLUSTER", "NODES"));
    }

    /** CONFIG GET *, less what is secret; empty when the node refuses the command. */
    public static Map<String, String> config(Link link) throws Failure, InterruptedException {
        return pairs(link.call("CONFIG", "GET", "*"), false);
    }

    /** CONFIG GET * with the secrets: to be compared and written where they belong, never to be shown. */
    public static Map<String, String> wholeConfig(Link link) throws Failure, InterruptedException {
        return pairs(link.call("CONFIG", "GET", "*"), true);
    }

    /** One setting as it is in force; fails when the node refuses to tell. */
    public static String setting(Link link, String name) throws Failure, InterruptedException {
        var reply = link.call("CONFIG", "GET", name);
        if (reply instanceof Reply.Many many && many.items().size() == 2) {
            return many.items().getLast().text();
        }
        throw new NotAllowed(
                Say.of("nodes.refused", "node", link.to(), "command", "CONFIG GET " + name, "why", reply.text()),
                Say.of("nodes.refused.next"));
    }

    private static Map<String, String> pairs(Reply reply, boolean secrets) {
        var config = new HashMap<String, String>();
        if (reply instanceof Reply.Many many) {
            for (int i = 0; i + 1 < many.items().size(); i += 2) {
                config.put(many.items().get(i).text(), many.items().get(i + 1).text());
            }
        }
        config.keySet().removeIf(k -> !secrets && Directive.secret(k));
        return Map.copyOf(config);
    }

    /** What helps where a command was refused: rights, where it is those that lack (NOPERM, 6.0), else what the key says. */
    public static Say next(Reply.Refused refused, String otherwise) {
        return Say.of(refused.code().equals("NOPERM") ? "nodes.noperm.next" : otherwise);
    }

    /** Whether it serves commands: false while it loads its data. */
    public static boolean pings(Link link) throws Failure, InterruptedException {
        return link.call("PING") instanceof Reply.Text;
    }

    static String text(Link link, String... command) throws Failure, InterruptedException {
        var reply = link.call(command);
        if (reply instanceof Reply.Refused refused) {
            throw new NotAllowed(
                    Say.of("nodes.refused", "node", link.to(), "command", command[0], "why", refused.message()),
                    Say.of("nodes.refused.next"));
        }
        return reply.text();
    }
}
