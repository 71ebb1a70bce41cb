package io.clusterdeck.lab;

import io.clusterdeck.redis.RedisBinary;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.Progress;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Six nodes on three hosts as somebody made them by hand: with a password, without any log, in a path with spaces, by relative paths. */
final class HandMade implements AutoCloseable {

    static final String FOLDER = "/home/ops/my redis (old)";
    private static final List<Integer> PORTS = List.of(9000, 9001);

    /** First the masters, one on each host; then their replicas, each beside another's master: 0 ← 5, 1 ← 3, 2 ← 4. */
    final List<NodeAddress> nodes;

    private final String password;
    private final Links links;

    /** @param folder for what is copied to the hosts */
    HandMade(Lab lab, Path folder, Asker asker, String password) throws Exception {
        this.password = password;
        var server = RedisBinary.of(RedisBinary.V6, folder);
        var three = lab.hosts().subList(0, 3);
        try (var hosts = new Hosts(asker)) {
            for (var name : three) {
                hosts.know(List.of(lab.spec(name, "ops")));
                var host = hosts.host(lab.spec(name, "ops").name());
                PORTS.forEach(p -> lab.execAs("ops", name, "mkdir", "-p", FOLDER + "/" + p + "/date"));
                host.put(server, new RemotePath(FOLDER + "/redis-server"), Progress.NONE);
                lab.execAs("ops", name, "chmod", "+x", FOLDER + "/redis-server");
                for (var port : PORTS) {
                    var conf = Files.writeString(folder.resolve("redis.conf"), conf(port));
                    host.put(conf, new RemotePath(FOLDER + "/" + port + "/redis.conf"), Progress.NONE);
                    var start = "cd '" + FOLDER + "' && ./redis-server " + port + "/redis.conf";
                    lab.execAs("ops", name, "sh", "-c", start);
                }
            }
        }
        nodes = PORTS.stream()
                .flatMap(p -> three.stream().map(h -> new NodeAddress(lab.address(h), p)))
                .toList();
        links = new LettuceLinks(Ways.DIRECT, () -> new Login("", Optional.of(Secret.of(password))));
        join();
    }

    private String conf(int port) {
        return """
            port %d
            dir "%s/%d/date"
            requirepass "%s"
            masterauth "%s"
            daemonize yes
            appendonly yes
            cluster-enabled yes
            cluster-config-file nodes.conf
            cluster-node-timeout 3000
            """.formatted(port, FOLDER, port, password, password);
    }

    private void join() throws Exception {
        for (int i = 1; i < 6; i++) {
            var other = nodes.get(i);
            says(nodes.getFirst(), "CLUSTER", "MEET", other.host(), Integer.toString(other.port()));
        }
        for (int i = 0; i < 3; i++) {
            var slots = IntStream.range(SlotRange.SLOTS * i / 3, SlotRange.SLOTS * (i + 1) / 3)
                    .mapToObj(Integer::toString);
            says(
                    nodes.get(i),
                    Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray(String[]::new));
        }
        for (int i = 3; i < 6; i++) {
            var replica = nodes.get(i);
            var master = says(nodes.get((i + 1) % 3), "CLUSTER", "MYID");
            until(() -> says(replica, "CLUSTER", "NODES").contains(master));
            says(replica, "CLUSTER", "REPLICATE", master);
        }
        until(() -> nodes.stream().allMatch(n -> says(n, "CLUSTER", "INFO").contains("cluster_state:ok")));
        until(() -> nodes.subList(3, 6).stream()
                .allMatch(n -> says(n, "INFO", "replication").contains("master_link_status:up")));
    }

    /** What a node says itself, asked past the program. */
    String says(NodeAddress node, String... command) {
        try (var link = links.act(node)) {
            var reply = link.call(command);
            if (reply instanceof Reply.Refused) {
                throw new AssertionError(node + ": " + reply);
            }
            return reply.text();
        } catch (Failure | InterruptedException unheard) {
            throw new AssertionError(node.toString(), unheard);
        }
    }

    String role(NodeAddress node) {
        return says(node, "ROLE").lines().findFirst().orElseThrow();
    }

    /** Another one for each start of the process. */
    String runId(NodeAddress node) {
        return says(node, "INFO", "server")
                .lines()
                .filter(l -> l.startsWith("run_id:"))
                .findFirst()
                .orElseThrow();
    }

    /** A key that the first master holds at first. */
    String key() {
        return IntStream.range(0, 100)
                .mapToObj(i -> "key " + i)
                .filter(k -> Integer.parseInt(says(nodes.getFirst(), "CLUSTER", "KEYSLOT", k)) < SlotRange.SLOTS / 3)
                .findFirst()
                .orElseThrow();
    }

    static void until(Callable<Boolean> so) {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(so);
    }

    @Override
    public void close() {
        links.close();
    }
}
