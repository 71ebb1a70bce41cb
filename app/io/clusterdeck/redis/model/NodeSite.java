package io.clusterdeck.redis.model;

import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import java.util.Optional;

/**
 * Where a node lives on its host, so that it can be started when it does not run.
 *
 * @param address as the cluster knows it
 * @param local the address on which the host itself reaches it (its bind), if another
 * @param binary the redis-server that runs it
 * @param conf its configuration file
 * @param directory its working directory (AOF, dump, nodes.conf)
 * @param log its log file; empty when it has none
 * @param user the account it runs as; empty when it is the one that signs in
 * @param unit its systemd unit, if it has one
 * @param ours whether Clusterdeck made it (journal), so that destroy may remove it
 * @param port on which it listens, which need not be the announced one
 * @param tls the files of its host with which TLS is spoken there; empty where it speaks without, or none are known
 * @param lastRun how its process was run; empty when nobody looked at it while it ran
 */
public record NodeSite(
        NodeAddress address,
        Optional<String> local,
        HostName host,
        RemotePath binary,
        RemotePath conf,
        RemotePath directory,
        Optional<RemotePath> log,
        Optional<String> user,
        Optional<String> unit,
        boolean ours,
        int port,
        Optional<Tls> tls,
        Optional<LastRun> lastRun) {

    /** Of a node that announces the port on which it listens; nothing more is known of it. */
    public static NodeSite of(
            NodeAddress address, HostName host, RemotePath binary, RemotePath conf, RemotePath directory) {
        Optional<String> none = Optional.empty();
        return new NodeSite(
                address,
                none,
                host,
                binary,
                conf,
                directory,
                Optional.empty(),
                none,
                none,
                false,
                address.port(),
                Optional.empty(),
                Optional.empty());
    }

    /** Reached from its own host under another address than the announced one. */
    public NodeSite reached(String local) {
        return new NodeSite(
                address, Optional.of(local), host, binary, conf, directory, log, user, unit, ours, port, tls, lastRun);
    }

    /** With another log, or none. */
    public NodeSite logging(Optional<RemotePath> file) {
        return new NodeSite(address, local, host, binary, conf, directory, file, user, unit, ours, port, tls, lastRun);
    }

    /** Run by that account; empty for the one that signs in. */
    public NodeSite runBy(Optional<String> account) {
        return new NodeSite(
                address, local, host, binary, conf, directory, log, account, unit, ours, port, tls, lastRun);
    }

    /** Started by that systemd unit, or by none. */
    public NodeSite startedBy(Optional<String> service) {
        return new NodeSite(
                address, local, host, binary, conf, directory, log, user, service, ours, port, tls, lastRun);
    }

    /** Made by Clusterdeck. */
    public NodeSite made() {
        return new NodeSite(address, local, host, binary, conf, directory, log, user, unit, true, port, tls, lastRun);
    }

    /** On another port than the announced one. */
    public NodeSite listening(int own) {
        return new NodeSite(address, local, host, binary, conf, directory, log, user, unit, ours, own, tls, lastRun);
    }

    /** Spoken to with these files of its host, or without TLS. */
    public NodeSite sealed(Optional<Tls> files) {
        return new NodeSite(address, local, host, binary, conf, directory, log, user, unit, ours, port, files, lastRun);
    }

    /** As a look at its running process tells. */
    public NodeSite ran(RemotePath program, String by, Optional<String> under, LastRun how) {
        return new NodeSite(
                address,
                local,
                host,
                program,
                conf,
                directory,
                log,
                Optional.of(by),
                under.or(() -> unit),
                ours,
                port,
                tls,
                Optional.of(how));
    }

    /** Whether what is known of its last run is still what the running node says of itself. */
    public boolean knows(Node node) {
        return lastRun.isPresent()
                && node.info().filter(i -> !lastRun.get().holds(i)).isEmpty();
    }

    /** Whether the cluster knows it under that address; the bus port may be told differently. */
    public boolean at(NodeAddress known) {
        return address.host().equals(known.host()) && address.port() == known.port();
    }
}
