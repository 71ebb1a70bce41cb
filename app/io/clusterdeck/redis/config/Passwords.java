package io.clusterdeck.redis.config;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.config.PasswordStep.Part;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.KeepStep;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Plans;
import io.clusterdeck.redis.nodes.Together;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Changes of the password with which a user signs in to all nodes of a running cluster, without an outage: first every node lets the new
 * one in beside the old one, then every node signs in to its master with it, then it is written to the files. The old one is retired by a
 * plan of its own, when the clients have moved. Blocks; call off the FX thread.
 */
public final class Passwords {

    /** How the names of secrets begin that steps ask their ground for: the password that is to be. */
    public static final String NEXT = "requirepass-next/";

    private static final int SHORTEST = 4;

    /** What every node must let us do. */
    public static final List<String> NEEDS = List.of("CONFIG SET", "ACL SETUSER", "ACL GETUSER");

    private final Ops ops;

    Passwords(Ops ops) {
        this.ops = ops;
    }

    /** Whose password a plan changes; nothing where it changes none. */
    public static Optional<String> user(Plan plan) {
        return PasswordStep.arg(plan, "user");
    }

    /** The name of the secret that a plan changes it to. */
    public static Optional<String> secret(Plan plan) {
        return PasswordStep.arg(plan, "secret");
    }

    /** How the names of a user's secrets begin; the name of the plan follows. No user's name has a space in it, but it may have a slash. */
    public static String next(String user) {
        return NEXT + name(user).replace('/', ' ') + "/";
    }

    /** Empty stands for the default user. */
    public static String name(String user) {
        return user.isEmpty() ? "default" : user;
    }

    /**
     * The new password beside the old one.
     *
     * @param user empty for the default one
     * @param old what clients use so far, where known: nodes that take it go on doing so
     */
    public Offer change(String user, Secret to, Optional<Secret> old) throws InterruptedException {
        var found = look(user, to);
        var no = hindered(user, to, found);
        if (no.isPresent()) {
            return no.get();
        }
        var plans = Plans.named(ops, "password", Say.of("config.password.plan.change", "user", name(user)));
        var open = found.stream().filter(PasswordLook::open).toList();
        // where a master wants no password yet, its replicas are to have it before it asks for it
        var unasked = open.stream().map(f -> f.node().id()).collect(Collectors.toSet());
        var signing = found.stream().filter(f -> f.master().equals(name(user))).toList();
        var first = signing.stream().filter(f -> unasked.contains(shard(f))).toList();
        var then = signing.stream().filter(f -> !first.contains(f)).toList();
        stage(plans, "masterauth-first", Part.MASTERAUTH, steps(plans, first, Part.MASTERAUTH, user, f -> false));
        stage(
                plans,
                "admit",
                Part.ADMIT,
                steps(plans, found, Part.ADMIT, user, f -> old.filter(f::admits).isPresent()));
        stage(plans, "masterauth", Part.MASTERAUTH, steps(plans, then, Part.MASTERAUTH, user, f -> false));
        var secret = next(user) + plans.id();
        var shared = Shared.of(found.stream()
                .flatMap(f -> f.writes().stream())
                .map(w -> w instanceof KeepStep keep ? keep.asking(secret) : w)
                .toList());
        var plan = plans.stage("settings", shared.steps()).costing(costs(found, open, shared));
        return ready(plan, open.isEmpty() ? Stake.NOTHING : Stake.SERVICE);
    }

    /** Its master, or itself. */
    private static NodeId shard(PasswordLook f) {
        return f.node().isMaster()
                ? f.node().id()
                : f.node().master().orElse(f.node().id());
    }

    private static List<Say> costs(List<PasswordLook> found, List<PasswordLook> open, Shared shared) {
        var costs = new ArrayList<Say>();
        if (!open.isEmpty()) {
            costs.add(Say.of("config.password.cost.first", "nodes", addresses(open)));
        }
        if (open.size() < found.size()) {
            costs.add(Say.of("config.password.cost.both"));
        }
        costs.add(Say.of("config.password.cost.restart"));
        costs.addAll(shared.costs());
        var unwritable = new ArrayList<Say>(shared.contested());
        found.forEach(f -> f.unwritable().ifPresent(unwritable::add));
        if (!unwritable.isEmpty()) {
            costs.add(Say.of("config.cost.only-live", "why", unwritable));
        }
        return costs;
    }

