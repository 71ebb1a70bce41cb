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
        Optional<Tls> tls) {

    public NodeSite(
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
            int port) {
        this(address, local, host, binary, conf, directory, log, user, unit, ours, port, Optional.empty());
    }

    /** Of a node that announces the port on which it listens. */
    public NodeSite(
            NodeAddress address,
            Optional<String> local,
            HostName host,
            RemotePath binary,
            RemotePath conf,
            RemotePath directory,
            Optional<RemotePath> log,
            Optional<String> user,
            Optional<String> unit,
            boolean ours) {
        this(address, local, host, binary, conf, directory, log, user, unit, ours, address.port());
    }

    /** Reached from its own host under another address than the announced one. */
    public NodeSite reached(String local) {
        return new NodeSite(
                address, Optional.of(local), host, binary, conf, directory, log, user, unit, ours, port, tls);
    }

    /** With another log, or none. */
    public NodeSite logging(Optional<RemotePath> file) {
        return new NodeSite(address, local, host, binary, conf, directory, file, user, unit, ours, port, tls);
    }

    /** Spoken to with these files of its host, or without TLS. */
    public NodeSite sealed(Optional<Tls> files) {
        return new NodeSite(address, local, host, binary, conf, directory, log, user, unit, ours, port, files);
    }

    /** Whether the cluster knows it under that address; the bus port may be told differently. */
    public boolean at(NodeAddress known) {
        return address.host().equals(known.host()) && address.port() == known.port();
    }
}
