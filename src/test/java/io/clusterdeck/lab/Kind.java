package io.clusterdeck.lab;

import io.clusterdeck.redis.RedisBinary;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Renames;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.Progress;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Secret;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Six nodes on one lab host, made without the program in one of the ways in which people make them. Asked past the program, over SSH to
 * that host.
 */
final class Kind implements AutoCloseable {

    /** First the masters, then their replicas in the same order; as the cluster announces them. */
    final List<NodeAddress> nodes;

    private final String host;
    private final List<Integer> ports;
    private final Hosts hosts;
    private final Links links;
    private final Renames renames = new Renames();

    /**
     * @param first of six ports in a row
     * @param announced the first of six announced ports
     * @param at the announced address
     * @param password empty for none
     */
    Kind(Lab lab, String host, Asker asker, int first, String at, int announced, String password) throws Failure {
        this.host = host;
        ports = IntStream.range(first, first + 6).boxed().toList();
        nodes = IntStream.range(0, 6)
                .mapToObj(i -> new NodeAddress(at, announced + i, first + i + 10_000))
                .toList();
        hosts = new Hosts(asker);
        hosts.know(List.of(lab.spec(host, "root")));
        var name = lab.spec(host, "root").name();
        links = new LettuceLinks(
                to -> hosts.host(name)
                        .reach(InetSocketAddress.createUnresolved("127.0.0.1", first + to.port() - announced)),
                () -> password.isEmpty() ? Login.NONE : new Login("", Optional.of(Secret.of(password))),
                Optional::empty,
                renames);
    }

    void renamed(String command, String word) {
        renames.everywhere(command, Secret.of(word));
    }

    int port(int i) {
        return ports.get(i);
    }

    /** A file of root's on the host. */
    static void put(Lab lab, String host, String text, String path) {
        lab.exec(host, "sh", "-c", "mkdir -p \"$(dirname \"$1\")\" && printf '%s' \"$2\" >\"$1\"", "sh", path, text);
    }

    /** The server and redis-check-aof's lack thereof: the program alone, as in a hand-made installation. */
    static void server(Lab lab, Asker asker, String host, Path folder, String... to) throws Exception {
        var server = RedisBinary.of(RedisBinary.V6, Files.createDirectories(folder));
        try (var hosts = new Hosts(asker)) {
            hosts.know(List.of(lab.spec(host, "root")));
            var there = hosts.host(lab.spec(host, "root").name());
            there.put(server, new RemotePath(to[0]), Progress.NONE);
        }
        lab.exec(host, "chmod", "755", to[0]);
        for (int i = 1; i < to.length; i++) {
            lab.exec(host, "sh", "-c", "mkdir -p \"$(dirname \"$2\")\" && cp -p \"$1\" \"$2\"", "sh", to[0], to[i]);
        }
    }

    /** What redis-cli --cluster create does, one command after another. */
    void create() {
        HandMade.until(() -> IntStream.range(0, 6).allMatch(i -> says(i, "PING").equals("PONG")));
        var ids = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            ids.add(says(i, "CLUSTER", "MYID"));
            says(i, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (int i = 0; i < 3; i++) {
            var slots = IntStream.range(SlotRange.SLOTS * i / 3, SlotRange.SLOTS * (i + 1) / 3)
                    .mapToObj(Integer::toString);
            says(i, Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray(String[]::new));
        }
        for (int i = 1; i < 6; i++) {
            var a = nodes.get(i);
            says(0, "CLUSTER", "MEET", a.host(), Integer.toString(a.port()), Integer.toString(a.busPort()));
        }
        for (int i = 3; i < 6; i++) {
            var replica = i;
            HandMade.until(() -> says(replica, "CLUSTER", "NODES").contains(ids.get(replica - 3)));
            says(i, "CLUSTER", "REPLICATE", ids.get(i - 3));
        }
        HandMade.until(() ->
                IntStream.range(0, 6).allMatch(i -> says(i, "CLUSTER", "INFO").contains("cluster_state:ok")));
        HandMade.until(() -> IntStream.range(3, 6)
                .allMatch(i -> says(i, "INFO", "replication").contains("master_link_status:up")));
    }

    String says(int i, String... command) {
        try (var link = links.act(nodes.get(i))) {
            var reply = link.call(command);
            if (reply instanceof Reply.Refused) {
                throw new AssertionError(nodes.get(i) + ": " + reply);
            }
            return reply.text();
        } catch (Failure | InterruptedException unheard) {
            throw new AssertionError(nodes.get(i).toString(), unheard);
        }
    }

    /** Another one for each start of the process. */
    String run(int i) {
        return says(i, "INFO", "server")
                .lines()
                .filter(l -> l.startsWith("run_id:"))
                .findFirst()
                .orElseThrow();
    }

    boolean master(int i) {
        return says(i, "ROLE").startsWith("master");
    }

    String host() {
        return host;
    }

    @Override
    public void close() {
        links.close();
        hosts.close();
    }
}
