package io.clusterdeck.redis.failover;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.HandBack;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.HandOver;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Plans;
import io.clusterdeck.redis.nodes.Quorum;
import io.clusterdeck.redis.nodes.Release;
import io.clusterdeck.redis.nodes.Settings;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands a shard over to one of its replicas. May ask nodes; call off the FX thread. */
public final class FailoverOperations {
    private final Ops ops;

    public FailoverOperations(Ops ops) {
        this.ops = ops;
    }

    /** GRACEFUL waits for the replica to catch up; FORCE where the master is down; TAKEOVER where no majority can vote. */
    public enum How {
        GRACEFUL,
        FORCE,
        TAKEOVER
    }

    /** Refused where another way is the right one, and says which. */
    public Offer failover(NodeId replica, How how) throws InterruptedException {
        var spec = ops.spec().get();
        var readOnly = Consents.readOnly(spec);
        if (readOnly.isPresent()) {
            return readOnly.get();
        }
        var state = ops.now().get();
        var heir = state.node(replica);
        var master = heir.flatMap(Node::master).flatMap(state::node);
        if (heir.isEmpty() || master.isEmpty()) {
            return Consents.refused(
                    Say.of(
                            "failover.no-replica",
                            "node",
                            heir.map(n -> n.address().toString()).orElse(replica.brief())),
                    Say.of("failover.no-replica.next"));
        }
        if (!heir.get().answers()) {
            return Consents.refused(
                    Say.of("failover.replica-down", "node", heir.get().address()),
                    Say.of("failover.replica-down.next"));
        }
        var unfit = unfit(how, heir.get(), master.get(), Quorum.of(state));
        if (unfit.isPresent()) {
            return unfit.get();
        }
        var ready = ready(how, heir.get(), master.get(), Settings.terms(ops, Map.of()));
        if (!Release.follows(heir.get().info(), master.get().info())) {
            return new Offer.Refused(
                    Say.of(
                            "failover.newer",
                            "node",
                            heir.get().address(),
                            "version",
                            version(heir.get()),
                            "master",
                            master.get().address(),
                            "old",
                            version(master.get())),
                    List.of(Say.of("failover.newer.next")),
                    List.of(new Offer.Ready(
                            ready.plan(),
                            Consents.of(spec, Stake.DATA, heir.get().address().toString()))));
        }
        var standing = Standing.of(master.get(), heir.get());
        return how == How.FORCE && standing.unseen() ? unseen(ready, standing, heir.get(), master.get()) : ready;
    }

    /** Brings the masters back to the nodes on which they were planned, one after another. */
    public Offer handBack(Upkeep upkeep) throws InterruptedException {
        var moved = HandBack.of(ops.now().get(), upkeep);
        if (moved.isEmpty()) {
            return Consents.refused(Say.of("failover.back.nothing"), Say.of("failover.back.nothing.next"));
        }
        return series(
                moved.stream()
                        .map(m -> new Series.Handing(m.planned(), m.master()))
                        .toList(),
                "hand-back",
                Say.of("failover.plan.back", "n", moved.size()));
    }

    /** Hands over each of these masters to the replica beside it, one after another: heir to master. */
    public Offer handOver(Map<NodeId, NodeId> heirs, Say title) throws InterruptedException {
        var state = ops.now().get();
        var all = new ArrayList<Series.Handing>();
        heirs.forEach((heir, master) ->
                state.node(heir).ifPresent(h -> state.node(master).ifPresent(m -> all.add(new Series.Handing(h, m)))));
        return all.isEmpty()
                ? Consents.refused(Say.of("failover.over.nothing"), Say.of("failover.over.nothing.next"))
                : series(all, "hand-over", title);
    }

    /** Refused as a whole when one of them could not be handed over now. */
    private Offer series(List<Series.Handing> all, String kind, Say title) throws InterruptedException {
        var readOnly = Consents.readOnly(ops.spec().get());
        if (readOnly.isPresent()) {
            return readOnly.get();
        }
        var quorum = Quorum.of(ops.now().get());
        for (var one : all) {
            if (!one.heir().answers()) {
                return Consents.refused(
                        Say.of("failover.replica-down", "node", one.heir().address()),
                        Say.of("failover.replica-down.next"));
            }
            var unfit = unfit(How.GRACEFUL, one.heir(), one.master(), quorum);
            if (unfit.isPresent()) {
                return unfit.get();
            }
            if (!Release.follows(one.heir().info(), one.master().info())) {
                return Consents.refused(
                        Say.of(
                                "failover.newer",
                                "node",
                                one.heir().address(),
                                "version",
                                version(one.heir()),
                                "master",
                                one.master().address(),
                                "old",
                                version(one.master())),
                        Say.of("failover.newer.next"));
            }
        }
        return new Series(ops, all).offer(kind, title);
    }

