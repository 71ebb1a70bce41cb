package io.clusterdeck.redis.safety;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Settings;
import io.clusterdeck.say.Say;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Is it safe to reboot, patch or unplug a host or a node now? Asks a node for its settings; call off the FX thread. */
public final class SafetyOperations {
    private final Ops ops;
    private final FailoverOperations failover;

    public SafetyOperations(Ops ops, FailoverOperations failover) {
        this.ops = ops;
        this.failover = failover;
    }

    public Safety node(NodeId node) throws InterruptedException {
        return judge(Set.of(node));
    }

    /** @param host the operator's name for it, or its address where it has none */
    public Safety host(String host) throws InterruptedException {
        return judge(on(host));
    }

    /** The plan that hands over what must not go away, so that a host may. */
    public Offer clearHost(String host) throws InterruptedException {
        return clear(on(host), host);
    }

    public Offer clearNode(NodeId node) throws InterruptedException {
        var name = ops.now().get().node(node).map(n -> n.address().toString()).orElse(node.brief());
        return clear(Set.of(node), name);
    }

    private Safety judge(Set<NodeId> leaving) throws InterruptedException {
        return Safety.of(ops.now().get(), leaving, Settings.terms(ops, Map.of()));
    }

    private Offer clear(Set<NodeId> leaving, String what) throws InterruptedException {
        var safety = judge(leaving);
        if (!safety.curable()) {
            return safety.answer() == Safety.Answer.YES
                    ? Consents.refused(Say.of("safety.plan.needless", "what", what))
                    : Consents.refused(
                            Say.of("safety.plan.none", "what", what, "why", safety.why()),
                            Say.of("safety.plan.none.next"));
        }
        return failover.handOver(
                safety.heirs(),
                Say.of("safety.plan", "what", what, "n", safety.heirs().size()));
    }

    private Set<NodeId> on(String host) {
        return ops.now().get().nodes().values().stream()
                .filter(n -> n.host()
                        .map(Object::toString)
                        .orElse(n.address().host())
                        .equals(host))
                .map(Node::id)
                .collect(Collectors.toSet());
    }
}
