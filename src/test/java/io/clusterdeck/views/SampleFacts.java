package io.clusterdeck.views;

import io.clusterdeck.redis.build.HostFacts;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What hosts could be, as facts.sh would tell of them. */
public final class SampleFacts {
    public static final Map<String, List<String>> UBUNTU = Map.ofEntries(
            Map.entry("os_name", List.of("Ubuntu 22.04.4 LTS")),
            Map.entry("arch", List.of("x86_64")),
            Map.entry("libc", List.of("glibc 2.35")),
            Map.entry("cores", List.of("8")),
            Map.entry("mem_mb", List.of("31800")),
            Map.entry("disk_mb", List.of("212000")),
            Map.entry("writable", List.of("yes")),
            Map.entry("user", List.of("ops")),
            Map.entry("home", List.of("/home/ops")),
            Map.entry("sudo", List.of("free")),
            Map.entry("systemd", List.of("yes")),
            Map.entry("tool", List.of("cc", "gcc", "make", "apt-get", "curl", "tar")),
            Map.entry("ephemeral", List.of("32768 60999")),
            Map.entry("overcommit", List.of("1")),
            Map.entry("somaxconn", List.of("4096")),
            Map.entry("thp", List.of("always [madvise] never")),
            Map.entry("nofile", List.of("1048576")),
            Map.entry("listens", List.of("22")),
            Map.entry("root", List.of("/home/ops/redis-cluster")));

    private SampleFacts() {}

    /** Debian without a compiler, its clock off and its disk small. */
    public static Map<String, List<String>> poor() {
        return with(
                "os_name",
                "Debian GNU/Linux 12 (bookworm)",
                "cores",
                "2",
                "mem_mb",
                "3900",
                "disk_mb",
                "1400",
                "tool",
                "apt-get",
                "clock_ms",
                Long.toString(System.currentTimeMillis() + 7_400),
                "overcommit",
                "0");
    }

    public static Map<String, List<String>> with(String... changes) {
        var facts = new HashMap<>(UBUNTU);
        for (int i = 0; i < changes.length; i += 2) {
            facts.put(changes[i], List.of(changes[i + 1]));
        }
        return facts;
    }

    public static HostFacts of(HostName name, Map<String, List<String>> facts) {
        return HostFacts.of(
                name, new Exit(0, facts, Optional.empty(), Optional.empty(), List.of()), Instant.now(), Instant.now());
    }
}
