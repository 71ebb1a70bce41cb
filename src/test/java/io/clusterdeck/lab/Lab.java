package io.clusterdeck.lab;

import io.clusterdeck.Fork;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Real hosts for tests: src/test/lab/lab, driven from Java. A lab is made on first use, shared by all tests of this JVM and
 * taken down when it ends; {@link #bare} gives a test hosts with nothing on them. Needs root, and says so by failing.
 */
public final class Lab {

    private static final Map<String, Lab> LABS = new HashMap<>();

    private final String name;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    /** Hosts that a test had as new and that nobody has wiped since. */
    private final Set<String> used = new HashSet<>();

    private int hosts;

    private Lab(String name) {
        this.name = name;
    }

    /** The lab of this JVM, with at least that many hosts up, in whatever state other tests left them. */
    public static Lab of(int hosts) {
        return named("test" + Fork.NUMBER, hosts);
    }

    /**
     * The lab of this JVM with its first hosts as new: disk, cables, clock. Addresses and host keys stay. On the others no test has left
     * anything, either: nodes that an earlier one made at these addresses would be called upon by what it left there.
     *
     * @param with {@code compiler} or {@code systemd} for all of them, {@code compiler=h1,h3} for some
     */
    public static Lab bare(int hosts, String... with) {
        var lab = of(hosts);
        var wanted = lab.hosts().subList(0, hosts);
        wanted.forEach(host -> lab.wipe(host, with));
        lab.used.stream().filter(host -> !wanted.contains(host)).forEach(lab::wipe);
        lab.used.clear();
        lab.used.addAll(wanted);
        return lab;
    }

    /** A second lab beside the usual one, with a bridge of its own. */
    public static Lab named(String name, int hosts) {
        synchronized (LABS) {
            var lab = LABS.get(name);
            if (lab == null) {
                lab = new Lab(name);
                lab.lab("down"); // what a killed JVM left
                Runtime.getRuntime().addShutdownHook(new Thread(lab::down, "lab-down-" + name));
                LABS.put(name, lab);
            }
            if (lab.hosts < hosts) {
                lab.lab("up", Integer.toString(hosts));
                lab.hosts = hosts;
            }
            return lab;
        }
    }

    /** Ends it now; used again, it is made anew. */
    public void down() {
        lab("down");
        hosts = 0;
        addresses.clear();
        used.clear();
    }

    /** h1, h2, … */
    public List<String> hosts() {
        return IntStream.rangeClosed(1, hosts).mapToObj(i -> "h" + i).toList();
    }

    public String address(String host) {
        return addresses.computeIfAbsent(host, h -> lab("addr", h));
    }

    /** How the program signs in to a host, with the usual key. */
    public HostSpec spec(String host, String user) {
        return new HostSpec(
                new HostName(host),
                address(host),
                22,
                user,
                List.of(key("id_ed25519").toString()),
                null,
                false);
    }

    /** This machine's address on the lab's bridge. */
    public String gate() {
        return address("gate");
    }

    /** @param kind id_ed25519, id_ecdsa, id_rsa, or these with _pass, which need the passphrase */
    public Path key(String kind) {
        return Path.of(lab("key", kind));
    }

    /** The password of every account but root's. */
    public String password() {
        return read(Path.of(lab("password")));
    }

    public String passphrase() {
        return read(Path.of(lab("passphrase")));
    }

    /** The keys of all hosts as they are now; written anew by {@link #rekey}. */
    public Path knownHosts() {
        return Path.of(lab("known-hosts"));
    }

    /** For OpenSSH's ssh -F: h1 … as root, by key. */
    public Path sshConfig() {
        return Path.of(lab("ssh-config"));
    }

    /** Runs a command as root in a host, without ssh; its output, or an error with all of it. */
    public String exec(String host, String... command) {
        return lab("exec", concat(List.of(host, "--"), command));
    }

    /** Likewise as one of the accounts of src/test/lab/README.md. */
    public String execAs(String user, String host, String... command) {
        return lab("exec", concat(List.of(host, "-u", user, "--"), command));
    }

    /** The host is gone at once and says goodbye to nobody. */
    public void crash(String host) {
        lab("crash", host);
    }

    public void boot(String host) {
        lab("boot", host);
    }

    /** A new disk, with what {@link #bare} names besides. */
    public void wipe(String host, String... with) {
        var arguments = new ArrayList<>(List.of(host));
        for (var wish : with) {
            arguments.addAll(List.of("--with", wish));
        }
        lab("wipe", arguments);
    }

    /** @param how in, out or both; {@code --port P}; {@code --to H2} */
    public void cut(String host, String... how) {
        lab("cut", concat(List.of(host), how));
    }

    /** From now on the host is reached only from the other one. */
    public void hide(String host, String behind) {
        lab("hide", host, "--behind", behind);
    }

    public void slow(String host, int delayMillis, int lossPercent) {
        lab("slow", host, "--delay", Integer.toString(delayMillis), "--loss", Integer.toString(lossPercent));
    }

    /** Undoes cut, hide and slow. */
    public void heal(String host) {
        lab("heal", host);
    }

    /** Lays a full disk over a folder. @param size and @param free as 10M */
    public void fill(String host, String dir, String size, String free) {
        lab("fill", host, dir, size, free);
    }

    public void unfill(String host, String dir) {
        lab("unfill", host, dir);
    }

    /** @param seconds 0 puts the clock right */
    public void skew(String host, int seconds) {
        lab("skew", host, Integer.toString(seconds));
    }

    /** A noexec file system over a folder, until the next boot. */
    public void noexec(String host, String dir) {
        lab("noexec", host, dir);
    }

    /** New host keys. */
    public void rekey(String host) {
        lab("rekey", host);
    }

    /** Offers a folder to the hosts over HTTP until the lab is down. */
    public URI serve(Path dir) {
        return URI.create(lab("serve", dir.toString()));
    }

    /** A release tarball of Redis that is there without the official download, with its SHA-256. */
    public static Tarball tarball() {
        var answer = LabScript.run("tarball", List.of()).split(" ");
        return new Tarball(Path.of(answer[0]), answer[1]);
    }

    public record Tarball(Path file, String sha256) {}

    /** A process of a host, as root sees it from outside: nothing in it can hide from this. */
    public record Seen(String host, long pid, List<String> argv, List<String> environment) {}

    /** Every process of every host that is up. */
    public List<Seen> processes() {
        var all = new ArrayList<Seen>();
        for (var host : hosts()) {
            lab("pids", host)
                    .lines()
                    .map(Long::parseLong)
                    .forEach(pid -> all.add(new Seen(host, pid, words(pid, "cmdline"), words(pid, "environ"))));
        }
        return all;
    }

    /** The processes that show a secret in their arguments or environment. */
    public List<Seen> showing(String secret) {
        return processes().stream()
                .filter(p -> String.join("\n", p.argv()).contains(secret)
                        || String.join("\n", p.environment()).contains(secret))
                .toList();
    }

    /** Runs a command in the pristine root, see src/test/lab/README.md; its output, or an error with all of it. */
    public static String pristine(String user, String... command) {
        return LabScript.run("lab", concat(List.of("pristine", "--user", user, "--"), command));
    }

    private static List<String> words(long pid, String file) {
        try {
            var bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), file));
            return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            return List.of(); // it ended meanwhile
        }
    }

    private String lab(String command, String... arguments) {
        return lab(command, List.of(arguments));
    }

    private String lab(String command, List<String> arguments) {
        return LabScript.run("lab", concat(List.of("--name", name, command), arguments.toArray(String[]::new)));
    }

    private static List<String> concat(List<String> first, String... rest) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
