package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three hosts, each an address of loopback. Needs root, to take programs away from one. */
@Tag("lab")
class WaysStepTest {

    @TempDir
    Path folder;

    private final int port = Ports.block(1);
    private final Map<HostName, Host> hosts = new HashMap<>();

    private interface At {
        Host host(HostName name) throws Failure;
    }

    private static Ground ground(At at) {
        return new Ground() {
            @Override
            public Host host(HostName name) throws Failure {
                return at.host(name);
            }

            @Override
            public Optional<Secret> secret(String name) {
                return Optional.empty();
            }
        };
    }

    /** @param announced of h1 to h3, each of which listens on 127.0.0.1 to 127.0.0.3 */
    private Verdict check(Ground ground, String... announced) throws Exception {
        var members = new Members(IntStream.range(0, announced.length)
                .mapToObj(i -> new Member(
                        new HostName("h" + (i + 1)),
                        "127.0.0." + (i + 1),
                        new NodeAddress(announced[i], port),
                        new NodeId(String.valueOf(i).repeat(40)),
                        Optional.empty(),
                        Optional.empty()))
                .toList());
        members.all().forEach(m -> hosts.putIfAbsent(m.host(), new LocalHost(m.host())));
        var spec = new StepSpec("build.ways", Map.of("members", members.text(), "sudo", "no"));
        return new WaysStep(new StepId("ways/h1"), new HostName("h1"), spec).check(ground);
    }

    private Verdict check(String... announced) throws Exception {
        return check(ground(hosts::get), announced);
    }

    /** As the host sees it: none that could listen or connect for the script is a program there. */
    private void withoutPrograms(String host) throws Exception {
        var sh = Files.writeString(folder.resolve("sh"), """
            #!/bin/sh
            exec unshare --mount /bin/dash -c '
                for p in /bin/bash /usr/bin/bash /usr/bin/perl* /usr/bin/python3* /usr/local/bin/python3*; do
                    [ ! -f "$p" ] || mount --bind /dev/null "$p" || exit
                done
                exec /bin/dash "$@"' sh "$@"
            """);
        assertTrue(sh.toFile().setExecutable(true));
        hosts.put(new HostName(host), LocalHost.under(new HostName(host), sh.toString(), "/usr/bin:/bin"));
    }

    @Test
    void allAreOpen() throws Exception {
        assertEquals(
                new Verdict.Done(Say.of("build.ways.open", "n", 12)), check("127.0.0.1", "127.0.0.2", "127.0.0.3"));
    }

    @Test
    void ofAHostWithoutProgramsTheWaysAreToldAsUnchecked() throws Exception {
        withoutPrograms("h3");
        var told = Say.of("build.ways.unchecked", "n", 4, "hosts", List.of("h3"));
        assertEquals(new Verdict.Done(told), check("127.0.0.1", "127.0.0.2", "127.0.0.3"));
    }

    /** The way from one of the others to another is closed: what h2 announces is not where it listens. */
    @Test
    void thoseOfTheOthersAreCheckedAllTheSame() throws Exception {
        withoutPrograms("h3");
        var blocked = assertInstanceOf(Verdict.Blocked.class, check("127.0.0.1", "127.0.0.9", "127.0.0.3"));
        assertEquals("build.ways.refused", blocked.why().key());
        assertEquals("h1", blocked.why().args().get("from"));
        var closed = Set.copyOf((List<?>) blocked.why().args().get("to"));
        assertEquals(Set.of("127.0.0.9:" + port, "127.0.0.9:" + (port + 10_000)), closed);
    }

    @Test
    void aHostThatCannotBeAskedToListenFailsTheStep() {
        var asked = new AtomicInteger();
        var ground = ground(name -> {
            if (name.value().equals("h3") && asked.getAndIncrement() == 0) {
                throw new Unreachable(Say.of("ssh.unreachable"), Say.of("ssh.unreachable.next"));
            }
            return hosts.get(name);
        });
        var why = assertThrows(Unreachable.class, () -> check(ground, "127.0.0.1", "127.0.0.2", "127.0.0.3"));
        assertEquals("ssh.unreachable", why.what().key());
    }
}
