package io.clusterdeck.redis.create;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.create.Draft.Planned;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Makes a cluster of servers that run and are empty. May ask the nodes; call off the FX thread. */
public final class CreateOperations {

    /** With fewer masters the loss of one leaves no majority, and redis-cli refuses, too. */
    private static final int LEAST_MASTERS = 3;

    private final Ops ops;

    public CreateOperations(Ops ops) {
        this.ops = ops;
    }

    /**
     * Of all servers of this cluster's seeds. Refused when one of them is away, or not empty.
     *
     * @param replicas of each master, at least
     */
    public Offer offer(int replicas) throws InterruptedException {
        var spec = ops.spec().get();
        var readOnly = Consents.readOnly(spec);
        if (readOnly.isPresent()) {
            return readOnly.get();
        }
        var state = ops.now().get();
        var servers = List.copyOf(state.nodes().values());
        var unfit = unfit(state, spec.seeds(), servers);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        int masters = servers.size() / (1 + replicas);
        if (masters < LEAST_MASTERS) {
            return Consents.refused(
                    Say.of("create.too-few", "count", servers.size(), "replicas", replicas, "masters", masters),
                    Say.of("create.too-few.next", "needed", LEAST_MASTERS * (1 + replicas)));
        }
        try {
            return ready(draft(servers, masters), servers, replicas);
        } catch (Failure failure) {
            return Consents.refused(failure);
        }
    }

    private Optional<Offer> unfit(ClusterState state, List<NodeAddress> seeds, List<Node> servers)
            throws InterruptedException {
        for (var server : servers) {
            if (!server.answers()) {
                return Optional.of(
                        Consents.refused(Say.of("create.away", "node", server.address()), Say.of("create.away.next")));
            }
        }
        var there = servers.stream().map(s -> s.address().port()).collect(Collectors.toSet());
        for (var seed : seeds) {
            if (!there.contains(seed.port())) {
                return Optional.of(Consents.refused(Say.of("create.away", "node", seed), Say.of("create.away.next")));
            }
        }
        if (state.owners().covered() > 0) {
            return Optional.of(Consents.refused(
                    Say.of("create.exists", "slots", state.owners().covered()), Say.of("create.taken.next")));
        }
        for (var server : servers) {
            try (var link = ops.links().act(server.address())) {
                var taken = Emptiness.lookAtStranger(link).taken();
                if (taken.isPresent()) {
                    return Optional.of(Consents.refused(taken.get(), Say.of("create.taken.next")));
                }
            } catch (Failure failure) {
                return Optional.of(Consents.refused(failure));
            }
        }
        return Optional.empty();
    }

    private Draft draft(List<Node> servers, int masters) throws Failure, InterruptedException {
        var spread = Spread.of(servers.stream().map(CreateOperations::machine).toList(), masters);
        var slots = Spread.slots(masters);
        var nodes = new ArrayList<Planned>();
        for (int i = 0; i < masters; i++) {
            nodes.add(planned(servers.get(spread.masters().get(i)), Optional.empty(), Optional.of(slots.get(i))));
        }
        for (int i = 0; i < servers.size(); i++) {
            if (spread.masterOf(i) >= 0) {
                nodes.add(planned(
                        servers.get(i),
                        Optional.of(servers.get(spread.masterOf(i)).id()),
                        Optional.empty()));
            }
        }
        var tuned = new ArrayList<Planned>();
        for (var node : nodes) {
            try (var link = ops.links().act(node.at())) {
                tuned.add(Tuning.with(node, nodes.size() <= Draft.SMALL, link));
            }
        }
        return new Draft(tuned);
    }

    private static Planned planned(
            Node server, Optional<NodeId> master, Optional<io.clusterdeck.redis.model.SlotRange> slots) {
        return new Planned(server.id(), server.address(), master, slots, OptionalInt.empty(), OptionalInt.empty());
    }

    private Offer ready(Draft draft, List<Node> servers, int replicas) {
        var spec = ops.spec().get();
        var first = servers.getFirst();
        var on = first.host().orElse(new HostName(first.address().host()));
        var stages = new ArrayList<Stage>();
        for (var phase : List.of("tune", "assign", "meet", "replicate", "finish")) {
            boolean idle = phase.equals("tune") && draft.tuned().isEmpty()
                    || phase.equals("replicate") && draft.replicas().isEmpty();
            if (!idle) {
                var args = Map.of("cluster", spec.name(), "draft", draft.text());
                var step = Objects.requireNonNull(CreateSteps.kinds(name -> ops).get(CreateSteps.KIND + phase))
                        .make(new StepId(phase), on, new StepSpec(CreateSteps.KIND + phase, args));
                stages.add(new Stage(phase, Say.of("create.stage." + phase), List.of(step)));
            }
        }
        var plan = new Plan(
                PlanId.now("create"),
                new ClusterRef(spec.name()),
                Say.of("create.plan", "count", draft.nodes().size(), "cluster", spec.name()),
                stages,
                costs(draft, servers, new RedisCli(spec).program(on) + create(draft, replicas)));
        return Consents.ready(spec, plan, Impact.Stake.NOTHING, spec.name());
    }

    private static String create(Draft draft, int replicas) {
        return " --cluster create "
                + draft.addresses().stream().map(Object::toString).collect(Collectors.joining(" "))
                + " --cluster-replicas " + replicas;
    }

    private static List<Say> costs(Draft draft, List<Node> servers, String equivalent) {
        var costs = new ArrayList<Say>();
        costs.add(Say.of(
                "create.cost.shards",
                "masters",
                draft.masters().size(),
                "replicas",
                draft.replicas().size()));
        if (draft.nodes().stream().anyMatch(n -> n.timeout().isPresent())) {
            costs.add(Say.of("create.cost.timeout", "t", Draft.HURRIED));
        }
        if (servers.stream().map(CreateOperations::machine).distinct().count() == 1) {
            costs.add(Say.of("create.cost.one-host", "host", machine(servers.getFirst())));
        } else if (beside(draft, servers)) {
            costs.add(Say.of("create.cost.beside"));
        }
        costs.add(Say.of("create.cost.equivalent", "command", equivalent));
        return costs;
    }

    private static boolean beside(Draft draft, List<Node> servers) {
        var machines = servers.stream().collect(Collectors.toMap(Node::id, CreateOperations::machine));
        return draft.replicas().stream()
                .anyMatch(r -> Objects.equals(
                        machines.get(r.id()), machines.get(r.master().orElseThrow())));
    }

    private static String machine(Node node) {
        return node.host().map(Object::toString).orElse(node.address().host());
    }
}
