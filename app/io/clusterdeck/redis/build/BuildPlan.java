package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plan that builds, and what is to be said of it.
 *
 * @param spec the cluster as it will be kept
 * @param remarks on hosts and placement; one that is BAD means that the plan must not run
 * @param consent what has to be agreed to: nothing for a new cluster, the name of one that is kept as production
 * @param equivalent the redis-cli command that would create the same cluster from running servers
 * @param running whether nodes of it run already
 */
public record BuildPlan(
        Plan plan,
        ClusterSpec spec,
        Placement placement,
        List<Remark> remarks,
        Consent consent,
        String equivalent,
        Blueprint.Password password,
        boolean running) {

    public BuildPlan {
        remarks = List.copyOf(remarks);
    }

    /** Over a cluster that is kept already: what its operator set there by hand stays. */
    public BuildPlan over(ClusterSpec kept, Consent asked) {
        var all = new ArrayList<>(remarks);
        if (running && kept.tls().isPresent() != spec.tls().isPresent()) {
            var why = Say.of(spec.tls().isPresent() ? "build.pre.tls-on" : "build.pre.tls-off");
            all.add(new Remark("tls-switch", Level.BAD, Optional.empty(), why, Optional.empty()));
        }
        var merged = new ClusterSpec(
                spec.name(),
                kept.production() || spec.production(),
                kept.readOnly(),
                spec.hosts(),
                spec.seeds(),
                spec.access(),
                kept.user(),
                spec.sites(),
                spec.tls().or(kept::tls));
        return new BuildPlan(plan, merged, placement, all, asked, equivalent, password, running);
    }

    /** Its password is made with it: none is kept yet. */
    public BuildPlan makingPassword() {
        return new BuildPlan(
                plan.costing(Say.of("build.cost.password"), Plan.BEGUN),
                spec,
                placement,
                remarks,
                consent,
                equivalent,
                password,
                running);
    }

    /** Over nodes that run with another password than this blueprint gives: it would silently take them back to that one. */
    public BuildPlan otherPassword() {
        if (!running) {
            return this;
        }
        var all = new ArrayList<>(remarks);
        all.add(new Remark(
                "password-other",
                Level.BAD,
                Optional.empty(),
                Say.of("build.pre.password-other", "cluster", spec.name()),
                Optional.empty()));
        return new BuildPlan(plan, spec, placement, all, consent, equivalent, password, running);
    }

    /** With what is wrong with certificates that lie ready on the hosts. Looks there, and so blocks. */
    public BuildPlan certified(Ground ground) throws Failure, InterruptedException {
        var steps = plan.steps().stream()
                .flatMap(s -> s instanceof CertifyStep certify ? Stream.of(certify) : Stream.empty())
                .toList();
        var asked = steps.stream()
                .map(s -> (Callable<Optional<Say>>) () -> s.wrong(ground))
                .toList();
        var wrong = SideBySide.values("certificates", asked);
        var all = new ArrayList<>(remarks);
        for (int i = 0; i < steps.size(); i++) {
            var on = Optional.of(steps.get(i).on());
            wrong.get(i).ifPresent(w -> all.add(new Remark("certificate", Level.BAD, on, w, Optional.empty())));
        }
        return new BuildPlan(plan, spec, placement, all, consent, equivalent, password, running);
    }

    /** With the nodes that would come up with less than those hold that follow them. Asks the nodes that run, and so blocks. */
    public BuildPlan sparing(Ground ground, Map<HostName, HostFacts> facts) throws Failure, InterruptedException {
        var all = new ArrayList<>(remarks);
        for (var step : plan.steps()) {
            if (step instanceof StartStep start) {
                all.addAll(Emptied.of(Members.of(start.arg("members")), facts).remarks(start, ground));
                break; // each knows all members
            }
        }
        return new BuildPlan(plan, spec, placement, all, consent, equivalent, password, running);
    }

    /** With the edits of redis.conf against what lies on the hosts, or against what it will be made from. Looks there, and so blocks. */
    public BuildPlan compared(Ground ground, Blueprint wish, Map<HostName, HostFacts> facts, Path shelf)
            throws Failure, InterruptedException {
        var known = ReleaseConf.of(wish.redis(), shelf);
        var installing = plan.steps().stream()
                .filter(s -> s.spec().kind().equals("build.install"))
                .collect(Collectors.toMap(Step::on, s -> s.spec().arg("release")));
        var asked = new ArrayList<Callable<Step>>();
        for (var step : plan.steps()) {
            if (step instanceof ConfigureStep configure) {
                var host = HostFacts.of(facts, step.on());
                asked.add(() -> configure.compared(
                        ground, known, host.made().isPresent(), host.release().equals(installing.get(step.on()))));
            }
        }
        var compared = SideBySide.values("redis.conf", asked).stream()
                .collect(Collectors.toMap(Step::id, Function.identity()));
        return new BuildPlan(
                plan.with(s -> compared.getOrDefault(s.id(), s)),
                spec,
                placement,
                remarks,
                consent,
                equivalent,
                password,
                running);
    }

    /** Where the masters are to be, by the addresses that nodes announce. */
    public Set<NodeAddress> masters() {
        var masters =
                placement.shards().stream().map(Placement.PlacedShard::master).toList();
        return spec.sites().stream()
                .filter(s -> masters.stream()
                        .anyMatch(m -> m.host().equals(s.host())
                                && m.port() == s.address().port()))
                .map(NodeSite::address)
                .collect(Collectors.toSet());
    }

    public List<Remark> bad() {
        return remarks.stream().filter(r -> r.level() == Level.BAD).toList();
    }

    /** Whether a step of the plan puts it right. */
    private boolean cured(Remark r) {
        return r.cure().isPresent()
                && plan.steps().stream()
                        .anyMatch(s -> r.host().filter(s.on()::equals).isPresent()
                                && s.id().value()
                                        .equals(BuildStages.cureId(r.cure().get(), s.on())));
    }

    /** Ready to run, or refused for everything that is BAD. */
    public Offer offer() {
        var bad = bad();
        if (bad.isEmpty()) {
            var notes = Remark.alike(remarks.stream().filter(r -> !cured(r))).stream()
                    .map(r -> new Offer.Note(
                            Remark.told(r),
                            HostStep.next(r.what().why()),
                            r.what().level() == Level.WARN))
                    .toList();
            return new Offer.Ready(plan, consent, List.of(), notes);
        }
        var why = Remark.alike(bad.stream()).stream().map(Remark::told).toList();
        return new Offer.Refused(
                Say.of("build.refused", "why", why),
                bad.stream().map(r -> HostStep.next(r.why())).distinct().toList(),
                List.of());
    }
}
