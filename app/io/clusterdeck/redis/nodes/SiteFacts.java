package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.LastRun;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import java.util.Map;
import java.util.Optional;

/** Where a node lives, from what it and its host have told. Pure. */
final class SiteFacts {
    private SiteFacts() {}

    /** The port on which the process itself listens, which an announced one need not be. */
    static int port(Optional<NodeInfo> live, int otherwise) {
        return live.flatMap(i -> i.text("tcp_port"))
                .filter(p -> p.matches("[1-9]\\d{0,4}"))
                .map(Integer::valueOf)
                .orElse(otherwise);
    }

    static NodeSite site(
            Node node,
            HostName host,
            RemotePath conf,
            int port,
            Optional<NodeInfo> live,
            Map<String, String> config,
            ProcessFacts process)
            throws NotAllowed {
        var binary = Closeup.last(live, node)
                .text("executable")
                .filter(s -> !s.isEmpty())
                .orElse(process.server());
        var dir = config.getOrDefault("dir", process.cwd());
        if (binary.isEmpty() || dir.isEmpty()) {
            throw new NotAllowed(
                    Say.of("nodes.no-site", "node", node.address(), "host", host), Say.of("nodes.no-site.next"));
        }
        return NodeSite.of(node.address(), host, new RemotePath(binary), conf, new RemotePath(dir))
                .listening(port);
    }

    /** With the log that the server writes now. */
    static NodeSite logged(NodeSite site, Map<String, String> config) {
        var told = config.get("logfile");
        if (told == null || site.ours()) {
            return site;
        }
        var dir = config.getOrDefault("dir", site.directory().value());
        return site.logging(
                told.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RemotePath(told.startsWith("/") ? told : dir + "/" + told)));
    }

    /** With the files that it uses for TLS now; whoever comes needs a certificate, too, only where it wants one. */
    static NodeSite sealed(NodeSite site, Map<String, String> config, Directives file) {
        var ca = config.getOrDefault("tls-ca-cert-file", file.value("tls-ca-cert-file"));
        if (!ca.startsWith("/")) {
            return site;
        }
        boolean wanted = config.getOrDefault("tls-auth-clients", file.value("tls-auth-clients", "yes"))
                .equals("yes");
        var certificate = config.getOrDefault("tls-cert-file", file.value("tls-cert-file"));
        var key = config.getOrDefault("tls-key-file", file.value("tls-key-file"));
        return site.sealed(Optional.of(wanted ? new Tls(ca, certificate, key) : new Tls(ca, "", "")));
    }

    /** What the running process told, kept for the day when it does not run. */
    static NodeSite learn(NodeSite site, ProcessFacts process, Optional<NodeInfo> live, String start) {
        if (!process.found()) {
            return site;
        }
        var appends = live.flatMap(i -> i.text("aof_enabled"))
                .map("1"::equals)
                .or(() -> site.lastRun().flatMap(LastRun::appends));
        return site.ran(
                new RemotePath(process.server()),
                process.user(),
                process.unit(),
                new LastRun(start, process.nofile(), process.env().lines().toList(), appends));
    }
}
