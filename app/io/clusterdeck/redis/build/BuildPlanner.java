package io.clusterdeck.redis.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.redis.build.Blueprint.BuildHost;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From a blueprint and fresh facts to the plan. The same blueprint, facts and number of the building give the same plan; where a building
 * of this cluster was begun on the hosts before, its number and with it the nodes' ids are taken up again.
 */
public final class BuildPlanner {

    private final Blueprint blueprint;
    private final AllFacts facts;
    private final String build;
    private final Path shelf;
    private final Path authority;
    private final Placement placement;
    private final Members members;
    private final List<Remark> remarks = new ArrayList<>();

    private BuildPlanner(Blueprint blueprint, AllFacts facts, String fresh, Path shelf, Path authority) {
        this.shelf = shelf;
        this.authority = authority;
        this.blueprint = blueprint;
        this.facts = facts;
        this.build = blueprint.hosts().stream()
                .flatMap(h -> facts.of(h.name()).made().stream())
                .filter(m -> m.cluster().equals(blueprint.name()))
                .map(HostFacts.Made::build)
                .findFirst()
                .orElse(fresh);
        this.placement = Placement.of(blueprint);
        this.members = members();
    }

    /** A number for a new building: 32 random hex digits. */
    public static String freshBuild() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The number of the building that a plan begins: given to {@link #plan} again, it makes the same ids before any host was claimed. */
    public static Optional<String> begun(Plan plan) {
        return plan.steps().stream()
                .filter(s -> s.spec().kind().equals("build.claim"))
                .map(s -> s.spec().arg("build"))
                .findFirst();
    }

    /**
     * @param facts of every host of the blueprint
     * @param fresh the number of this building, where none was begun before
     * @param shelf as in {@link BuildSteps#kinds}
     * @param authority the folder of the cluster's own authority, for certificates that are made
     */
    public static BuildPlan plan(
            PlanId id, Blueprint blueprint, Map<HostName, HostFacts> facts, String fresh, Path shelf, Path authority) {
        return new BuildPlanner(blueprint, new AllFacts(facts), fresh, shelf, authority).plan(id);
    }

    private BuildPlan plan(PlanId id) {
        var steps =
                new BuildStages(blueprint, facts, build, placement, members, shelf, authority, new RedisCli(spec()));
        remarks.addAll(placement.remarks(blueprint));
        for (var host : used()) {
            remarks.addAll(remarks(host, steps));
        }
        if (blueprint.password() instanceof Blueprint.Password.None) {
            remarks.add(Remark.warn("no-password", Say.of("build.pre.no-password")));
            used().forEach(this::open);
        }
        clocks();
        if (used().stream().anyMatch(h -> !steps.builders().installed(h.name()))) {
            SourceFile.of(blueprint.redis().source())
                    .flatMap(SourceFile::remark)
                    .ifPresent(remarks::add);
        }
        blueprint.tls().ifPresent(t -> remarks.addAll(new Certifying(blueprint, t, facts, members).remarks()));
        var stages = steps.stages(remarks);
        var plan = steps.costing(new Plan(
                id,
                new ClusterRef(blueprint.name()),
                Say.of("build.plan", "name", blueprint.name()),
                stages,
                List.of()));
        return new BuildPlan(
                plan,
                spec(),
                placement,
                remarks,
                new Consent.Plain(),
                steps.data().equivalent(),
                blueprint.password(),
                used().stream().anyMatch(h -> !facts.of(h.name()).ours().isEmpty()));
    }

    private List<BuildHost> used() {
        return blueprint.hosts().stream()
                .filter(h -> !placement.on(h.name()).isEmpty())
                .toList();
    }

    private List<Remark> remarks(BuildHost host, BuildStages steps) {
        var known = facts.of(host.name());
        var ports =
                placement.on(host.name()).stream().map(Blueprint.NodeName::port).toList();
        var found = new ArrayList<>(
                new Preflight(known, ports, bind(host), steps.builders().needsMb(host.name()), blueprint.name(), build)
                        .remarks());
        if (bind(host).isEmpty()) {
            found.add(bad("bind", Say.of("build.pre.no-bind", "host", host.name()))
                    .at(host.name()));
        }
        if (!known.writable() && !steps.data().asRoot(host.name()) && !steps.opens(host.name())) {
            found.add(bad("not-writable", Say.of("build.pre.not-writable", "root", known.root(), "user", known.user()))
                    .at(host.name()));
        }
        if (blueprint.layout().user().isPresent()
                && !known.mayBeRoot(host.sudo())
                && !blueprint.layout().user().get().equals(known.user())) {
            found.add(bad(
                            "no-root",
                            Say.of(
                                    "build.pre.no-root",
                                    "user",
                                    blueprint.layout().user().get()))
                    .at(host.name()));
        }
        if (blueprint.redis().source() instanceof Blueprint.Source.Packaged
                && PackagedRedis.resource(known.arch()).isEmpty()) {
            found.add(bad("architecture", Say.of("build.pre.no-package", "arch", known.arch()))
                    .at(host.name()));
        }
        return found;
    }

    /** Without a password only where strangers do not come by. */
    private void open(BuildHost host) {
        var listens = bind(host).stream()
                .flatMap(b -> Addresses.any(b) ? facts.of(host.name()).addresses().stream() : Stream.of(b));
        Stream.concat(listens, host.announce().stream())
                .filter(a -> !Addresses.reserved(a))
                .distinct()
                .forEach(a -> remarks.add(bad("open-to-all", Say.of("build.pre.open-to-all", "address", a))
                        .at(host.name())));
    }

    /** Redis and its logs are read side by side: clocks that differ from each other matter more than from ours. */
    private void clocks() {
        var skews = used().stream().map(h -> facts.of(h.name()).skew()).sorted().toList();
        long apart = skews.getLast() - skews.getFirst();
        if (apart > 5000) {
            remarks.add(Remark.warn("clocks", Say.of("build.pre.clocks", "apart", apart)));
        }
    }

    private static Remark bad(String rule, Say why) {
        return new Remark(rule, io.clusterdeck.redis.model.Level.BAD, Optional.empty(), why, Optional.empty());
    }

    static List<String> bind(BuildHost host, HostFacts facts, int hosts) {
        return Listening.of(host.listens(), host.ssh().address(), facts, hosts);
    }

    private List<String> bind(BuildHost host) {
        return bind(host, facts.of(host.name()), blueprint.hosts().size());
    }

    private Members members() {
        var all = new ArrayList<Member>();
        for (var node : placement.nodes()) {
            var host = blueprint.host(node.host());
            var bind = bind(host).stream().findFirst().orElse("127.0.0.1");
            boolean any = Addresses.any(bind);
            var announced = host.announce()
                    .or(() -> any ? facts.of(host.name()).sshAddress() : Optional.empty())
                    .orElse(bind);
            var shard = placement.shards().stream()
                    .filter(s -> s.nodes().contains(node))
                    .findFirst()
                    .orElseThrow();
            boolean master = shard.master().equals(node);
            all.add(new Member(
                    node.host(),
                    any ? "127.0.0.1" : bind,
                    new NodeAddress(announced, node.port()),
                    Members.id(build, node),
                    master ? Optional.empty() : Optional.of(Members.id(build, shard.master())),
                    master ? Optional.of(shard.slots()) : Optional.empty()));
        }
        return new Members(all);
    }

    /** As this computer keeps it once the plan has run. */
    private ClusterSpec spec() {
        return new ClusterSpec(
                blueprint.name(),
                blueprint.production(),
                false,
                blueprint.hosts().stream().map(BuildHost::ssh).toList(),
                members.all().stream().map(Member::address).toList(),
                blueprint.access(),
                "",
                members.all().stream().map(this::site).toList(),
                blueprint.tls().map(t -> t.here(authority)));
    }

    private NodeSite site(Member m) {
        var known = facts.of(m.host());
        var root = new RemotePath(known.root());
        var node = root.child(String.valueOf(m.port()));
        boolean units = NodeData.units(blueprint, known);
        return new NodeSite(
                m.address(),
                Optional.of(m.local()).filter(l -> !l.equals(m.address().host())),
                m.host(),
                root.child("bin").child("redis-server"),
                node.child("redis.conf"),
                node.child(blueprint.layout().data()),
                Optional.of(node.child("redis.log")),
                blueprint.layout().user(),
                units ? Optional.of(unit(blueprint.name(), m.port())) : Optional.empty(),
                true,
                m.port(),
                blueprint.tls().map(t -> t.there(known.root())),
                Optional.empty());
    }

    /** As unit_name of lib/built.sh does. */
    static String unit(String cluster, int port) {
        var bytes = cluster.getBytes(UTF_8);
        var plain = new String(bytes, ISO_8859_1).replaceAll("[^A-Za-z0-9_]", "_");
        var sum = plain.equals(cluster.replace('-', '_'))
                ? ""
                : "-" + Packed.sha256(bytes).substring(0, 8);
        return "clusterdeck-" + plain + sum + "-" + port + ".service";
    }

    static String ports(List<Blueprint.NodeName> nodes) {
        return nodes.stream().map(n -> String.valueOf(n.port())).collect(Collectors.joining(" "));
    }
}
