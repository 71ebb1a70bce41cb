package io.clusterdeck.redis;

import io.clusterdeck.redis.model.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** How a {@link LocalCluster} is made; {@link #start} starts it. */
public final class LocalRecipe {
    private final int masters;
    private final int replicas;
    private final List<String> directives = new ArrayList<>();
    private String version = RedisBinary.V6;
    private String password = "";
    private String folder = "";
    private boolean joined = true;

    public LocalRecipe(int masters, int replicas) {
        this.masters = masters;
        this.replicas = replicas;
    }

    /** Lines for every redis.conf, after the usual ones. */
    public LocalRecipe directives(String... lines) {
        directives.addAll(List.of(lines));
        return this;
    }

    /** {@link RedisBinary#V6} or {@link RedisBinary#V7}. */
    public LocalRecipe version(String which) {
        version = which;
        return this;
    }

    public LocalRecipe password(String text) {
        password = text;
        return this;
    }

    /** A name for the folder that holds the servers' folders, such as one with spaces. */
    public LocalRecipe folder(String name) {
        folder = name;
        return this;
    }

    /** Cluster-enabled servers that know nobody, own no slot and are all masters. */
    public LocalRecipe apart() {
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
        int base = Ports.block(count);
        var servers = new ArrayList<LocalCluster.Server>();
        for (int i = 0; i < count; i++) {
            var master = !joined || i < masters
                    ? Optional.<NodeId>empty()
                    : Optional.of(servers.get(i % masters).id());
            servers.add(new LocalCluster.Server(base + i, newId(), top.resolve(Integer.toString(base + i)), master));
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

    private String conf(LocalCluster.Server s) {
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

    private String nodesConf(List<LocalCluster.Server> servers, int myself) {
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

    private static NodeId newId() {
        var bytes = new byte[20];
        ThreadLocalRandom.current().nextBytes(bytes);
        return new NodeId(HexFormat.of().formatHex(bytes));
    }
}
