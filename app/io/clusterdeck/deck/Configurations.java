package io.clusterdeck.deck;

import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.say.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks nodes for their configuration (CONFIG GET *), where the watch has not. */
final class Configurations {

    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

    private Configurations() {}

    /** The state with the configuration of every node that tells it; one that refuses (renamed, not permitted) is left as it is. */
    static ClusterState told(ClusterState state, Links links) throws InterruptedException {
        var configs = new ConcurrentHashMap<Node, Map<String, String>>();
        var asking = new java.util.ArrayList<Thread>();
        for (var node : state.nodes().values()) {
            if (node.answers() && !Snapshot.config(node).containsKey("port")) {
                asking.add(
                        Thread.ofVirtual().name("config of " + node.address()).start(() -> ask(node, links, configs)));
            }
        }
        for (var thread : asking) {
            thread.join();
        }
        return Snapshot.with(state, configs);
    }

    private static void ask(Node node, Links links, Map<Node, Map<String, String>> configs) {
        try (var link = links.act(node.address())) {
            if (link.call("CONFIG", "GET", "*") instanceof Reply.Many pairs) {
                var config = new LinkedHashMap<String, String>();
                for (int i = 0; i + 1 < pairs.items().size(); i += 2) {
                    config.put(
                            pairs.items().get(i).text(),
                            pairs.items().get(i + 1).text());
                }
                configs.put(node, Snapshot.open(config));
            }
        } catch (Failure silent) {
            LOG.debug("{} does not tell its configuration: {}", node.address(), silent.what());
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
