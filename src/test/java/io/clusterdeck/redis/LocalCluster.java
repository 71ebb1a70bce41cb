package io.clusterdeck.redis;

import io.clusterdeck.Tree;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Real redis-servers on free ports of loopback, each in its folder of a temporary one, joined by nodes.conf files that were written before
 * the first start. Servers are daemons, as in production; whatever runs in the temporary folder when it is closed (also what a test
 * started there) is ended, and the folder removed; a shutdown hook does it where a test forgot.
 */
public final class LocalCluster implements AutoCloseable {
    public static final HostName HOST = new HostName("here");

    /** One server; {@code master} is empty for masters. The role is the one of the beginning. */
    public record Server(int port, NodeId id, Path dir, Optional<NodeId> master) {
        public NodeAddress address() {
            return new NodeAddress("127.0.0.1", port);
        }

        public Path conf() {
            return dir.resolve("redis.conf");
        }

        public Path data() {
            return dir.resolve("data");
        }

        public Path log() {
            return dir.resolve("redis.log");
        }
    }

    private final Path home;
    private final Path binary;
    private final String password;
    private final List<Server> servers;
    private final Thread hook = new Thread(this::remove, "local-cluster-hook");

    LocalCluster(Path home, Path binary, String password, List<Server> servers) {
        this.home = home;
        this.binary = binary;
        this.password = password;
        this.servers = List.copyOf(servers);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Masters first, then replicas: replica {@code i} of master {@code m} is server {@code masters + i * masters + m}; cluster_state is ok everywhere. */
    public static LocalCluster start(int masters, int replicas, String... directives) {
        return new LocalRecipe(masters, replicas).directives(directives).start();
    }

    public List<Server> servers() {
        return servers;
    }

    public Server server(int i) {
        return servers.get(i);
    }

    public Path binary() {
        return binary;
    }

    public Path home() {
        return home;
    }

    /** What Clusterdeck would keep of it: every node's site on this computer. */
    public ClusterSpec spec() {
        var here = new HostSpec(HOST, "local", 0, null, List.of(), null, false);
        return new ClusterSpec(
                "local",
                false,
                false,
                List.of(here),
                List.of(servers.getFirst().address()),
                ClusterSpec.Access.DIRECT,
                "",
                servers.stream().map(this::site).toList());
    }

    public NodeSite site(Server s) {
        return NodeSite.of(s.address(), HOST, path(binary), path(s.conf()), path(s.data()))
                .logging(Optional.of(path(s.log())))
                .made();
    }

    private static RemotePath path(Path p) {
        return new RemotePath(p.toString());
    }

    /** Starts a server, as a shell would; does not wait until it answers. */
    public void start(int i) {
        var s = servers.get(i);
        try {
            var p = new ProcessBuilder(binary.toString(), s.conf().toString())
                    .directory(s.dir().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (p.waitFor() != 0) {
                throw new AssertionError("server " + s.port() + " did not start: " + Files.readString(s.log()));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    /** Its process id as INFO tells. */
    public long pid(int i) {
        return Long.parseLong(info(i, "process_id"));
    }

    /** kill -9, behind everyone's back; returns when the process is gone. */
    public void kill(int i) {
        long pid = pid(i);
        signal(pid, "KILL");
        until("dead", () -> ProcessState.ended(pid) && !answers(i));
    }

    /** Sends a signal by its name. */
    public void signal(int i, String name) {
        signal(pid(i), name);
    }

    public static void signal(long pid, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** One command on a connection of its own; error replies come as text that begins with {@code -}. */
    public String call(int i, String... command) {
        try (var c = new Resp(servers.get(i).port(), password)) {
            return c.call(command);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A connection for many commands. */
    public Resp open(int i) throws IOException {
        return new Resp(servers.get(i).port(), password);
    }

    public boolean answers(int i) {
        try {
            return call(i, "PING").equals("PONG");
        } catch (UncheckedIOException down) {
            return false;
        }
    }

    /** A field of INFO everything; empty when it is not there. */
    public String info(int i, String field) {
        return call(i, "INFO", "everything")
                .lines()
                .filter(l -> l.startsWith(field + ":"))
                .map(l -> l.substring(field.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    /** Writes {@code count} keys {@code key:0} … through whichever master owns each. */
    public void fill(int count) {
        var open = new Resp[servers.size()];
        try {
            for (int k = 0; k < count; k++) {
                int at = 0;
                for (int hop = 0; hop < 5; hop++) {
                    if (open[at] == null) {
                        open[at] = open(at);
                    }
                    var reply = open[at].call("SET", "key:" + k, "value of " + k);
                    if (reply.equals("OK")) {
                        break;
                    }
                    if (!reply.startsWith("-MOVED ")) {
                        throw new AssertionError(reply);
                    }
                    int port = Integer.parseInt(reply.substring(reply.lastIndexOf(':') + 1));
                    at = port - servers.getFirst().port();
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            for (var c : open) {
                if (c != null) {
                    c.close();
                }
            }
        }
    }

    public boolean allAnswer() {
        return java.util.stream.IntStream.range(0, servers.size()).allMatch(this::answers);
    }

    /** Whether every server that answers says cluster_state:ok, has its bus links up and, as a replica, its master's link. */
    public boolean settled() {
        try {
            for (int i = 0; i < servers.size(); i++) {
                if (!call(i, "CLUSTER", "INFO").contains("cluster_state:ok")
                        || call(i, "CLUSTER", "NODES").contains("disconnected")
                        || call(i, "INFO", "replication").contains("master_link_status:down")) {
                    return false;
                }
            }
            return true;
        } catch (UncheckedIOException down) {
            return false;
        }
    }

    /** Waits for a condition, generously: a server that has no time to answer is asked again. Fails with what did not come, and the logs. */
    public void until(String what, BooleanSupplier condition) {
        try {
            Awaitility.await(what)
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreException(UncheckedIOException.class)
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(what + " did not come\n" + ServerLogs.ends(this, 4), never);
        }
    }

    /** The processes whose program is this cluster's binary: what it started itself and what tests started with it. */
    public List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(p -> exe(p.pid()).map(e -> e.startsWith(home)).orElse(false))
                .toList();
    }

    private static Optional<Path> exe(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            return; // the hook runs already and does the same
        }
    }

    private synchronized void remove() {
        for (var p : processes()) {
            p.destroyForcibly();
        }
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!processes().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        try {
            for (var f : Tree.below(home).reversed()) {
                Files.deleteIfExists(f);
            }
            Files.deleteIfExists(home);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
