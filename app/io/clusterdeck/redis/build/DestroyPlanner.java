package io.clusterdeck.redis.build;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans to take a cluster away that was built here: exactly what the building made, as its marker on the hosts and the lists beside the
 * programs say. Data is set aside beside the root, or removed where the operator typed so. Settings of the kernel that were cured for it are
 * put back where no other Redis server runs, which may have come to rely on them; those and packages that were installed stay, and it is told.
 * What lies on hosts that can't be reached stays, too, and is kept as what is left of the cluster.
 */
public final class DestroyPlanner {

    /** Why an offer is refused where the hosts hold nothing of the cluster, and nothing serves its ports. */
    public static final String NOTHING = "build.destroy.not-ours";

    /** What the journal keeps with each step: hosts that could not be reached, on which everything stays. */
    static final String AWAY = "away";

    private static final String REMOVE = "build.remove";

    private DestroyPlanner() {}

    /**
     * Looks at the hosts and offers the plan.
     *
     * @param stamp names what is set aside, such as {@code 20261122-094500}
     * @param dataToo whether the data is removed, too; that wants the cluster's name typed
     */
    public static Offer offer(PlanId id, ClusterSpec spec, Ground ground, String stamp, boolean dataToo)
            throws Failure, InterruptedException {
        var byHost = new LinkedHashMap<HostName, List<NodeSite>>();
        for (var site : spec.sites()) {
            if (site.ours()) {
                byHost.computeIfAbsent(site.host(), h -> new ArrayList<>()).add(site);
            }
        }
        var away = new LinkedHashMap<HostName, Unreachable>();
        var there = look(ground, byHost, away);
        var steps = new ArrayList<Step>();
        var cures = new ArrayList<Step>();
        var kept = new ArrayList<HostName>();
        var unmarked = new ArrayList<NodeAddress>();
        for (var e : byHost.entrySet()) {
            var facts = there.get(e.getKey());
            if (facts == null) {
                continue;
            }
            if (facts.made().filter(m -> m.cluster().equals(spec.name())).isPresent()) {
                steps.add(step(e.getKey(), e.getValue(), facts, stamp, dataToo, away.keySet()));
                if (facts.alone()) {
                    cures.addAll(uncured(e.getKey(), facts));
                } else if (!facts.curedForIt().isEmpty()) {
                    kept.add(e.getKey());
                }
            } else {
                e.getValue().stream()
                        .filter(s -> facts.taken(s.address().port(), List.of(listens(s))))
                        .map(NodeSite::address)
                        .forEach(unmarked::add);
            }
        }
        if (!unmarked.isEmpty()) {
            return refused(Say.of("build.destroy.unmarked", "name", spec.name(), "nodes", unmarked));
        }
        if (steps.isEmpty() && !away.isEmpty()) {
            throw away.firstEntry().getValue();
        }
        if (steps.isEmpty()) {
            return refused(Say.of(NOTHING, "name", spec.name()));
        }
        byHost.keySet().removeAll(away.keySet());
        var nodes = byHost.values().stream().mapToInt(List::size).sum();
        var stages = new ArrayList<>(List.of(new Stage("remove", Say.of("build.stage.remove"), steps)));
        var costs = new ArrayList<>(List.of(Say.of(
                dataToo ? "build.destroy.cost-data" : "build.destroy.cost", "nodes", nodes, "hosts", steps.size())));
        away.forEach((host, why) -> costs.add(Say.of("build.destroy.away", "host", host, "why", why.what())));
        if (!cures.isEmpty()) {
            stages.add(new Stage("uncure", Say.of("build.stage.uncure"), cures));
            costs.add(Say.of("build.destroy.uncures"));
        }
        if (!kept.isEmpty()) {
            costs.add(Say.of("build.destroy.keeps", "hosts", kept));
        }
        costs.add(Say.of("build.destroy.stays"));
        var title = Say.of("build.destroy", "name", spec.name());
        var plan = new Plan(id, new ClusterRef(spec.name()), title, stages, costs);
        var question = Say.of(dataToo ? "build.destroy.ask-data" : "build.destroy.ask", "name", spec.name());
        return new Offer.Ready(
                plan,
                dataToo || spec.production() ? new Consent.Type(question, spec.name()) : new Consent.Ask(question));
    }

    private static List<Step> uncured(HostName host, HostFacts facts) {
        var build = facts.made().orElseThrow().build();
        return facts.curedForIt().stream()
                .map(what -> BuildSteps.uncure(host, what, build, facts.isRoot()))
                .toList();
    }

