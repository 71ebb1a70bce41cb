package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.ssh.HostName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The data of the steps that configure, start and join the nodes. */
record NodeData(Blueprint blueprint, AllFacts facts, String build, Members members, Path authority, RedisCli cli) {

    /** What every step on a host has, and more: names and values in turn. */
    Map<String, String> args(HostName host, String... more) {
        var args = new LinkedHashMap<String, String>();
        args.put("root", facts.of(host).root());
        args.put("sudo", asRoot(host) ? "yes" : "no");
        for (int i = 0; i < more.length; i += 2) {
            args.put(more[i], more[i + 1]);
        }
        return args;
    }

    private Map<String, String> node(HostName host, String... more) {
        var args = args(host, more);
        args.put("members", members.text());
        args.put("access", blueprint.access() == Access.DIRECT ? "direct" : "through");
        args.put("password", blueprint.password() instanceof Blueprint.Password.None ? "no" : "yes");
        blueprint.tls().ifPresent(t -> args.putAll(Talk.args(t.here(authority))));
        return args;
    }

    Map<String, String> certify(HostName host) {
        var tls = blueprint.tls().orElseThrow();
        var names = new Certifying(blueprint, tls, facts, members).names(blueprint.host(host));
        var args = node(host, "owner", owner(host), "names", String.join(" ", names));
        args.putAll(CertifyStep.args(tls, host, authority));
        return args;
    }

    List<String> bind(HostName host) {
        return BuildPlanner.bind(
                blueprint.host(host), facts.of(host), blueprint.hosts().size());
    }

    Map<String, String> configure(HostName host) {
        var known = facts.of(host);
        var bind = bind(host);
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
                NodeSettings.config(config(blueprint)),
                "tls",
                tls(blueprint, known.root()));
    }

    /** What redis.conf says of TLS. */
    static String tls(Blueprint blueprint, String root) {
        return blueprint.tls().map(t -> NodeSettings.config(t.directives(root))).orElse("");
    }

    /** What a node is told besides its place, unless the blueprint says otherwise: every write is kept, and how long a death goes unseen stands there to be read. */
    static Map<String, List<String>> config(Blueprint blueprint) {
        var config = new LinkedHashMap<String, List<String>>();
        config.put("cluster-node-timeout", List.of("15000"));
        config.put("appendonly", List.of("yes"));
        config.putAll(blueprint.config());
        return config;
    }

    Map<String, String> start(HostName host) {
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

    Map<String, String> create(HostName host) {
        var delay = blueprint
                .config()
                .getOrDefault("repl-diskless-sync-delay", List.of("5"))
                .getLast();
        return node(
                host,
                "equivalent",
                equivalent(),
                "delay",
                delay,
                "cluster",
                blueprint.name(),
                "build",
                build,
                "data",
                blueprint.layout().data());
    }

    Map<String, String> prove(HostName host) {
        return node(
                host,
                "cli",
                cli.program(host),
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

    /** What a person would type to create the same cluster from running servers. */
    String equivalent() {
        var addresses = members.all().stream()
                .map(Member::address)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        var from = members.all().getFirst().host();
        return cli.program(from) + " --cluster create " + addresses + " --cluster-replicas "
                + blueprint.layout().replicas();
    }
}
