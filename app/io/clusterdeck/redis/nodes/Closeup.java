package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node as close as it can be seen, now: its own answers, its process, its configuration file and its data files.
 *
 * @param live INFO and CLUSTER INFO of this moment; empty when it does not answer
 * @param config CONFIG GET of this moment; empty when it does not answer or refuses
 * @param file what its configuration file says
 * @param confFound whether that file is there and can be read
 * @param foreign whether its data files can be looked at only as root
 */
public record Closeup(
        Node node,
        NodeSite site,
        Optional<NodeInfo> live,
        Map<String, String> config,
        ProcessFacts process,
        Directives file,
        boolean confFound,
        FileFacts files,
        boolean foreign) {

    private static final Logger LOG = LoggerFactory.getLogger(Closeup.class);

    /** Asks the node, then its host. Fails where the host or its files are not known. */
    public static Closeup of(Ops ops, Node node) throws Failure, InterruptedException {
        Optional<NodeInfo> live = Optional.empty();
        Map<String, String> config = Map.of();
        try (Link link = ops.links().act(node.address())) {
            live = Optional.of(Asking.info(link));
            config = Asking.config(link);
        } catch (Unreachable | OutcomeUnknown silent) {
            LOG.debug("{} does not answer: {}", node.address(), silent.toString());
            live = Optional.empty();
        }
        var site = site(ops.spec().get(), node, live, config);
        // an old pid may be somebody else's by now: a node that does not answer is looked for by its port
        var pid = live.flatMap(i -> i.text("process_id"));
        var process = run(
                ops.ground(),
                site,
                Script.of("process", "facts")
                        .with("pid", pid.orElse(""))
                        .with("port", port(live, site))
                        .with("conf", site.conf())
                        .with("start", "")
                        .with("exe", "")
                        .with("log", "")
                        .with("unit", "")
                        .with("signal", "")
                        .with("pause", ""),
                told -> told.fact("process", "hidden") || told.fact("conf", "denied"));
        var file = Directives.of(process.exit().fact("directives").orElse(""));
        var asked = Instant.now();
        var files = run(
                ops.ground(),
                site,
                Script.of("node-files", "facts")
                        .with("dir", config.getOrDefault("dir", site.directory().value()))
                        .with("rdb", config.getOrDefault("dbfilename", file.value("dbfilename")))
                        .with(
                                "aof",
                                config.getOrDefault("appendfilename", file.value("appendfilename", "appendonly.aof")))
                        .with(
                                "aofdir",
                                config.getOrDefault("appenddirname", file.value("appenddirname", "appendonlydir")))
                        .with(
                                "nodes",
                                config.getOrDefault(
                                        "cluster-config-file", file.value("cluster-config-file", "nodes.conf"))),
                told -> told.fact("dir", "denied"));
        var facts = ProcessFacts.of(process.exit(), process.asRoot(), site.user());
        var learned = learn(site, facts);
        ops.learn().accept(learned);
        return new Closeup(
                node,
                learned,
                live,
                config,
                facts,
                file,
                process.fact("conf", "found"),
                FileFacts.of(files.exit(), asked),
                files.asRoot());
    }

    /** What a script told, and whether it could only as root. */
    private record Told(Exit exit, boolean asRoot) {
        boolean fact(String key, String value) {
            return exit.fact(key).filter(value::equals).isPresent();
        }
    }

    /** Without rights first; as root only where that does not suffice. */
    private static Told run(Ground ground, NodeSite site, Script script, Predicate<Told> denied)
            throws Failure, InterruptedException {
        var host = ground.host(site.host());
        var told = new Told(host.run(script, line -> {}), false);
        return denied.test(told) ? new Told(host.run(script.asRoot(), line -> {}), true) : told;
    }

    /** The port on which the process itself listens, which an announced one need not be. */
    private static String port(Optional<NodeInfo> live, NodeSite site) {
        return live.flatMap(i -> i.text("tcp_port")).filter(p -> !p.equals("0")).orElse(Integer.toString(site.port()));
    }

    private static NodeSite site(ClusterSpec spec, Node node, Optional<NodeInfo> live, Map<String, String> config)
            throws NotAllowed {
        var kept = spec.sites().stream().filter(s -> s.at(node.address())).findFirst();
        if (kept.isPresent()) {
            return kept.get();
        }
        var host = node.host();
        var info = live.or(node::info);
        var binary = info.flatMap(i -> i.text("executable")).filter(s -> !s.isEmpty());
        if (host.isEmpty()) {
            throw new NotAllowed(Say.of("nodes.no-host", "node", node.address()), Say.of("nodes.no-host.next"));
        }
        if (binary.isEmpty() || config.get("dir") == null) {
            throw new NotAllowed(
                    Say.of("nodes.no-site", "node", node.address(), "host", host.get()), Say.of("nodes.no-site.next"));
        }
        return new NodeSite(
                node.address(),
                Optional.empty(),
                host.get(),
                new RemotePath(binary.get()),
                new RemotePath(info.flatMap(i -> i.text("config_file")).orElse("")),
                new RemotePath(config.get("dir")),
                Optional.ofNullable(config.get("logfile"))
                        .filter(l -> !l.isEmpty())
                        .map(l -> new RemotePath(l.startsWith("/") ? l : config.get("dir") + "/" + l)),
                Optional.empty(),
                Optional.empty(),
                false,
                live.or(node::info)
                        .flatMap(i -> i.text("tcp_port"))
                        .filter(p -> p.matches("[1-9]\\d{0,4}"))
                        .map(Integer::valueOf)
                        .orElse(node.address().port()));
    }

    /** What the running process told, kept for the day when it does not run. */
    private static NodeSite learn(NodeSite site, ProcessFacts process) {
        return process.found()
                ? new NodeSite(
                        site.address(),
                        site.local(),
                        site.host(),
                        new RemotePath(process.exe()),
                        site.conf(),
                        site.directory(),
                        site.log(),
                        Optional.of(process.user()),
                        process.unit().or(site::unit),
                        site.ours(),
                        site.port())
                : site;
    }

    public boolean answers() {
        return live.isPresent();
    }

    /** The latest INFO, of now or of before it went away. */
    public Optional<NodeInfo> lastInfo() {
        return live.or(node::info);
    }

    /** The port on which it listens. */
    public int port() {
        return Integer.parseInt(port(live.or(node::info), site));
    }

    /** Its data directory. */
    public String data() {
        return config.getOrDefault("dir", site.directory().value());
    }

    /** A setting as it is in force, else as its file says. */
    public String setting(String name, String otherwise) {
        return config.getOrDefault(name, answers() ? otherwise : file.value(name, otherwise));
    }

    /** What a start would load less of than there is or was, if it did. */
    java.util.List<Say> less(boolean graceful) {
        if (!confFound) {
            return java.util.List.of(Say.of("nodes.reload.no-conf", "path", site.conf()));
        }
        if (live.isEmpty()) {
            return Reload.lessWhenDown(node.info(), file, files);
        }
        return config.isEmpty()
                ? java.util.List.of(Say.of("nodes.reload.config-refused"))
                : Reload.less(live.get(), config, file, files, graceful);
    }
}
