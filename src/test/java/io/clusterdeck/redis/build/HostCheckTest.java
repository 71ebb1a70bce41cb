package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostCheckTest {

    private static List<HostCheck> checks(String changed, Optional<String> compiles) {
        var facts = new HashMap<String, List<String>>(Map.of(
                "os_name", List.of("Debian GNU/Linux 12 (bookworm)"),
                "arch", List.of("x86_64"),
                "cores", List.of("8"),
                "mem_mb", List.of("4000"),
                "disk_mb", List.of("90000"),
                "writable", List.of("yes"),
                "sudo", List.of("free"),
                "systemd", List.of("yes"),
                "tool", List.of("gcc", "make", "apt-get"),
                "root", List.of("/r")));
        Arrays.stream(changed.split(";")).filter(c -> c.contains("=")).forEach(c -> {
            int equals = c.indexOf('=');
            facts.put(c.substring(0, equals), List.of(c.substring(equals + 1).split(",")));
        });
        var exit = new Exit(0, facts, Optional.empty(), Optional.empty(), List.of());
        return HostCheck.of(
                HostFacts.of(new HostName("h1"), exit, Instant.now(), Instant.now()),
                List.of(9000, 9001),
                List.of("10.0.0.1"),
                compiles);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- | ''",
                "systemd=no | SYSTEM NOTE build.check.system.bare",
                "mem_mb=300 | MEMORY WARN build.check.memory.little",
                "disk_mb=1500 | DISK NOTE build.check.disk.small",
                "disk_mb=100 | DISK BAD build.check.disk.little",
                "writable=no | ''",
                "writable=no;sudo=none | DISK BAD build.check.disk.closed, RIGHTS NOTE build.check.rights.none",
                "tool=apt-get | COMPILER NOTE build.check.compiler.installed",
                "tool=apt-get;sudo=none | RIGHTS NOTE build.check.rights.none, COMPILER WARN"
                        + " build.check.compiler.missing",
                "clock_ms=1000 | CLOCK WARN build.check.clock.off",
                "listens=9001 | REDIS BAD build.check.redis.taken",
                "listens=19000 | REDIS BAD build.check.redis.taken",
                "listens=19000;held=19000 127.0.0.1 | ''",
                "listens=6379 | REDIS NOTE build.check.redis.perhaps",
                "'runs=redis\n7000 17000' | REDIS NOTE build.check.redis.runs",
                "'runs=redis\nredis-server *:6379' | REDIS NOTE build.check.redis.runs",
                "'runs=ops\n9000 19000;ours=9000' | ''",
                "listens=9000;ours=9000;made_cluster=carts;made_build=1 | REDIS WARN build.check.redis.ours",
                "holds=/r/9000/nodes.conf | REDIS BAD build.check.redis.data",
                "tool=gcc,make,redis-server | REDIS NOTE build.check.redis.installed",
            })
    void whatIsWrongIsSaid(String facts, String found) {
        var checks = checks(facts, Optional.of("7.2.4"));
        assertEquals(
                Arrays.asList(HostCheck.Kind.values()),
                checks.stream().map(HostCheck::kind).toList());
        var told = checks.stream()
                .filter(c -> c.state() != HostCheck.State.GOOD)
                .map(c -> c.kind() + " " + c.state() + " " + c.what().key())
                .toList();
        assertEquals(found, String.join(", ", told));
    }

    /** Redis 8 has a part in C++ (deps/fast_float). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7.2.4  | tool=gcc,make,apt-get | build.check.compiler",
                "8.0.6  | tool=gcc,make,c++ | build.check.compiler",
                "8.0.6  | tool=gcc,make,apt-get | build.check.compiler.cxx.installed",
                "8.0.6  | tool=gcc,make | build.check.compiler.cxx.missing",
                "10.0.0 | tool=gcc,make | build.check.compiler.cxx.missing",
                "8.0.6  | tool=c++,make,apt-get | build.check.compiler.installed",
                "       | tool=gcc,make | build.check.compiler",
            })
    void whatItsReleaseWantsIsLookedFor(String release, String facts, String found) {
        var compiler = checks(facts, Optional.ofNullable(release)).stream()
                .filter(c -> c.kind() == HostCheck.Kind.COMPILER)
                .findFirst()
                .orElseThrow();
        assertEquals(found, compiler.what().key());
    }

    @ParameterizedTest
    @CsvSource({
        "Debian GNU/Linux 12 (bookworm),Debian 12",
        "Ubuntu 22.04.4 LTS,Ubuntu 22.04.4",
        "Alpine Linux v3.19,Alpine v3.19"
    })
    void systemsHaveShortNames(String whole, String brief) {
        assertEquals(brief, HostCheck.shortName(whole));
    }
}
