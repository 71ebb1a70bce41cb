package io.clusterdeck.redis.build;

import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.nodes.Beside;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a host is and has, as {@code facts.sh} told it.
 *
 * @param libc such as {@code glibc 2.36}: programs run where this and the architecture are the same
 * @param writable whether the account may write the root, or where it is to be
 * @param there whether something lies at the root already, or in it
 * @param sudo root, free (without a password), password, or none
 * @param skew milliseconds by which its clock is ahead of this computer's, at least; negative where it is behind
 * @param root the cluster's folder, absolute
 * @param made what our marker in the root says, if there is one
 * @param holds files of a cluster that lie in the nodes' folders already
 * @param held where somebody listens on the nodes' ports: the port and an address each, {@code *} for all addresses
 * @param running every Redis server there, whoever it belongs to
 * @param ours ports of ours that run
 * @param release which release we installed, as {@link Builders#release} names it; empty where none is whole
 * @param cured what was set of the kernel, each as {@code WHAT BUILD}: by which building
 * @param alone whether no Redis server runs there but on these ports
 * @param tls false where the installed redis-server that was asked about was built without
 */
public record HostFacts(
        HostName host,
        String osName,
        String arch,
        String libc,
        int cores,
        long memoryMb,
        long diskMb,
        boolean writable,
        boolean there,
        String user,
        String home,
        String sudo,
        boolean systemd,
        Set<String> tools,
        long skew,
        int ephemeralFrom,
        int ephemeralTo,
        String reserved,
        OptionalLong overcommit,
        OptionalLong somaxconn,
        String hugePages,
        OptionalLong openFiles,
        Set<Integer> listening,
        List<String> held,
        List<Running> running,
        Optional<String> sshAddress,
        List<String> addresses,
        String root,
        Optional<Made> made,
        List<String> holds,
        Set<Integer> ours,
        String version,
        String release,
        List<String> cured,
        boolean alone,
        boolean tls) {

    /**
     * Our marker in a cluster's folder.
     *
     * @param byRoot whether root had to make the folder for the account
     */
    public record Made(String cluster, String build, boolean proven, boolean byRoot) {}

    /** A Redis server that runs. @param where its ports, {@code :6379 :16379}; its title where they are hidden from us */
    public record Running(String user, String where) {
        private static Running of(String fact) {
            int end = fact.indexOf('\n');
            var where = fact.substring(end + 1).strip();
            boolean ports = where.matches("\\d+( \\d+)*");
            return new Running(end < 0 ? "" : fact.substring(0, end), ports ? ":" + where.replace(" ", " :") : where);
        }

        boolean on(int port) {
            return (" " + where + " ").contains(":" + port + " ");
        }
    }

    /** Of a host whose facts were gathered; every host of a blueprint is one. */
    static HostFacts of(Map<HostName, HostFacts> facts, HostName host) {
        return Objects.requireNonNull(facts.get(host), host::value);
    }

    /**
     * @param exit of {@code facts.sh look}
     * @param asked when it was asked
     * @param answered when the answer came
     */
    public static HostFacts of(HostName host, Exit exit, Instant asked, Instant answered) {
        var ephemeral = exit.fact("ephemeral").orElse("").trim().split("\\s+");
        var build = exit.fact("made_build");
        return new HostFacts(
                host,
                exit.fact("os_name").orElse("?"),
                exit.fact("arch").orElse("?"),
                exit.fact("libc").orElse("?").trim(),
                (int) number(exit, "cores").orElse(1),
                number(exit, "mem_mb").orElse(0),
                number(exit, "disk_mb").orElse(Long.MAX_VALUE),
                exit.fact("writable").orElse("").equals("yes"),
                exit.fact("there").isPresent(),
                exit.fact("user").orElse("?"),
                exit.fact("home").orElse("/"),
                exit.fact("sudo").orElse("none"),
                exit.fact("systemd").orElse("").equals("yes"),
                Set.copyOf(exit.all("tool")),
                Machine.skew(number(exit, "clock_ms"), asked, answered),
                ephemeral.length == 2 ? Integer.parseInt(ephemeral[0]) : 32_768,
                ephemeral.length == 2 ? Integer.parseInt(ephemeral[1]) : 60_999,
                exit.fact("reserved").orElse("").trim(),
                number(exit, "overcommit"),
                number(exit, "somaxconn"),
                exit.fact("thp").orElse(""),
                number(exit, "nofile"),
                ports(exit, "listens"),
                exit.all("held"),
                exit.all("runs").stream().map(Running::of).toList(),
                exit.fact("ssh_address").filter(a -> !a.isBlank()),
                exit.all("address"),
                exit.fact("root").orElse("?"),
                build.map(b -> new Made(
                        exit.fact("made_cluster").orElse("?"),
                        b,
                        exit.fact("made_proven").isPresent(),
                        exit.fact("made_by").isPresent())),
                exit.all("holds"),
                ports(exit, "ours"),
                exit.fact("version").orElse(""),
                exit.fact("release").orElse("").trim(),
                exit.all("cured"),
                exit.all("neighbour").isEmpty(),
                !exit.fact("tls").orElse("").equals("no"));
    }

    /** Whether somebody listens on a port in such a way that a server can't listen on it at these addresses. */
    boolean taken(int port, List<String> binds) {
        var at = held.stream()
                .map(h -> h.split(" ", 2))
                .filter(h -> h[0].equals(String.valueOf(port)))
                .map(h -> h[1])
                .toList();
        return listening.contains(port) && !Beside.can(binds, at);
    }

    /** What was set of the kernel for the building that made the folder, by its names. */
    List<String> curedForIt() {
        var build = made.map(Made::build).orElse("");
        return cured.stream()
                .map(c -> c.split(" ", 2))
                .filter(c -> c[1].equals(build))
                .map(c -> c[0])
                .toList();
    }

    private static OptionalLong number(Exit exit, String key) {
        var text = exit.fact(key).orElse("").trim();
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static Set<Integer> ports(Exit exit, String key) {
        return exit.all(key).stream().map(Integer::parseInt).collect(Collectors.toCollection(HashSet::new));
    }

    /** Whether the folder must be made for the account, in a place where it may not write. Root then makes it, and takes it away again. */
    boolean wantsRoot() {
        return made.map(Made::byRoot).orElse(!writable && !there);
    }

    /** Whether root makes the folder, if the blueprint allows it. */
    boolean opened(boolean allowed) {
        return wantsRoot() && !isRoot() && mayBeRoot(allowed);
    }

    boolean isRoot() {
        return sudo.equals("root");
    }

    /** Whether root's rights can be had, if the blueprint allows them. */
    boolean mayBeRoot(boolean allowed) {
        return isRoot() || allowed && (sudo.equals("free") || sudo.equals("password"));
    }
}
