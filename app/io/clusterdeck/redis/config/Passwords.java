package io.clusterdeck.redis.config;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.config.PasswordStep.Part;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.nodes.Asking;
import io.clusterdeck.redis.nodes.ConfFiles;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.KeepStep;
import io.clusterdeck.redis.nodes.Keeping;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Plans;
import io.clusterdeck.redis.nodes.Unkept;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes of the password with which a user signs in to all nodes of a running cluster, without an outage: first every node lets the new
 * one in beside the old one, then every node signs in to its master with it, then it is written to the files. The old one is retired by a
 * plan of its own, when the clients have moved. Blocks; call off the FX thread.
 */
public final class Passwords {

    /** The name of the secret that steps ask their ground for: the password that is to be. */
    public static final String NEXT = "requirepass-next";

    private static final int SHORTEST = 4;

    private final Ops ops;

    Passwords(Ops ops) {
        this.ops = ops;
    }

    /** Whose password a plan changes; nothing where it changes none. */
    public static Optional<String> user(Plan plan) {
        return PasswordStep.user(plan);
    }

    /**
     * What one node has now.
     *
     * @param before what lets the user in; empty where there is no such user
     * @param master the user by whom it signs in to its master; empty for the default one
     * @param writes the edits of its files
     */
    private record Look(
            Node node,
            Optional<AclUser> before,
            String master,
            List<Step> writes,
            Optional<Say> unwritable,
            Optional<Say> deaf) {
        NodeAddress address() {
            return node.address();
        }
    }

