package io.clusterdeck.redis.config;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Asking;
import io.clusterdeck.redis.nodes.ConfFiles;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.redis.nodes.KeepStep;
import io.clusterdeck.redis.nodes.Keeping;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Plans;
import io.clusterdeck.redis.nodes.Together;
import io.clusterdeck.redis.nodes.Unkept;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One directive to be set on some nodes, and in their files. */
final class Setting {
    private final Ops ops;
    private final String name;
    private final String value;

    Setting(Ops ops, String name, String value) {
        this.ops = ops;
        this.name = name;
        this.value = value;
    }

    Offer offer(List<Node> nodes) throws InterruptedException {
        if (Directive.secret(name)) {
            return Consents.refused(Say.of("config.secret", "directive", name), Say.of("config.secret.next"));
        }
        if (Directive.own(name) || Directive.state(name)) {
            return Consents.refused(Say.of("config.own", "directive", name), Say.of("config.own.next"));
        }
        if (nodes.isEmpty()) {
            return Consents.refused(Say.of("config.no-node"));
        }
        var found = Together.ask(nodes, this::look);
        boolean fixed = found.stream().anyMatch(f -> Directive.fixed(name, f.version()));
        return fixed ? fixed(found) : settable(found);
    }

    /**
     * One node.
     *
     * @param running what runs; empty where it does not tell
     * @param write the edits of its files; none where they say so already or can't be edited
     */
    private record Look(
            Node node, Optional<String> running, List<Step> write, Optional<Say> deaf, Optional<Say> unwritable) {
        String version() {
            return node.info().map(i -> i.version()).orElse("");
        }
    }

    private Look look(Node node) throws InterruptedException {
        Optional<String> running = Optional.empty();
        var deaf = Consents.refusal(node, ConfigOperations.SETS);
        var word = name;
        try (var link = ops.links().act(node.address())) {
            word = spelled(node);
            running = Optional.of(Asking.setting(link, word));
        } catch (Failure untold) {
            deaf = Optional.of(untold.what());
        }
        var site = ops.spec().get().sites().stream()
                .filter(s -> s.at(node.address()))
                .findFirst();
        if (site.isEmpty()) {
            var why = Say.of("config.no-site", "node", node.address());
            return new Look(node, running, List.of(), deaf, Optional.of(why));
        }
        try {
            var files = ConfFiles.read(ops.ground(), site.get(), version(node));
            if (!files.unread().isEmpty()) {
                return new Look(
                        node,
                        running,
                        List.of(),
                        deaf,
                        Optional.of(files.unread().getFirst()));
            }
            var said = Unkept.said(files.tree(), name, version(node));
            boolean there = said != null && said.stated() && Directive.same(name, said.value(), value);
            var wanted = new Unkept(said == null ? word : said.word(), value, said == null ? "" : said.value());
            return new Look(
                    node,
                    running,
                    there ? List.of() : KeepStep.of(ops, site.get(), files, List.of(wanted), Keeping.stamp()),
                    deaf,
                    Optional.empty());
        } catch (Failure unreadable) {
            return new Look(node, running, List.of(), deaf, Optional.of(unreadable.what()));
        }
    }

    private static String version(Node node) {
        return node.info().map(i -> i.version()).orElse("");
    }

    /** Releases before 7.0 know the old names of what was renamed there. */
    private String spelled(Node node) {
        return version(node).startsWith("6.") ? name.replace("listpack", "ziplist") : name;
    }

    private Offer settable(List<Look> found) {
        var deaf = found.stream().flatMap(f -> f.deaf().stream()).toList();
        var able = found.stream().filter(f -> f.deaf().isEmpty()).toList();
        if (able.isEmpty()) {
            return Consents.refused(
                    Say.of("config.none-takes-it", "directive", name, "why", deaf),
                    Say.of("config.none-takes-it.next"));
        }
        var sets = able.stream()
                .filter(f -> !Directive.same(name, f.running().orElse(""), value))
                .map(f -> (Step) SetStep.of(ops, f.node(), spelled(f.node()), value))
                .toList();
        var shared = Shared.of(able.stream().flatMap(f -> f.write().stream()).toList());
        var writes = shared.steps();
        var unwritable = Stream.concat(able.stream().flatMap(f -> f.unwritable().stream()), shared.contested().stream())
                .toList();
        if (sets.isEmpty() && writes.isEmpty()) {
            var untold = Stream.concat(deaf.stream(), unwritable.stream()).toList();
            return Consents.already(
                    untold.isEmpty()
                            ? Say.of("config.set-already", "directive", name, "value", value)
                            : Say.of("config.runs-already", "directive", name, "value", value, "why", untold));
        }
        var costs = new ArrayList<Say>(
                Costs.of(name, value, able.stream().map(Look::node).toList()));
        costs.addAll(shared.costs());
        if (!unwritable.isEmpty()) {
            costs.add(Say.of("config.cost.only-live", "why", unwritable));
        }
        if (!deaf.isEmpty()) {
            costs.add(Say.of("nodes.impact.left-out", "why", deaf));
        }
        var plans = Plans.named(
                ops, "set-" + name, Say.of("config.plan.set", "directive", name, "value", value, "n", able.size()));
        if (!sets.isEmpty()) {
            plans.stage("try", sets.getFirst()).stage("set", sets.subList(1, sets.size()));
        }
        return ready(
                plans.stage("settings", writes).costing(costs),
                Costs.stake(name, value, able.stream().map(Look::node).toList()));
    }

    /** A directive that counts from the next start on: refused, and for who insists written to the files. */
    private Offer fixed(List<Look> found) {
        var why = Say.of("config.fixed", "directive", name);
        var cures = List.of(Say.of("config.fixed.next"));
        var shared = Shared.of(found.stream().flatMap(f -> f.write().stream()).toList());
        var writes = shared.steps();
        if (writes.isEmpty()) {
            return new Offer.Refused(why, cures, List.of());
        }
        var plan = Plans.named(
                        ops,
                        "write-" + name,
                        Say.of("config.plan.write", "directive", name, "value", value, "n", writes.size()))
                .stage("settings", writes)
                .costing(Stream.concat(Stream.of(Say.of("config.cost.next-start")), shared.costs().stream())
                        .toList());
        return new Offer.Refused(why, cures, List.of(ready(plan, Stake.SERVICE)));
    }

    private Offer.Ready ready(Plan plan, Stake stake) {
        var spec = ops.spec().get();
        return Consents.ready(spec, plan, stake, spec.name());
    }
}
