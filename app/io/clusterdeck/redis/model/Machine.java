package io.clusterdeck.redis.model;

import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a host fares, as {@code host.sh} told it. Sizes in bytes.
 *
 * @param at when its answer came
 * @param skew milliseconds by which its clock is ahead of this computer's for sure: 0 where it may well be right
 * @param zone in which its processes write their logs
 * @param load of 1, 5 and 15 minutes, as it stands in /proc/loadavg
 * @param uptime seconds
 * @param root whether we sign in there as root
 * @param forbidsForwarding whether each way through it is a program that runs there, as its sshd forbids forwarding
 * @param hugePages such as {@code always [madvise] never}
 * @param servers every Redis server that runs there, whoever it belongs to
 */
public record Machine(
        HostName name,
        Instant at,
        String system,
        String kernel,
        String arch,
        int cores,
        String load,
        long uptime,
        long skew,
        ZoneId zone,
        long memory,
        long memoryFree,
        long swap,
        long swapFree,
        boolean root,
        boolean forbidsForwarding,
        boolean systemd,
        OptionalLong overcommit,
        OptionalLong somaxconn,
        String hugePages,
        List<FileSystem> disks,
        List<Server> servers) {

    /** A mounted file system of interest. */
    public record FileSystem(String mount, long total, long free) {}

    /**
     * A running server.
     *
     * @param program its executable; empty where it is hidden from us
     * @param ports on which it listens; from its title where its sockets are hidden from us
     * @param unit the systemd unit whose main process it is
     * @param enabled what systemctl is-enabled says of the unit; empty without one
     * @param memory resident, in bytes
     * @param openFiles its limit
     * @param version as its program tells; empty where that is not to be run by us: another account may change it
     * @param title as ps shows it
     */
    public record Server(
            long pid,
            String user,
            String program,
            String directory,
            List<Integer> ports,
            Optional<String> unit,
            String enabled,
            long memory,
            OptionalLong openFiles,
            String version,
            String title) {

        /** Whether it comes back by itself when the host starts again. */
        public boolean survivesReboot() {
            return unit.isPresent() && enabled.startsWith("enabled");
        }

        public boolean serves(int port) {
            return ports.contains(port);
        }
    }

    public Machine {
        disks = List.copyOf(disks);
        servers = List.copyOf(servers);
    }

    /** Whether each fork copies whole huge pages: slow forks and much memory (redis.io, latency). */
    public boolean hugePagesAlways() {
        return hugePages.contains("[always]");
    }

    /** @param exit of {@code host.sh look} @param asked when it was asked @param at when the answer came */
    public static Machine of(Host host, Exit exit, Instant asked, Instant at) {
        return new Machine(
                host.name(),
                at,
                text(exit, "os_name"),
                text(exit, "kernel"),
                text(exit, "arch"),
                (int) number(text(exit, "cores")).orElse(1),
                text(exit, "load"),
                number(text(exit, "uptime")).orElse(0),
                skew(number(text(exit, "clock_ms")), asked, at),
                HostZone.of(exit).orElse(ZoneOffset.UTC),
                number(text(exit, "mem_total")).orElse(0),
                number(text(exit, "mem_free")).orElse(0),
                number(text(exit, "swap_total")).orElse(0),
                number(text(exit, "swap_free")).orElse(0),
                text(exit, "root").equals("yes"),
                host.forbidsForwarding(),
                text(exit, "systemd").equals("yes"),
                number(text(exit, "overcommit")),
                number(text(exit, "somaxconn")),
                text(exit, "thp"),
                exit.all("disk").stream().flatMap(d -> disk(d).stream()).toList(),
                exit.all("server").stream().flatMap(s -> server(s).stream()).toList());
    }

    /**
     * A host that is slow to answer read its clock somewhen between question and answer; what lies between them is no skew.
     *
     * @param told milliseconds since 1970 by its clock
     * @return as {@link #skew}
     */
    public static long skew(OptionalLong told, Instant asked, Instant at) {
        return told.stream()
                .map(t -> t - Math.clamp(t, asked.toEpochMilli(), at.toEpochMilli()))
                .findFirst()
                .orElse(0);
    }

    private static Optional<FileSystem> disk(String fact) {
        var words = fact.split(" ", 3);
        var total = number(words[0]);
        return words.length == 3 && total.isPresent()
                ? Optional.of(new FileSystem(
                        words[2], total.getAsLong(), number(words[1]).orElse(0)))
                : Optional.empty();
    }

    private static Optional<Server> server(String fact) {
        var lines = fact.split("\n", 11);
        if (lines.length < 11 || number(lines[0]).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Server(
                number(lines[0]).getAsLong(),
                lines[1],
                lines[2],
                lines[3],
                ports(lines[4], lines[10]),
                Optional.of(lines[5]).filter(u -> !u.isEmpty()),
                lines[6],
                number(lines[7]).orElse(0),
                number(lines[8]),
                lines[9].strip(),
                lines[10].strip()));
    }

    /** A server writes its address into its title: {@code redis-server 10.0.0.1:9000 [cluster]}. */
    private static List<Integer> ports(String listening, String title) {
        var ports = new ArrayList<Integer>();
        Arrays.stream(listening.strip().split(" +"))
                .flatMapToLong(p -> number(p).stream())
                .forEach(p -> ports.add((int) p));
        if (ports.isEmpty()) {
            var named = java.util.regex.Pattern.compile(" \\S*:(\\d{1,5})( |$)").matcher(title);
            if (named.find()) {
                ports.add(Integer.parseInt(named.group(1)));
            }
        }
        return List.copyOf(ports);
    }

    private static String text(Exit exit, String key) {
        return exit.fact(key).orElse("").strip();
    }

    private static OptionalLong number(String text) {
        return text.strip().matches("-?\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text.strip()))
                : OptionalLong.empty();
    }
}
