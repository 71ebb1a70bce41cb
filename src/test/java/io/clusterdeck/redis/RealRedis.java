package io.clusterdeck.redis;

import io.clusterdeck.Tree;
import io.clusterdeck.redis.model.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real redis-server on loopback, in a folder of its own, as a child of the test. The 6.2 server of embedded-redis, or the one
 * named by {@code CLUSTERDECK_TEST_REDIS}.
 */
public final class RealRedis implements AutoCloseable {

    private final int port;
    private final Path dir;
    private final List<String> options;
    private @Nullable Process process;

    private RealRedis(int port, Path dir, List<String> options) {
        this.port = port;
        this.dir = dir;
        this.options = options;
    }

    /** Some empty servers in cluster mode; {@code options} as in redis.conf, one directive and its value after the other. */
    public static List<RealRedis> cluster(int count, String... options) throws IOException {
        var all = new ArrayList<String>(List.of("cluster-enabled", "yes", "cluster-config-file", "nodes.conf"));
        all.addAll(List.of(options));
        var servers = new ArrayList<RealRedis>();
        try {
            for (int i = 0; i < count; i++) {
                servers.add(one(all.toArray(String[]::new)));
            }
        } catch (IOException | RuntimeException e) {
            servers.forEach(RealRedis::close);
            throw e;
        }
        return servers;
    }

    /**
     * A whole cluster, every slot served, made by writing nodes.conf before the first start: as many masters first, then
     * {@code replicas} of each in turn. Its state is ok about 2 s later.
     */
    public static List<RealRedis> formed(int masters, int replicas, String... options) throws IOException {
        int count = masters * (1 + replicas);
        var all = new ArrayList<String>(List.of("cluster-enabled", "yes", "cluster-config-file", "nodes.conf"));
        all.addAll(List.of(options));
        var servers = new ArrayList<RealRedis>();
        for (int i = 0; i < count; i++) {
            servers.add(new RealRedis(Ports.block(1), Files.createTempDirectory("real-redis"), List.copyOf(all)));
        }
        var run = Long.toHexString(System.nanoTime());
        for (int me = 0; me < count; me++) {
            var conf = new StringBuilder();
            for (int i = 0; i < count; i++) {
                boolean master = i < masters;
                conf.append("%40s 127.0.0.1:%d@%d %s%s %s 0 0 %d connected"
                        .formatted(
                                (run + "0" + i),
                                servers.get(i).port,
                                servers.get(i).port + 10_000,
                                i == me ? "myself," : "",
                                master ? "master" : "slave",
                                master
                                        ? "-"
                                        : "%40s"
                                                .formatted(run + "0" + (i - masters) % masters)
                                                .replace(' ', 'a'),
                                master ? i + 1 : (i - masters) % masters + 1)
                        .replaceFirst("^ +", "a".repeat(40 - (run + "0" + i).length())));
                if (master) {
                    conf.append(" %d-%d".formatted(i * 16384 / masters, (i + 1) * 16384 / masters - 1));
                }
                conf.append('\n');
            }
            conf.append("vars currentEpoch %d lastVoteEpoch 0%n".formatted(masters));
            Files.writeString(servers.get(me).dir.resolve("nodes.conf"), conf);
        }
        try {
            for (var server : servers) {
                server.start();
            }
        } catch (IOException | RuntimeException e) {
            servers.forEach(RealRedis::close);
            throw e;
        }
        return servers;
    }

    /** Closes all. */
    public static AutoCloseable closing(List<RealRedis> servers) {
        return () -> servers.forEach(RealRedis::close);
    }

    public static RealRedis one(String... options) throws IOException {
        var server = new RealRedis(Ports.block(1), Files.createTempDirectory("real-redis"), List.of(options));
        server.start();
        return server;
    }

    /** Starts it, again after {@link #kill}; ends when it answers something. */
    public void start() throws IOException {
        var command = new ArrayList<String>(List.of(binary().toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--dir", dir.toString(), "--logfile", "redis.log", "--save", "", "--bind", "127.0.0.1"));
        for (int i = 0; i < options.size(); i += 2) {
            command.add("--" + options.get(i));
            // of these a value is several words
            boolean words = List.of("rename-command", "user").contains(options.get(i));
            command.addAll(words ? List.of(options.get(i + 1).split(" ")) : List.of(options.get(i + 1)));
        }
        process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("out").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !process.isAlive() || !inline("PING").isEmpty());
        if (!process.isAlive()) {
            throw new IOException("redis-server ended: " + Files.readString(dir.resolve("out")));
        }
    }

    public int port() {
        return port;
    }

    public Path dir() {
        return dir;
    }

    public long pid() {
        return process.pid();
    }

    public NodeAddress address() {
        return new NodeAddress("127.0.0.1", port);
    }

    public void kill() {
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGSTOP. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** One inline command on a connection of its own, and the first bytes of its reply; empty when it cannot be had. */
    public String inline(String command) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            var buffer = new byte[4096];
            int n = socket.getInputStream().read(buffer);
            return n < 0 ? "" : new String(buffer, 0, n, StandardCharsets.UTF_8).strip();
        } catch (IOException notYet) {
            return "";
        }
    }

    @Override
    public void close() {
        kill();
        Tree.below(dir).reversed().forEach(f -> f.toFile().delete());
        dir.toFile().delete();
    }

    private void signal(String name) throws IOException {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("kill -" + name + " ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The redis-server that is used. */
    public static synchronized Path binary() throws IOException {
        var named = System.getenv("CLUSTERDECK_TEST_REDIS");
        if (named != null) {
            return Path.of(named);
        }
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        var name = "redis-server-6.2.7-linux-" + arch;
        var file = Path.of(
                System.getProperty("java.io.tmpdir"), "clusterdeck-test-" + System.getProperty("user.name"), name);
        if (!Files.isExecutable(file)) {
            Files.createDirectories(file.getParent());
            var part = Files.createTempFile(file.getParent(), name, ".part");
            try (InputStream in = RealRedis.class.getResourceAsStream("/" + name)) {
                if (in == null) {
                    throw new IOException("not on the class path: " + name);
                }
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            part.toFile().setExecutable(true);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }
}
