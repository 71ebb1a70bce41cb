package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What must be typed or clicked before a change, by what is at stake; and the refusals that all operations share. */
public final class Consents {
    private Consents() {}

    /**
     * @param name what the operator types where data are at stake: the node's address; on a production cluster its name is typed for
     *     every change, and both where data are at stake
     */
    public static Consent of(ClusterSpec spec, Stake stake, String name) {
        if (stake == Stake.DATA) {
            var text = spec.production() && !name.equals(spec.name()) ? spec.name() + " " + name : name;
            return new Consent.Type(Say.of("nodes.consent.data", "text", text), text);
        }
        if (spec.production()) {
            return new Consent.Type(Say.of("nodes.consent.production", "cluster", spec.name()), spec.name());
        }
        return stake == Stake.SERVICE ? new Consent.Ask(Say.of("nodes.consent.service")) : new Consent.Plain();
    }

    /** With the word that nobody elsewhere is kept out meanwhile, where no host is known on which a lease could lie. */
    public static Offer.Ready ready(ClusterSpec spec, Plan plan, Stake stake, String name) {
        var shown = spec.leasable() ? plan : plan.costing(Say.of("plan.lease.none"));
        return new Offer.Ready(shown, of(spec, stake, name));
    }

    /** Every action is off while the cluster is kept read-only. */
    public static Optional<Offer> readOnly(ClusterSpec spec) {
        return spec.readOnly()
                ? Optional.of(
                        refused(Say.of("nodes.read-only", "cluster", spec.name()), Say.of("nodes.read-only.next")))
                : Optional.empty();
    }

    /** What needs a command that the node refused lately is off, by its name. */
    public static Optional<Offer> refuses(Node node, List<String> commands) {
        return refusal(node, commands).map(why -> refused(why, Say.of("nodes.refused.next")));
    }

    /** The first of these commands that the node refused lately, with the words it used. */
    public static Optional<Say> refusal(Node node, List<String> commands) {
        return node.refuses(commands)
                .map(command -> Say.of(
                        "nodes.refused",
                        "node",
                        node.address(),
                        "command",
                        command,
                        "why",
                        Objects.requireNonNull(node.refused().get(command))));
    }

    /** There is nothing to do: it is so already. */
    public static Offer already(Say why) {
        return new Offer.Refused(why, List.of(), List.of(), true);
    }

    public static Offer refused(Say why, Say... cures) {
        return new Offer.Refused(why, List.of(cures), List.of());
    }

    public static Offer refused(Failure failure) {
        return refused(failure.what(), failure.next());
    }
}