    /**
     * The new password beside the old one.
     *
     * @param user empty for the default one
     */
    public Offer change(String user, Secret to) throws InterruptedException {
        var found = look(user, Optional.of(to));
        var no = hindered(user, to, found);
        if (no.isPresent()) {
            return no.get();
        }
        var open = found.stream()
                .filter(f -> f.before().filter(AclUser::open).isPresent())
                .map(Look::address)
                .toList();
        boolean first = !open.isEmpty();
        var masterauth =
                found.stream().filter(f -> f.master().equals(name(user))).toList();
        var shared = Shared.of(found.stream().flatMap(f -> f.writes().stream()).toList());
        var plans = Plans.named(ops, "password", Say.of("config.password.plan.change", "user", name(user)));
        var admit = steps(found, Part.ADMIT, user);
        var auth = steps(masterauth, Part.MASTERAUTH, user);
        // where nobody wanted a password yet, a replica is to have it before its master asks for it
        if (first && !auth.isEmpty()) {
            stage(plans, "masterauth", auth);
        }
        stage(plans, "admit", admit);
        if (!first && !auth.isEmpty()) {
            stage(plans, "masterauth", auth);
        }
        var costs = new ArrayList<Say>();
        if (first) {
            costs.add(Say.of("config.password.cost.first", "nodes", open));
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
        var plan = plans.stage("settings", shared.steps()).costing(costs);
        return ready(plan, first ? Stake.SERVICE : Stake.NOTHING);
    }

    /** This password alone from now on. */
    public Offer retire(String user, Secret stays) throws InterruptedException {
        var found = look(user, Optional.empty());
        var no = hindered(user, stays, found);
        if (no.isPresent()) {
            return no.get();
        }
        var missing = found.stream()
                .filter(f -> f.before().filter(b -> b.admits(stays)).isEmpty())
                .map(Look::address)
                .toList();
        if (!missing.isEmpty()) {
            return Consents.refused(
                    Say.of("config.password.not-admitted", "nodes", missing),
                    Say.of("config.password.not-admitted.next"));
        }
        var more = found.stream()
                .filter(f -> f.before().filter(b -> b.admitsOnly(stays)).isEmpty())
                .toList();
        if (more.isEmpty()) {
            return Consents.refused(Say.of("config.password.alone", "user", name(user)));
        }
        var plans = Plans.named(ops, "retire-password", Say.of("config.password.plan.retire", "user", name(user)));
        stage(plans, "retire", steps(more, Part.RETIRE, user));
        return ready(plans.costing(List.of(Say.of("config.password.cost.retire"))), Stake.SERVICE);
    }

    private static String name(String user) {
        return user.isEmpty() ? "default" : user;
    }

    private static void stage(Plans plans, String part, List<Step> steps) {
        plans.stage("password-" + part, Say.of("config.password.stage." + part), steps);
    }

    private List<Step> steps(List<Look> on, Part part, String user) {
        return on.stream()
                .map(f -> (Step) PasswordStep.of(ops, f.node(), part, user))
                .toList();
    }

    private Offer.Ready ready(Plan plan, Stake stake) {
        var spec = ops.spec().get();
        return Consents.ready(spec, plan, stake, spec.name());
    }

    /** All or nobody: a node that is left out would let nobody in with the new one. */
    private Optional<Offer> hindered(String user, Secret to, List<Look> found) {
        var readOnly = Consents.readOnly(ops.spec().get());
        if (readOnly.isPresent()) {
            return readOnly;
        }
        if (to.reveal().length() < SHORTEST) {
            return Optional.of(Consents.refused(Say.of("config.password.short", "n", SHORTEST)));
        }
        var deaf = found.stream().flatMap(f -> f.deaf().stream()).toList();
        if (!deaf.isEmpty()) {
            return Optional.of(
                    Consents.refused(Say.of("config.password.away", "why", deaf), Say.of("config.password.away.next")));
        }
        var without = found.stream()
                .filter(f -> f.before().isEmpty())
                .map(Look::address)
                .toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(Consents.refused(
                        Say.of("config.password.no-user", "node", without, "user", name(user)),
                        Say.of("config.password.no-user.next")));
    }

    private List<Look> look(String user, Optional<Secret> to) throws InterruptedException {
        return Together.ask(List.copyOf(ops.now().get().nodes().values()), node -> look(node, name(user), to));
    }

    private Look look(Node node, String user, Optional<Secret> to) throws InterruptedException {
        try (var link = ops.links().act(node.address())) {
            var before = AclUser.of(link, user);
            var master = Asking.setting(link, "masteruser");
            boolean list = !Asking.setting(link, "aclfile").isEmpty();
            var look = new Look(node, before, name(master), List.of(), Optional.empty(), Optional.empty());
            return to.isEmpty() ? look : written(look, user, list, to.get());
        } catch (Failure unheard) {
            return new Look(node, Optional.empty(), "", List.of(), Optional.empty(), Optional.of(unheard.what()));
        }
    }

    /** With what its files are to say. Where the node has a list of users, the node itself writes that one. */
    private Look written(Look look, String user, boolean list, Secret to) throws InterruptedException {
        var wanted = new ArrayList<Unkept>();
        if (user.equals("default") && !list) {
            wanted.add(new Unkept("requirepass", to.reveal(), ""));
        }
        if (look.master().equals(user)) {
            wanted.add(new Unkept("masterauth", to.reveal(), ""));
        }
        var unkept = user.equals("default") || list
                ? Optional.<Say>empty()
                : Optional.of(Say.of("config.password.user-line", "node", look.address(), "user", user));
        try {
            return new Look(
                    look.node(), look.before(), look.master(), writes(look.node(), wanted), unkept, look.deaf());
        } catch (Failure unreadable) {
            return new Look(
                    look.node(), look.before(), look.master(), List.of(), Optional.of(unreadable.what()), look.deaf());
        }
    }

    private List<Step> writes(Node node, List<Unkept> wanted) throws Failure, InterruptedException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        var site = ConfigOperations.site(ops, node);
        var version = node.info().map(i -> i.version()).orElse("");
        var files = ConfFiles.read(ops.ground(), site, version);
        return KeepStep.of(ops, site, files, wanted, Keeping.stamp());
    }
}
