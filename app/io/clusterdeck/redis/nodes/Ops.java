package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeSite;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What every operation on a live cluster stands on.
 *
 * @param spec read anew each time, since sites are learned while we watch
 * @param now the latest state
 * @param ground the hosts, to look at processes and files before a plan is offered
 * @param learn told where a node's process and files were found, to be kept in the spec
 * @param elections what is known of this cluster's last elections
 */
public record Ops(
        Supplier<ClusterSpec> spec,
        Supplier<ClusterState> now,
        Links links,
        Ground ground,
        Consumer<NodeSite> learn,
        Elections elections) {

    public Ops(
            Supplier<ClusterSpec> spec,
            Supplier<ClusterState> now,
            Links links,
            Ground ground,
            Consumer<NodeSite> learn) {
        this(spec, now, links, ground, learn, new Elections());
    }
}
