package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepKind;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.build.Blueprint.BuildHost;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The stages of a building, in order, and the data of every step. */
final class BuildStages {

    /** Settings of the kernel that suit Redis: the key and its value, by the name of the finding. */
    static final Map<String, List<String>> CURES = Map.of(
            "overcommit", List.of("vm.overcommit_memory", "1"),
            "somaxconn", List.of("net.core.somaxconn", "1024"),
            "huge-pages", List.of("/sys/kernel/mm/transparent_hugepage/enabled", "madvise"));

    private final Blueprint blueprint;
    private final AllFacts facts;
    private final String build;
    private final Placement placement;
    private final Members members;
    private final List<HostName> hosts;
    private final Builders builders;
    private final Map<String, StepKind> kinds;
    private final Path authority;
    private final NodeData data;

    BuildStages(
            Blueprint blueprint,
            AllFacts facts,
            String build,
            Placement placement,
            Members members,
            Path shelf,
            Path authority,
            RedisCli cli) {
        this.authority = authority;
        this.kinds = BuildSteps.kinds(shelf);
        this.blueprint = blueprint;
        this.facts = facts;
        this.build = build;
        this.placement = placement;
        this.members = members;
        this.hosts = blueprint.hosts().stream()
                .map(BuildHost::name)
                .filter(h -> !placement.on(h).isEmpty())
                .toList();
        this.builders = new Builders(blueprint, facts, hosts);
        this.data = new NodeData(blueprint, facts, build, members, authority, cli);
    }

    NodeData data() {
        return data;
    }

    Builders builders() {
        return builders;
    }

    List<Stage> stages(List<Remark> remarks) {
        var stages = new ArrayList<Stage>();
        stages.add(stage("look", look(remarks)));
        boolean tarball = builders.tarball();
        if (tarball) {
            stages.add(stage("tools", each(builders.all(), "tools", this::tools)));
            stages.add(stage("source", each(builders.all(), "source", h -> builders.source(h, data.args(h)))));
            // the builders' own programs come with the compiling: the others take theirs from there
            var made = new ArrayList<>(each(builders.all(), "compile", h -> builders.compile(h, data.args(h))));
            made.addAll(each(builders.all(), "install", h -> builders.install(h, data.args(h))));
            stages.add(stage("compile", made));
        }
        var takers = hosts.stream()
                .filter(h -> !tarball || !builders.all().contains(h))
                .toList();
        if (!takers.isEmpty()) {
            stages.add(stage("install", each(takers, "install", h -> builders.install(h, data.args(h)))));
        }
        if (blueprint.tls().isPresent()) {
            stages.add(stage("certify", each(hosts, "certify", data::certify)));
        }
        stages.add(stage("configure", each(hosts, "configure", data::configure)));
        stages.add(stage("start", each(hosts, "start", data::start)));
        stages.add(stage("create", each(hosts.subList(0, 1), "create", data::create)));
        stages.add(stage("prove", each(hosts.subList(0, 1), "prove", data::prove)));
        return stages;
    }

    private static Stage stage(String id, List<Step> steps) {
        return new Stage(id, Say.of("build.stage." + id), steps);
    }

    private interface Args {
        Map<String, String> of(HostName host);
    }

    private List<Step> each(List<HostName> on, String kind, Args args) {
        return on.stream().map(h -> step(kind + "/" + h, h, kind, args.of(h))).toList();
    }

    private Step step(String id, HostName on, String kind, Map<String, String> args) {
        return BuildSteps.make(kinds, new StepId(id), on, new StepSpec("build." + kind, new TreeMap<>(args)));
    }

    private List<Step> look(List<Remark> remarks) {
        var steps = new ArrayList<Step>();
        for (var host : hosts) {
            var ports = BuildPlanner.ports(placement.on(host));
            var whose = data.args(
                    host,
                    "data",
                    blueprint.layout().data(),
                    "ports",
                    ports,
                    "cluster",
                    blueprint.name(),
                    "build",
                    build);
            var look = new LinkedHashMap<>(whose);
            look.put("bind", String.join(" ", data.bind(host)));
            look.put("needs_mb", String.valueOf(builders.needsMb(host)));
            steps.add(step("look/" + host, host, "look", look));
            steps.add(step("claim/" + host, host, "claim", claim(host, whose)));
            if (blueprint.cure()) {
                remarks.stream()
                        .filter(r -> r.host().filter(host::equals).isPresent())
                        .flatMap(r -> r.cure().stream())
                        .forEach(c -> steps.add(cure(host, c)));
            }
        }
        if (hosts.size() > 1) {
            steps.add(step(
                    "ways/" + hosts.getFirst(),
                    hosts.getFirst(),
                    "ways",
                    data.args(hosts.getFirst(), "members", members.text())));
        }
        return steps;
    }

    /** Root makes the folder where the account may not. */
    private Map<String, String> claim(HostName host, Map<String, String> whose) {
        var args = new LinkedHashMap<>(whose);
        boolean root = !data.asRoot(host) && opens(host);
        args.put("owner", root ? facts.of(host).user() : "");
        if (root) {
            args.put("sudo", "yes");
        }
        return args;
    }

    /** Whether the folder is made by root for the account. */
    boolean opens(HostName host) {
        return facts.of(host).opened(blueprint.host(host).sudo());
    }

    private Step cure(HostName host, String what) {
        var reserved = placement.on(host).stream()
                .flatMap(n -> java.util.stream.Stream.of(n.port(), n.port() + 10_000))
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        var setting = setting(what, reserved);
        var args = data.args(
                host, "what", what, "key", setting.getFirst(), "value", setting.getLast(), "build", build, "undo", "");
        args.put("sudo", facts.of(host).isRoot() ? "no" : "yes");
        return step(cureId(what, host), host, "cure", args);
    }

    /** The key and its value. @param reserved the ports, where that is what it is about */
    static List<String> setting(String what, String reserved) {
        return CURES.getOrDefault(what, List.of("net.ipv4.ip_local_reserved_ports", reserved));
    }

    static String cureId(String what, HostName host) {
        return "cure-" + what + "/" + host;
    }

    /** Packages are installed as root where that can be had; where not, the step says what is missing. */
    private Map<String, String> tools(HostName host) {
        var args = data.args(host, "release", builders.release(host), "tls", builders.tls("yes"));
        var known = facts.of(host);
        args.put("sudo", !known.isRoot() && known.mayBeRoot(blueprint.host(host).sudo()) ? "yes" : "no");
        return args;
    }

    /** The plan of these stages with what it costs. */
    Plan costing(Plan plan) {
        var costing = plan.costing(Say.of(
                "build.cost",
                "nodes",
                members.all().size(),
                "hosts",
                hosts.size(),
                "masters",
                members.masters().size()));
        for (var host : builders.busy()) {
            costing = costing.costing(Say.of("build.cost.compile", "host", host), new StepId("compile/" + host));
        }
        var all = costing;
        return blueprint.tls().map(t -> t.costing(all, authority)).orElse(all);
    }
}