    private static Offer refused(Say why) {
        return new Offer.Refused(why, List.of(HostStep.next(why)), List.of());
    }

    private static String root(List<NodeSite> sites) {
        return parent(parent(sites.getFirst().binary().value()));
    }

    private static String data(List<NodeSite> sites) {
        var directory = sites.getFirst().directory().value();
        return directory.substring(parent(directory).length() + 1);
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /** Each host that can be reached; one that burned down must not keep what stands on the others for ever. */
    private static Map<HostName, HostFacts> look(
            Ground ground, Map<HostName, List<NodeSite>> byHost, Map<HostName, Unreachable> away)
            throws Failure, InterruptedException {
        var looks = byHost.entrySet().stream()
                .map(e -> (Callable<HostFacts>) () -> look(ground, e.getKey(), e.getValue()))
                .toList();
        var there = new LinkedHashMap<HostName, HostFacts>();
        var hosts = byHost.keySet().iterator();
        for (var answer : SideBySide.all("look", looks)) {
            var host = hosts.next();
            switch (answer) {
                case SideBySide.Came<HostFacts> came -> there.put(host, came.value());
                case SideBySide.Failed<HostFacts>(Unreachable dead) -> away.put(host, dead);
                case SideBySide.Failed<HostFacts> failed -> throw failed.why();
            }
        }
        return there;
    }

    private static HostFacts look(Ground ground, HostName host, List<NodeSite> sites)
            throws Failure, InterruptedException {
        return Survey.look(ground.host(host), root(sites), data(sites), ports(sites));
    }

    /** Whether a plan takes away what was built. */
    public static boolean destroys(Plan plan) {
        return removals(plan).findAny().isPresent();
    }

    /** What is left of a cluster once such a plan was done: the nodes on hosts that could not be reached, for another one to finish. */
    public static Optional<ClusterSpec> left(ClusterSpec spec, Plan plan) {
        var away = removals(plan)
                .flatMap(s -> Stream.of(s.spec().args().getOrDefault(AWAY, "").split(" ")))
                .collect(Collectors.toSet());
        var sites = spec.sites().stream()
                .filter(s -> s.ours() && away.contains(s.host().value()))
                .toList();
        if (sites.isEmpty()) {
            return Optional.empty();
        }
        var left = spec.withSites(sites)
                .withSeeds(sites.stream().map(NodeSite::address).toList());
        return Optional.of(left.withHosts(
                spec.hosts().stream().filter(h -> left.needs(h.name())).toList()));
    }

    private static Stream<Step> removals(Plan plan) {
        return plan.steps().stream().filter(s -> s.spec().kind().equals(REMOVE));
    }

    private static String listens(NodeSite site) {
        return site.local().orElse(site.address().host());
    }

    /** As {@code held} of lib/ports.sh tells those of IPv4; none where there are others. */
    private static String addresses(List<NodeSite> sites) {
        var all = sites.stream().map(DestroyPlanner::listens).distinct().toList();
        return all.stream().allMatch(a -> a.matches("[0-9.]+")) ? String.join(" ", all) : "";
    }

    private static List<Integer> ports(List<NodeSite> sites) {
        return sites.stream().map(s -> s.address().port()).sorted().toList();
    }

    private static Step step(
            HostName host, List<NodeSite> sites, HostFacts facts, String stamp, boolean dataToo, Set<HostName> away) {
        var args = new TreeMap<>(Map.of(
                "root", root(sites),
                "data", data(sites),
                "ports", ports(sites).stream().map(String::valueOf).collect(Collectors.joining(" ")),
                "build", facts.made().orElseThrow().build(),
                "data_too", dataToo ? "yes" : "no",
                "aside", root(sites) + ".set-aside-" + stamp));
        boolean asRoot = facts.wantsRoot()
                || sites.stream()
                        .anyMatch(s -> s.unit().isPresent()
                                || s.user().filter(u -> !u.equals(facts.user())).isPresent());
        args.put("at", addresses(sites));
        args.put(AWAY, away.stream().map(HostName::value).collect(Collectors.joining(" ")));
        args.put("sudo", asRoot && !facts.isRoot() ? "yes" : "no");
        var stepSpec = new StepSpec(REMOVE, args);
        return BuildSteps.scripted(new StepId("remove/" + host), host, stepSpec);
    }
}
