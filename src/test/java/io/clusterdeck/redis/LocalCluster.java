package io.clusterdeck.redis;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

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

    private LocalCluster(Path home, Path binary, String password, List<Server> servers) {
        this.home = home;
        this.binary = binary;
        this.password = password;
        this.servers = List.copyOf(servers);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Masters first, then replicas: replica {@code i} of master {@code m} is server {@code masters + i * masters + m}; cluster_state is ok everywhere. */
    public static LocalCluster start(int masters, int replicas, String... directives) {
        return new Recipe(masters, replicas).directives(directives).start();
    }

    /** How a cluster is made; {@link #start} starts it. */
    public static final class Recipe {
        private final int masters;
        private final int replicas;
        private final List<String> directives = new ArrayList<>();
        private String version = RedisBinary.V6;
        private String password = "";
        private String folder = "";
        private boolean joined = true;

        public Recipe(int masters, int replicas) {
            this.masters = masters;
            this.replicas = replicas;
        }

        /** Lines for every redis.conf, after the usual ones. */
        public Recipe directives(String... lines) {
            directives.addAll(List.of(lines));
            return this;
        }

        /** {@link RedisBinary#V6} or {@link RedisBinary#V7}. */
        public Recipe version(String which) {
            version = which;
            return this;
        }

        public Recipe password(String text) {
            password = text;
            return this;
        }

        /** A name for the folder that holds the servers' folders, such as one with spaces. */
        public Recipe folder(String name) {
            folder = name;
            return this;
        }

        /** Cluster-enabled servers that know nobody, own no slot and are all masters. */
        public Recipe apart() {
            joined = false;
            return this;
        }

        public LocalCluster start() {
            try {
                return launch();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        private LocalCluster launch() throws IOException {
            var home = Files.createTempDirectory("clusterdeck-local-").toRealPath();
            var binary = RedisBinary.of(version, home);
            var top = folder.isEmpty() ? home : Files.createDirectories(home.resolve(folder));
            int count = masters * (1 + replicas);
            int base = freeBlock(count);
            var servers = new ArrayList<Server>();
            for (int i = 0; i < count; i++) {
                var master = !joined || i < masters
                        ? Optional.<NodeId>empty()
                        : Optional.of(servers.get(i % masters).id());
                servers.add(new Server(base + i, newId(), top.resolve(Integer.toString(base + i)), master));
            }
            for (int i = 0; i < count; i++) {
                var s = servers.get(i);
                Files.createDirectories(s.data());
                Files.writeString(s.conf(), conf(s));
                if (joined) {
                    Files.writeString(s.data().resolve("nodes.conf"), nodesConf(servers, i));
                }
            }
            var cluster = new LocalCluster(home, binary, password, servers);
            try {
                for (int i = 0; i < count; i++) {
                    cluster.start(i);
                }
                cluster.until("ready", () -> joined ? cluster.settled() : cluster.allAnswer());
            } catch (RuntimeException | Error failed) {
                cluster.close();
                throw failed;
            }
            return cluster;
        }

        private String conf(Server s) {
            var lines = new ArrayList<>(List.of(
                    "bind 127.0.0.1",
                    "port " + s.port(),
                    "daemonize yes",
                    "pidfile \"" + s.dir().resolve("redis.pid") + "\"",
                    "logfile \"" + s.log() + "\"",
                    "dir \"" + s.data() + "\"",
                    "cluster-enabled yes",
                    "cluster-config-file nodes.conf",
                    "cluster-node-timeout 2000",
                    "repl-diskless-sync-delay 0",
                    "appendonly yes"));
            if (!password.isEmpty()) {
                lines.add("requirepass \"" + escaped() + "\"");
                lines.add("masterauth \"" + escaped() + "\"");
            }
            lines.addAll(directives);
            return String.join("\n", lines) + "\n";
        }

        private String escaped() {
            return password.replace("\\", "\\\\").replace("\"", "\\\"");
        }

        private String nodesConf(List<Server> servers, int myself) {
            var text = new StringBuilder();
            for (int i = 0; i < servers.size(); i++) {
                var s = servers.get(i);
                text.append("%s 127.0.0.1:%d@%d %s%s %s 0 0 %d connected"
                        .formatted(
                                s.id(),
                                s.port(),
                                s.port() + 10_000,
                                i == myself ? "myself," : "",
                                s.master().isPresent() ? "slave" : "master",
                                s.master().map(NodeId::value).orElse("-"),
                                i % masters + 1));
                if (s.master().isEmpty()) {
                    text.append(" %d-%d".formatted(16_384 * i / masters, 16_384 * (i + 1) / masters - 1));
                }
                text.append('\n');
            }
            return text.append("vars currentEpoch ")
                    .append(masters)
                    .append(" lastVoteEpoch 0\n")
                    .toString();
        }
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
        return new NodeSite(
                s.address(),
                Optional.empty(),
                HOST,
                path(binary),
                path(s.conf()),
                path(s.data()),
                Optional.of(path(s.log())),
                Optional.empty(),
                Optional.empty(),
                true);
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
        signal(i, "KILL");
        until("dead", () -> !answers(i));
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
        for (int i = 0; i < servers.size(); i++) {
            if (!answers(i)) {
                return false;
            }
        }
        return true;
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

    /** Waits for a condition, generously; fails with the name of what did not come. */
    public void until(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not " + what + " in time: " + servers);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stop);
            }
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
        if (!Files.exists(home)) {
            return;
        }
        try (var files = Files.walk(home)) {
            for (var f : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(f);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private static NodeId newId() {
        var bytes = new byte[20];
        ThreadLocalRandom.current().nextBytes(bytes);
        return new NodeId(HexFormat.of().formatHex(bytes));
    }

    /** The first port of a run of {@code count} that are free, with their bus ports, below the ephemeral range. */
    public static int freeBlock(int count) {
        var random = new Random();
        for (int attempt = 0; attempt < 200; attempt++) {
            int base = 11_000 + random.nextInt(9_900 - count);
            if (free(base, count) && free(base + 10_000, count)) {
                return base;
            }
        }
        throw new AssertionError("no free block of " + count + " ports");
    }

    private static boolean free(int base, int count) {
        for (int i = 0; i < count; i++) {
            try (var s = new ServerSocket()) {
                s.setReuseAddress(true);
                s.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), base + i));
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    /** A minimal RESP2 connection: what a test needs to look behind the program's back. */
    public static final class Resp implements AutoCloseable {
        private final java.net.Socket socket;
        private final java.io.BufferedInputStream in;

        Resp(int port, String password) throws IOException {
            socket = new java.net.Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
            socket.setSoTimeout(5000);
            socket.setTcpNoDelay(true);
            in = new java.io.BufferedInputStream(socket.getInputStream());
            if (!password.isEmpty()) {
                call("AUTH", password);
            }
        }

        public String call(String... command) throws IOException {
            var out = new java.io.ByteArrayOutputStream();
            out.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (var word : command) {
                var bytes = word.getBytes(StandardCharsets.UTF_8);
                out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
                out.writeBytes(bytes);
                out.writeBytes(new byte[] {'\r', '\n'});
            }
            socket.getOutputStream().write(out.toByteArray());
            return reply();
        }

        private String reply() throws IOException {
            var line = line();
            return switch (line.charAt(0)) {
                case '+', ':' -> line.substring(1);
                case '$' -> {
                    int n = Integer.parseInt(line.substring(1));
                    if (n < 0) {
                        yield "";
                    }
                    var bytes = in.readNBytes(n);
                    in.skipNBytes(2);
                    yield new String(bytes, StandardCharsets.UTF_8);
                }
                case '*' -> {
                    var items = new ArrayList<String>();
                    for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
                        items.add(reply());
                    }
                    yield String.join("\n", items);
                }
                default -> line;
            };
        }

        private String line() throws IOException {
            var text = new java.io.ByteArrayOutputStream();
            for (int b = in.read(); b != '\r'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("closed");
                }
                text.write(b);
            }
            in.skipNBytes(1);
            return text.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
