package io.clusterdeck.redis.safety;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Settings;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Say;
import java.util.Map;
import java.util.Set;

/** Is it safe to reboot, patch or unplug a host or a node now? Asks a node for its settings; call off the FX thread. */
public final class SafetyOperations {
    private final Ops ops;
    private final FailoverOperations failover;

    public SafetyOperations(Ops ops, FailoverOperations failover) {
        this.ops = ops;
        this.failover = failover;
    }

    public Safety node(NodeId node) throws InterruptedException {
        return judge(node);
    }

    /** @param host the operator's name for it, or its address where it has none */
    public Safety host(String host) throws InterruptedException {
        return Safety.ofHost(ops.now().get(), host, terms());
    }

    /** The plan that hands over what must not go away, so that a host may. */
    public Offer clearHost(String host) throws InterruptedException {
        return clear(host(host), host);
    }

    public Offer clearNode(NodeId node) throws InterruptedException {
        var name = ops.now().get().node(node).map(n -> n.address().toString()).orElse(node.brief());
        return clear(judge(node), name);
    }

    private Safety judge(NodeId node) throws InterruptedException {
        return Safety.of(ops.now().get(), Set.of(node), terms());
    }

    private Terms terms() throws InterruptedException {
        return Settings.terms(ops, Map.of());
    }

    private Offer clear(Safety safety, String what) throws InterruptedException {
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
}
