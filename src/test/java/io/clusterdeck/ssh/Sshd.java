package io.clusterdeck.ssh;

import io.clusterdeck.redis.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A real OpenSSH server on loopback, as the present user, with its own keys; and this side's folder in place of ~/.ssh. */
public final class Sshd implements AutoCloseable {

    final Path folder;
    final Path home;
    public final int port;
    private final List<String> options;
    private Process process;

    /** Starts one, with more lines of sshd_config, such as "MaxSessions 2". */
    public Sshd(Path folder, String... options) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.home = Files.createDirectories(folder.resolve("dot-ssh"));
        this.options = Arrays.asList(options);
        this.port = Ports.block(1); // none that somebody's connection may take before it listens
        keygen(folder.resolve("host_key"), "ed25519", "");
        Files.writeString(folder.resolve("authorized_keys"), "");
        process = start();
    }

    private Process start() throws Exception {
        var lines = new ArrayList<>(options);
        lines.addAll(List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + folder.resolve("host_key"),
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "MaxStartups 100"));
        Files.write(folder.resolve("sshd_config"), lines);
        if (Files.isWritable(Path.of("/run"))) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        var started = new ProcessBuilder(
                        binary(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("sshd.log").toFile()))
                .start();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            if (!started.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("sshd.log")));
            }
            try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return probe.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
        return started;
    }

    private static String binary() {
        return List.of("/usr/sbin/sshd", "/usr/local/sbin/sshd").stream()
                .filter(p -> Files.isExecutable(Path.of(p)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("these tests need sshd: apt-get install openssh-server"));
    }

    static Path keygen(Path file, String type, String passphrase, String... more) throws Exception {
        var command = new ArrayList<>(
                List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file.toString(), "-C", "test"));
        command.addAll(List.of(more));
        sh(Map.of(), command.toArray(String[]::new));
        return file;
    }

    /** Runs a program to its end and returns what it prints; fails when it does. */
    static String sh(Map<String, String> environment, String... command) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var p = builder.start();
        p.getOutputStream().close();
        var out = new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (p.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + out);
        }
        return out;
    }

    /** A key of this side that the server accepts. */
    public Path allow(String name, String type, String passphrase, String... more) throws Exception {
        var key = keygen(home.resolve(name), type, passphrase, more);
        Files.writeString(
                folder.resolve("authorized_keys"),
                Files.readString(Path.of(key + ".pub")),
                java.nio.file.StandardOpenOption.APPEND);
        return key;
    }

    String fingerprint() throws Exception {
        return sh(Map.of(), "ssh-keygen", "-lf", folder.resolve("host_key.pub").toString())
                .split(" ")[1];
    }

    SshFiles files() {
        return new SshFiles(home, folder.resolve("etc-ssh"), null);
    }

    SshFiles files(Path agent) {
        return new SshFiles(home, folder.resolve("etc-ssh"), agent);
    }

    HostSpec spec() {
        return new HostSpec(new HostName("h1"), "127.0.0.1", port, null, List.of(), null, true);
    }

    /** The host as the program would use it, all its doors open. */
    public SshHost host(Asker asker) {
        return new SshHost(spec(), asker, files(), null);
    }

    /** The processes that serve connections; killing them is a cut cable for those. */
    List<ProcessHandle> connections() {
        return process.descendants()
                .filter(p -> p.info().command().orElse("").contains("sshd"))
                .toList();
    }

    void restart() throws Exception {
        stop();
        process = start();
    }

    void stop() {
        var all = connections();
        process.destroy();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    @Override
    public void close() {
        stop();
    }

    /** Trusts and answers, and remembers what it was asked. */
    public static final class Person implements Asker {
        public final List<String> asked = new CopyOnWriteArrayList<>();
        private final boolean trusts;
        private final List<String> answers;
        private int next;

        public Person(boolean trusts, String... answers) {
            this.trusts = trusts;
            this.answers = List.of(answers);
        }

        @Override
        public boolean trust(HostSpec host, String keyType, String fingerprint) {
            asked.add("trust " + host.name() + " " + keyType + " " + fingerprint);
            return trusts;
        }

        @Override
        public synchronized Optional<Secret> secret(Want want) {
            asked.add(want.kind() + " " + want.what() + (want.again() ? " again" : ""));
            return next < answers.size() ? Optional.of(Secret.of(answers.get(next++))) : Optional.empty();
        }
    }
}
