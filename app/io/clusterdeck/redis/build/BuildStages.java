package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepKind;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.build.Blueprint.BuildHost;
import io.clusterdeck.redis.build.Members.Member;
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

    BuildStages(Blueprint blueprint, AllFacts facts, String build, Placement placement, Members members, Path shelf) {
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
            stages.add(stage("source", each(builders.all(), "source", h -> builders.source(h, args(h)))));
            // the builders' own programs come with the compiling: the others take theirs from there
            var made = new ArrayList<>(each(builders.all(), "compile", h -> builders.compile(h, args(h))));
            made.addAll(each(builders.all(), "install", h -> builders.install(h, args(h))));
            stages.add(stage("compile", made));
        }
        var takers = hosts.stream()
                .filter(h -> !tarball || !builders.all().contains(h))
                .toList();
        if (!takers.isEmpty()) {
            stages.add(stage("install", each(takers, "install", h -> builders.install(h, args(h)))));
        }
        stages.add(stage("configure", each(hosts, "configure", this::configure)));
        stages.add(stage("start", each(hosts, "start", this::start)));
        stages.add(stage("create", each(hosts.subList(0, 1), "create", this::create)));
        stages.add(stage("prove", each(hosts.subList(0, 1), "prove", this::prove)));
        return stages;
    }

    private static Stage stage(String id, List<Step> steps) {
        return new Stage(id, Say.of("build.stage." + id), steps);
    }

    private interface Data {
        Map<String, String> of(HostName host);
    }

    private List<Step> each(List<HostName> on, String kind, Data data) {
        return on.stream().map(h -> step(kind + "/" + h, h, kind, data.of(h))).toList();
    }

    private Step step(String id, HostName on, String kind, Map<String, String> args) {
        return BuildSteps.make(kinds, new StepId(id), on, new StepSpec("build." + kind, new TreeMap<>(args)));
    }

    private Map<String, String> args(HostName host, String... more) {
        var args = new LinkedHashMap<String, String>();
        args.put("root", facts.of(host).root());
        args.put("sudo", asRoot(host) ? "yes" : "no");
        for (int i = 0; i < more.length; i += 2) {
            args.put(more[i], more[i + 1]);
        }
        return args;
    }

    private List<Step> look(List<Remark> remarks) {
        var steps = new ArrayList<Step>();
        for (var host : hosts) {
            var ports = BuildPlanner.ports(placement.on(host));
            var whose = args(
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
                    args(hosts.getFirst(), "members", members.text())));
        }
        return steps;
    }

    /** Root makes the folder where the account may not. */
    private Map<String, String> claim(HostName host, Map<String, String> whose) {
        var args = new LinkedHashMap<>(whose);
        boolean root = !asRoot(host) && opens(host);
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
        var setting = CURES.getOrDefault(what, List.of("net.ipv4.ip_local_reserved_ports", reserved));
        var args = args(host, "what", what, "key", setting.getFirst(), "value", setting.getLast());
        args.put("sudo", facts.of(host).isRoot() ? "no" : "yes");
        return step(cureId(what, host), host, "cure", args);
    }

    static String cureId(String what, HostName host) {
        return "cure-" + what + "/" + host;
    }

    /** Packages are installed as root where that can be had; where not, the step says what is missing. */
    private Map<String, String> tools(HostName host) {
        var args = args(host, "release", builders.release(host));
        var known = facts.of(host);
        args.put("sudo", !known.isRoot() && known.mayBeRoot(blueprint.host(host).sudo()) ? "yes" : "no");
        return args;
    }

    private Map<String, String> node(HostName host, String... more) {
        var args = args(host, more);
        args.put("members", members.text());
        args.put(
                "access",
                blueprint.access() == io.clusterdeck.redis.model.ClusterSpec.Access.DIRECT ? "direct" : "through");
        args.put("password", blueprint.password() instanceof Blueprint.Password.None ? "no" : "yes");
        return args;
    }

    private Map<String, String> configure(HostName host) {
        var known = facts.of(host);
        var bind =
                BuildPlanner.bind(blueprint.host(host), known, blueprint.hosts().size());
        var announced = members.on(host).getFirst().address().host();
        return node(
                host,
                "data",
                blueprint.layout().data(),
                "owner",
                owner(host),
                "units",
                units(blueprint, known) ? "yes" : "no",
                "bind",
                bind.isEmpty() ? "127.0.0.1" : String.join(" ", bind),
                "announce",
                !bind.isEmpty() && announced.equals(bind.getFirst()) ? "" : announced,
                "config",
                NodeSettings.config(config(blueprint)));
    }

    /** What a node is told besides its place, unless the blueprint says otherwise: every write is kept, and how long a death goes unseen stands there to be read. */
    static Map<String, List<String>> config(Blueprint blueprint) {
        var config = new LinkedHashMap<String, List<String>>();
        config.put("cluster-node-timeout", List.of("15000"));
        config.put("appendonly", List.of("yes"));
        config.putAll(blueprint.config());
        return config;
    }

    private Map<String, String> start(HostName host) {
        var known = facts.of(host);
        boolean units = units(blueprint, known);
        var args = node(
                host, "data", blueprint.layout().data(), "cluster", blueprint.name(), "units", units ? "yes" : "no");
        args.put("owner", units ? blueprint.layout().user().orElse(known.user()) : owner(host));
        if (units && !known.isRoot()) {
            args.put("sudo", "yes");
        }
        return args;
    }

    private Map<String, String> create(HostName host) {
        var delay = blueprint
                .config()
                .getOrDefault("repl-diskless-sync-delay", List.of("5"))
                .getLast();
        return node(host, "equivalent", equivalent(), "delay", delay);
    }

    private Map<String, String> prove(HostName host) {
        return node(
                host,
                "cluster",
                blueprint.name(),
                "build",
                build,
                "data",
                blueprint.layout().data());
    }

    /** The account that owns the nodes' files, where it is another than the one that signs in. */
    private String owner(HostName host) {
        return blueprint
                .layout()
                .user()
                .filter(u -> !u.equals(facts.of(host).user()))
                .orElse("");
    }

    boolean asRoot(HostName host) {
        return !owner(host).isEmpty()
                && !facts.of(host).isRoot()
                && blueprint.host(host).sudo();
    }

    /** Whether nodes become systemd units: they then survive a reboot of the host. */
    static boolean units(Blueprint blueprint, HostFacts facts) {
        var host = blueprint.host(facts.host());
        return facts.systemd() && !host.ssh().local() && facts.mayBeRoot(host.sudo());
    }

    List<Say> costs() {
        var costs = new ArrayList<Say>();
        costs.add(Say.of(
                "build.cost",
                "nodes",
                members.all().size(),
                "hosts",
                hosts.size(),
                "masters",
                members.masters().size()));
        if (builders.tarball()) {
            builders.all().forEach(h -> costs.add(Say.of("build.cost.compile", "host", h)));
        }
        if (blueprint.password() instanceof Blueprint.Password.Generate) {
            costs.add(Say.of("build.cost.password"));
        }
        return costs;
    }

    String equivalent() {
        var addresses = members.all().stream()
                .map(Member::address)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        return "redis-cli --cluster create " + addresses + " --cluster-replicas "
                + blueprint.layout().replicas();
    }
}