    /** This password alone from now on. */
    public Offer retire(String user, Secret stays) throws InterruptedException {
        var found = look(user, stays);
        var no = hindered(user, stays, found);
        if (no.isPresent()) {
            return no.get();
        }
        var missing = found.stream().filter(f -> !f.admits(stays)).toList();
        if (!missing.isEmpty()) {
            return Consents.refused(
                    Say.of("config.password.not-admitted", "nodes", addresses(missing)),
                    Say.of("config.password.not-admitted.next"));
        }
        var lacking = found.stream().filter(f -> !f.lacks().isEmpty()).toList();
        if (!lacking.isEmpty()) {
            return Consents.refused(
                    Say.of(
                            "config.password.lacking",
                            "nodes",
                            lacking.stream()
                                    .map(f -> Say.of("config.password.lacks", "node", f.address(), "what", f.lacks()))
                                    .toList()),
                    Say.of("config.password.lacking.next"));
        }
        var more = found.stream()
                .filter(f -> f.before().filter(b -> b.admitsOnly(stays)).isEmpty())
                .toList();
        if (more.isEmpty()) {
            return Consents.already(Say.of("config.password.alone", "user", name(user)));
        }
        var plans = Plans.named(ops, "retire-password", Say.of("config.password.plan.retire", "user", name(user)));
        stage(plans, "retire", Part.RETIRE, steps(plans, more, Part.RETIRE, user, f -> false));
        var costs = new ArrayList<>(List.of(Say.of("config.password.cost.retire")));
        var unseen = found.stream().flatMap(f -> f.unwritable().stream()).toList();
        if (!unseen.isEmpty()) {
            costs.add(Say.of("config.password.cost.unseen", "why", unseen));
        }
        return ready(plans.costing(costs), Stake.SERVICE);
    }

    private static List<?> addresses(List<PasswordLook> of) {
        return of.stream().map(PasswordLook::address).toList();
    }

    private static void stage(Plans plans, String id, Part part, List<Step> steps) {
        if (!steps.isEmpty()) {
            plans.stage("password-" + id, Say.of("config.password.stage." + part.word()), steps);
        }
    }

    private List<Step> steps(
            Plans plans, List<PasswordLook> on, Part part, String user, Predicate<PasswordLook> beside) {
        var secret = next(user) + plans.id();
        return on.stream()
                .map(f -> (Step) PasswordStep.of(ops, f.node(), part, user, secret, beside.test(f)))
                .toList();
    }

    private Offer.Ready ready(Plan plan, Stake stake) {
        var spec = ops.spec().get();
        return Consents.ready(spec, plan, stake, spec.name());
    }

    /** All or nobody: a node that is left out would let nobody in with the new one. */
    private Optional<Offer> hindered(String user, Secret to, List<PasswordLook> found) {
        var readOnly = Consents.readOnly(ops.spec().get());
        if (readOnly.isPresent()) {
            return readOnly;
        }
        if (to.reveal().length() < SHORTEST) {
            return Optional.of(Consents.refused(Say.of("config.password.short", "n", SHORTEST)));
        }
        var refused = found.stream()
                .flatMap(f -> Consents.refuses(f.node(), NEEDS).stream())
                .findFirst();
        if (refused.isPresent()) {
            return refused;
        }
        var deaf = found.stream().flatMap(f -> f.deaf().stream()).toList();
        if (!deaf.isEmpty()) {
            return Optional.of(Consents.refused(
                    Say.of(
                            "config.password.away",
                            "why",
                            deaf.stream().map(Failure::what).toList()),
                    deaf.stream().map(Failure::next).distinct().toArray(Say[]::new)));
        }
        var without = found.stream().filter(f -> f.before().isEmpty()).toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(Consents.refused(
                        Say.of("config.password.no-user", "node", addresses(without), "user", name(user)),
                        Say.of("config.password.no-user.next")));
    }

    private List<PasswordLook> look(String user, Secret to) throws InterruptedException {
        return Together.ask(
                List.copyOf(ops.now().get().nodes().values()), node -> PasswordLook.at(ops, node, name(user), to));
    }
}
