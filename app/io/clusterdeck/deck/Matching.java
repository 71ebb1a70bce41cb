package io.clusterdeck.deck;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.Machine.Server;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.Asking;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostName;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds which server process of a host is which node, also behind an address translation: each server that nobody has named yet is asked
 * through its host who it is (CLUSTER MYID), and whether it is that process (INFO process_id).
 *
 * @param ops of the cluster
 * @param links over other ways than the cluster's own, signed in alike; closed by who asked for them
 */
record Matching(Ops ops, Function<Ways, Links> links) {

    private static final Logger LOG = LoggerFactory.getLogger(Matching.class);

    /** How a server's title tells where it listens: {@code redis-server 10.0.0.1:9000 [cluster]}. */
    private static final Pattern LISTENS = Pattern.compile("\\s(\\S+):(\\d{1,5})(?:\\s|$)");

    private static final int BUS = 10_000;

    /** Looks at the servers of a host that are not known as nodes yet, until all nodes are known; first at those that say they are in a cluster. */
    void look(Machine machine) throws InterruptedException {
        var likely = machine.servers().stream()
                .sorted(Comparator.comparing(s -> !s.title().contains("[cluster]")))
                .toList();
        for (var server : likely) {
            if (nobodyLacks()) {
                return;
            }
            for (int port : server.ports()) {
                boolean bus = server.ports().contains(port - BUS);
                if (!bus && !known(machine.name(), port)) {
                    ask(machine.name(), server, port);
                }
            }
        }
    }

    private boolean nobodyLacks() {
        var sites = ops.spec().get().sites();
        return ops.now().get().nodes().values().stream()
                .allMatch(n -> sites.stream().anyMatch(s -> s.at(n.address())));
    }

    private boolean known(HostName host, int port) {
        return ops.spec().get().sites().stream().anyMatch(s -> s.host().equals(host) && s.port() == port);
    }

    private void ask(HostName host, Server server, int port) throws InterruptedException {
        var local = address(server, port);
        Ways through = to -> ops.ground().host(host).reach(InetSocketAddress.createUnresolved(local, port));
        try (var there = links.apply(through)) {
            var id = id(there, new NodeAddress(local, port), server);
            var node = id.flatMap(i -> ops.now().get().node(i));
            if (node.isPresent()) {
                var found = new Ops(
                        ops.spec(),
                        ops.now(),
                        there,
                        ops.ground(),
                        site -> ops.learn().accept(at(site, local)));
                Closeup.of(found, node.get().on(host));
            }
        } catch (Failure stranger) {
            LOG.debug("port {} of {} is no node of ours: {}", port, host, stranger.what());
        }
    }

    /** Who it is; nothing when the port belongs to another process than the one that was seen. */
    private static Optional<NodeId> id(Links there, NodeAddress at, Server server)
            throws Failure, InterruptedException {
        try (Link link = there.act(at)) {
            var pid = Asking.info(link).text("process_id").orElse("");
            return pid.equals(Long.toString(server.pid()))
                    ? Optional.of(new NodeId(link.call("CLUSTER", "MYID").text()))
                    : Optional.empty();
        }
    }

    /** Where the host itself reaches it: the address that its title tells, else loopback. */
    private static String address(Server server, int port) {
        var told = LISTENS.matcher(server.title());
        while (told.find()) {
            var address = told.group(1);
            if (Integer.parseInt(told.group(2)) == port && !address.equals("*") && !address.equals("0.0.0.0")) {
                return address;
            }
        }
        return "127.0.0.1";
    }

    /** A node that is announced under its host's own address is reached there from the host, too. */
    private NodeSite at(NodeSite site, String local) {
        var announced = site.address().host();
        boolean own = ops.spec().get().hosts().stream()
                .anyMatch(h -> h.name().equals(site.host()) && h.address().equals(announced));
        return own || announced.equals(local) ? site : site.reached(local);
    }
}