    private static Optional<Offer> unfit(How how, Node heir, Node master, Quorum quorum) {
        var missing = Needs.missing(heir, how).flatMap(c -> Consents.refuses(heir, List.of(c)));
        if (missing.isPresent()) {
            return missing;
        }
        var standing = Standing.of(master, heir);
        boolean down = standing == Standing.DOWN;
        return switch (how) {
            case GRACEFUL -> {
                if (down) {
                    yield Optional.of(Consents.refused(
                            Say.of("failover.master-down", "master", master.address()),
                            Say.of(quorum.holds() ? "failover.use-force" : "failover.use-takeover")));
                }
                if (!quorum.holds()) {
                    yield Optional.of(noMajority(quorum));
                }
                yield Successors.linkedToMaster(heir)
                        ? Optional.empty()
                        : Optional.of(Consents.refused(
                                Say.of("failover.not-linked", "node", heir.address(), "master", master.address()),
                                Say.of("failover.not-linked.next")));
            }
            case FORCE -> {
                if (!quorum.holds()) {
                    yield Optional.of(noMajority(quorum));
                }
                yield standing == Standing.ANSWERS
                        ? Optional.of(Consents.refused(
                                Say.of("failover.master-up", "master", master.address()),
                                Say.of("failover.use-graceful")))
                        : Optional.empty();
            }
            case TAKEOVER ->
                quorum.holds()
                        ? Optional.of(Consents.refused(
                                Say.of("failover.majority-there", "up", quorum.up(), "voters", quorum.voters()),
                                Say.of(down ? "failover.use-force" : "failover.use-graceful")))
                        : Optional.empty();
        };
    }

    /** FORCE over a master that may serve: what it accepts meanwhile would be lost, and the way without loss is open. */
    private Offer unseen(Offer.Ready ready, Standing standing, Node heir, Node master) {
        return new Offer.Refused(
                Say.of(
                        standing == Standing.UNREACHED ? "failover.unreached" : "failover.doubted",
                        "master",
                        master.address(),
                        "node",
                        heir.address()),
                List.of(Say.of("failover.unseen.next")),
                List.of(new Offer.Ready(
                        ready.plan(),
                        Consents.of(ops.spec().get(), Stake.DATA, heir.address().toString()))));
    }

    private static Offer noMajority(Quorum quorum) {
        return Consents.refused(
                Say.of("failover.no-majority", "up", quorum.up(), "voters", quorum.voters(), "needed", quorum.needed()),
                Say.of("failover.use-takeover"));
    }

    private Offer.Ready ready(How how, Node heir, Node master, Terms terms) throws InterruptedException {
        var spec = ops.spec().get();
        var costs = new ArrayList<Say>();
        var stake = switch (how) {
            case GRACEFUL -> Stake.SERVICE;
            case FORCE -> Stake.SERVICE;
            case TAKEOVER -> Stake.DATA;
        };
        costs.add(
                switch (how) {
                    case GRACEFUL -> Say.of("failover.cost.graceful", "slots", master.slotCount());
                    case FORCE ->
                        Say.of("failover.cost.force", "slots", master.slotCount(), "master", master.address());
                    case TAKEOVER ->
                        Say.of("failover.cost.takeover", "slots", master.slotCount(), "master", master.address());
                });
        boolean unseen = Standing.of(master, heir).unseen();
        if (unseen && how != How.TAKEOVER) {
            costs.add(Say.of(
                    how == How.FORCE ? "failover.cost.may-serve" : "failover.cost.unseen", "master", master.address()));
        }
        costs.addAll(Impact.handOver(ops.now().get(), master, heir, false).says());
        if (how == How.GRACEFUL) {
            costs.addAll(HandOver.costs(ops, heir, master, terms));
        }
        var word = how == How.GRACEFUL ? "" : how.name();
        var on = heir.host().orElse(new HostName(heir.address().host()));
        var step = HandOver.of(ops, on, Addressed.of(heir), Addressed.of(master), word, terms);
        var plan = Plans.named(
                        ops,
                        "failover-" + heir.address().port(),
                        Say.of("failover.plan", "from", master.address(), "to", heir.address()))
                .stage("hand-over", how == How.FORCE && unseen ? step.overUnseen() : step)
                .costing(costs);
        return Consents.ready(spec, plan, stake, heir.address().toString());
    }

    private static String version(Node n) {
        return n.info().map(i -> i.version()).orElse("");
    }
}
