package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Secret;
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
 * @param config CONFIG GET of this moment; as the file says where the command is switched off; empty when it does not answer or refuses us
 * @param file what its configuration file says, with all that it includes
 * @param start the folder from which a start means what the last one meant
 * @param missing files that it includes and that are not there: it would not start
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
        String start,
        java.util.List<RemotePath> missing,
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
        var kept = ops.spec().get().sites().stream()
                .filter(s -> s.at(node.address()))
                .findFirst();
        var host = kept.map(NodeSite::host)
                .or(node::host)
                .orElseThrow(() ->
                        new NotAllowed(Say.of("nodes.no-host", "node", node.address()), Say.of("nodes.no-host.next")));
        var seen = live;
        var conf = kept.map(NodeSite::conf)
                .orElseGet(() ->
                        new RemotePath(last(seen, node).text("config_file").orElse("")));
        int port = SiteFacts.port(
                live, kept.map(NodeSite::port).orElse(node.address().port()));
        // an old pid may be somebody else's by now: a node that does not answer is looked for by its port and its
        // folder
        var pid = live.flatMap(i -> i.text("process_id"));
        var was = node.info().flatMap(i -> i.text("process_id"));
        var process = process(
                ops,
                kept.isEmpty(),
                node,
                host,
                Script.of("process", "facts")
                        .with("pid", pid.orElse(""))
                        .with("port", port)
                        .with("dir", kept.map(k -> k.directory().value()).orElse(""))
                        .with(
                                "heard",
                                node.info().flatMap(i -> i.text("config:dir")).orElse(""))
                        .with("was", was.orElse(""))
                        .with("cwd", "")
                        .with("conf", conf)
                        .with("start", "")
                        .with("exe", "")
                        .with("log", "")
                        .with("unit", "")
                        .with("signal", "")
                        .with("pause", ""));
        var file = Directives.of(process.exit().fact("directives").orElse(""));
        var facts = ProcessFacts.of(process.exit(), process.asRoot(), kept.flatMap(NodeSite::user));
        var files = Optional.<ConfFiles>empty();
        if (file.includes()) {
            var dir =
                    facts.cwd().isEmpty() ? kept.map(k -> k.directory().value()).orElse("/") : facts.cwd();
            var where = NodeSite.of(node.address(), host, conf, conf, new RemotePath(dir))
                    .startedBy(facts.unit().or(() -> kept.flatMap(NodeSite::unit)));
            files = Optional.of(
                    ConfFiles.read(ops.ground(), where, last(live, node).version()));
            file = files.get().directives();
        }
        file.renamed().forEach((command, word) -> ops.links().rename(node.address(), command, Secret.of(word)));
        if (live.isPresent() && config.isEmpty()) {
            config = unheard(ops, node, live.get(), file, facts);
        }
        var site = kept.isPresent() ? kept.get() : SiteFacts.site(node, host, conf, port, live, config, facts);
        var asked = Instant.now();
        var data = run(
                ops.ground(),
                host,
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
        var start =
                start(files, file, config.getOrDefault("dir", site.directory().value()));
        var learned =
                SiteFacts.learn(SiteFacts.sealed(SiteFacts.logged(site, config), config, file), facts, live, start);
        ops.learn().accept(learned);
        return new Closeup(
                node,
                learned,
                live,
                config,
                facts,
                file,
                start,
                files.map(ConfFiles::missing).orElse(java.util.List.of()),
                process.fact("conf", "found"),
                FileFacts.of(data.exit(), asked),
                data.asRoot());
    }

    private static String start(Optional<ConfFiles> files, Directives file, String data) {
        return files.map(ConfFiles::start)
                .orElseGet(() -> Reload.startDirectory(file, data).orElse(data));
    }

    static NodeInfo last(Optional<NodeInfo> live, Node node) {
        return live.or(node::info).orElseGet(() -> new NodeInfo(Instant.EPOCH, Map.of(), Map.of()));
    }

    /** What CONFIG GET would tell: by the word that the file names, or, where it is switched off for everyone, as the file says. */
    private static Map<String, String> unheard(Ops ops, Node node, NodeInfo live, Directives file, ProcessFacts facts)
            throws Failure, InterruptedException {
        var word = file.renamed("CONFIG");
        if (word.isEmpty()) {
            return Map.of();
        }
        if (!word.get().isEmpty()) {
            try (Link link = ops.links().act(node.address())) {
                return Asking.config(link);
            }
        }
        var told = file.told(live.version());
        live.text("aof_enabled").ifPresent(on -> told.put("appendonly", on.equals("1") ? "yes" : "no"));
        if (!facts.cwd().isEmpty()) {
            told.put("dir", facts.cwd()); // a server goes to its folder when it starts
        }
        return Map.copyOf(told);
    }

    private static Told process(Ops ops, boolean guess, Node node, HostName host, Script script)
            throws Failure, InterruptedException {
        try {
            return run(
                    ops.ground(), host, script, told -> told.fact("process", "hidden") || told.fact("conf", "denied"));
        } catch (Unreachable | SignInRefused | HostKeyChanged away) {
            throw guess ? guessed(node, host, away) : away;
        }
    }

    /** A host that is only thought of, by the address of the node, and can't be reached or signed in to, may be none of ours. */
    public static NotAllowed guessed(Node node, HostName host, Failure away) {
        return new NotAllowed(
                Say.of("nodes.host-guessed", "node", node.address(), "host", host, "why", away.what()),
                Say.of("nodes.host-guessed.next", "host", host),
                away);
    }

    /** What a script told, and whether it could only as root. */
    private record Told(Exit exit, boolean asRoot) {
        boolean fact(String key, String value) {
            return exit.fact(key).filter(value::equals).isPresent();
        }
    }

    /** Without rights first; as root only where that does not suffice. */
    private static Told run(Ground ground, HostName on, Script script, Predicate<Told> denied)
            throws Failure, InterruptedException {
        var host = ground.host(on);
        var told = new Told(host.run(script, line -> {}), false);
        return denied.test(told) ? new Told(host.run(script.asRoot(), line -> {}), true) : told;
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
        return SiteFacts.port(live.or(node::info), site.port());
    }

    /** Its data directory. */
    public String data() {
        return config.getOrDefault("dir", site.directory().value());
    }

    /** A setting as it is in force, else as its file says. */
    public String setting(String name, String otherwise) {
        return config.getOrDefault(name, answers() ? otherwise : file.value(name, otherwise));
    }

    /** What an orderly end takes, and who would cut it off. */
    Say saves() {
        if (process.stopLimit().isEmpty()) {
            return Say.of("nodes.impact.saves");
        }
        var unit = process.unit().orElse("");
        var limit = process.stopLimit().get();
        var took = lastInfo()
                .map(i -> i.number("rdb_last_bgsave_time_sec").orElse(-1))
                .orElse(-1L);
        return took < 0
                ? Say.of("nodes.impact.saves-limited", "unit", unit, "limit", limit)
                : Say.of("nodes.impact.saves-limited-took", "unit", unit, "limit", limit, "took", took * 1000);
    }

    /** What a start would load less of than there is or was, if it did. */
    public java.util.List<Say> less(boolean graceful) {
        if (!confFound) {
            return java.util.List.of(Say.of("nodes.reload.no-conf", "path", site.conf()));
        }
        if (live.isEmpty()) {
            return Reload.lessWhenDown(node.info(), file, files);
        }
        return config.isEmpty()
                ? java.util.List.of(Say.of("nodes.reload.config-refused"))
                : Reload.less(live.get(), config, file, files, graceful, process.stopLimit());
    }
}
