package io.clusterdeck.redis.failover;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.HandOver;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Plans;
import io.clusterdeck.redis.nodes.Settings;
import io.clusterdeck.redis.nodes.Settle;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Several shards handed over in one plan, one after another: the next begins only when the old master of the one before follows its
 * new master, is in sync, and the cluster is well again.
 */
final class Series {

    /** One of them. */
    record Handing(Node heir, Node master) {}

    private final Ops ops;
    private final List<Handing> all;

    Series(Ops ops, List<Handing> all) {
        this.ops = ops;
        this.all = List.copyOf(all);
    }

    /** @param kind a word for the plan's name */
    Offer.Ready offer(String kind, Say title) throws InterruptedException {
        var terms = Settings.terms(ops, Map.of());
        var state = ops.now().get();
        var costs = new LinkedHashSet<Say>();
        var plans = Plans.named(ops, kind, title);
        int n = 0;
        for (var one : all) {
            n++;
            costs.addAll(Impact.handOver(state, one.master(), one.heir(), false).says());
            costs.addAll(HandOver.costs(ops, one.heir(), one.master(), terms));
            plans.stage(
                    "hand-over-" + n,
                    Say.of("failover.stage.hand-over", "n", n, "of", all.size()),
                    List.of(HandOver.of(
                            ops, on(one.heir()), Addressed.of(one.heir()), Addressed.of(one.master()), "", terms)));
            plans.stage(
                    "settle-" + n,
                    Say.of("failover.stage.settle", "n", n, "of", all.size()),
                    List.of(Settle.of(ops, on(one.master()), one.master(), Settle.Until.JOINED, -1, terms, 0)));
        }
        var plan = plans.costing(new ArrayList<>(costs));
        return Consents.ready(
                ops.spec().get(), plan, Stake.SERVICE, ops.spec().get().name());
    }

    private static HostName on(Node node) {
        return node.host().orElse(new HostName(node.address().host()));
    }
}
