package io.clusterdeck.plan;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Shells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A lease is taken at each instant at which another is let go of: whoever takes it holds it, and nothing stays. */
class LettingGoTest {

    @TempDir
    Path folder;

    @TempDir
    Path programs;

    private static final List<List<String>> SHELLS =
            List.of(List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"));

    /** Before and after each program that letting go needs, each under one shell. */
    static Stream<Arguments> instants() {
        return Stream.of("mktemp", "mv", "rm", "rmdir")
                .flatMap(p -> Stream.of(Arguments.of(p, true), Arguments.of(p, false)));
    }

    private static Lease take(Host host, Path at, String plan, Runnable waits) throws Exception {
        var places = List.of(new Lease.Place(host, new RemotePath(at.toString())));
        return Lease.take(places, new PlanId(plan), why -> waits.run());
    }

    private List<String> there() {
        return Tree.names(folder);
    }

    private static void touch(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @ParameterizedTest
    @MethodSource("instants")
    void whoTakesItThenHoldsItAndNothingStays(String program, boolean before) throws Exception {
        var node = folder.resolve("a/cluster/9000");
        var letting = programs.resolve("letting");
        var now = programs.resolve("now");
        var go = programs.resolve("go");
        var halting = Files.writeString(programs.resolve(program), """
                #!/bin/sh
                PATH=${PATH#*:}
                await() { : >'%2$s'; until [ -e '%3$s' ]; do sleep 0.01; done; }
                first=
                if [ -e '%1$s' ] && mkdir '%1$s.once' 2>/dev/null; then first=yes; fi
                if [ %5$s = "$first" ]; then await; fi
                %4$s "$@"
                code=$?
                if [ %6$s = "$first" ]; then await; fi
                exit "$code"
                """.formatted(
                        letting, now, go, program, before ? "yes" : "no", before ? "no" : "yes"));
        assertTrue(halting.toFile().setExecutable(true));

        var shell = SHELLS.get((program.length() + (before ? 0 : 1)) % SHELLS.size());
        var one = holding(shell, node);
        touch(letting);
        new ProcessBuilder("kill", "-TERM", "--", "-" + one.pid()).start().waitFor();
        await().until(() -> Files.exists(now));
        var host = Shells.all().findFirst().orElseThrow();
        var two = takenOrRefused(host, node);
        touch(go);
        one.waitFor();
        // a child that was only being born did not hear of the end
        new ProcessBuilder("kill", "-KILL", "--", "-" + one.pid()).start().waitFor();
        var lease = two.isPresent() ? two.get() : take(host, node, "two", () -> {});
        assertEquals(
                "two", Files.readAllLines(node.resolve(".clusterdeck-lease")).get(2));
        var refused = assertThrows(NotAllowed.class, () -> take(host, node, "three", () -> {}));
        assertEquals("two", refused.what().args().get("plan"));
        assertEquals(Optional.empty(), lease.lost());
        lease.close();
        await().until(() -> there().isEmpty());
    }

    private static Optional<Lease> takenOrRefused(Host host, Path node) throws Exception {
        try {
            return Optional.of(take(host, node, "two", () -> {}));
        } catch (NotAllowed held) {
            assertEquals("one", held.what().args().get("plan"));
            return Optional.empty();
        }
    }

    /** The script by itself, in a session of its own: nobody ends it who thinks that letting go takes too long. */
    private Process holding(List<String> shell, Path node) throws Exception {
        var text = Files.writeString(
                programs.resolve("script"),
                "N=n; set -- /root\n" + library() + "verb=hold folder='" + node + "' others='' who=w since=s plan=one\n"
                        + remote("lease"));
        var command = Stream.concat(Stream.of("setsid"), Stream.concat(shell.stream(), Stream.of(text.toString())));
        var builder = new ProcessBuilder(command.toList()).redirectErrorStream(true);
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        var started = builder.start();
        assertEquals("::n say plan.lease.held", started.inputReader().readLine());
        return started;
    }

    private static String library() throws IOException {
        var all = new StringBuilder();
        for (var part : Script.LIBRARY) {
            all.append(remote(part));
        }
        return all.toString();
    }

    private static String remote(String name) throws IOException {
        try (var in = Lease.class.getResourceAsStream("/remote/" + name + ".sh")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whoever destroyed the cluster took our file away with its folder, and somebody else made it again before we let go. */
    @ParameterizedTest
    @MethodSource("io.clusterdeck.ssh.Shells#all")
    void theLeaseOfAnotherStays(LocalHost host) throws Exception {
        var node = folder.resolve("cluster/9000");
        var file = node.resolve(".clusterdeck-lease");
        try (var one = take(host, node, "one", () -> {})) {
            Files.delete(file);
            try (var two = take(host, node, "two", () -> {})) {
                one.close();
                assertEquals("two", Files.readAllLines(file).get(2));
                assertThrows(NotAllowed.class, () -> take(host, node, "three", () -> {}));
                assertEquals(Optional.empty(), two.lost());
            }
        }
    }

    /** What somebody puts into a folder that is just being taken away is where he put it. */
    @ParameterizedTest
    @MethodSource("io.clusterdeck.ssh.Shells#all")
    void whatComesMeanwhileStays(LocalHost plain) throws Exception {
        var his = folder.resolve("cluster/9001/redis.conf");
        var mv = Files.writeString(
                programs.resolve("mv"),
                "#!/bin/sh\nPATH=${PATH#*:}\nif [ -e '%1$s' ]; then mkdir -p '%2$s' && : >'%3$s'; rm '%1$s'; fi\nmv \"$@\"\n"
                        .formatted(programs.resolve("letting"), his.getParent(), his));
        assertTrue(mv.toFile().setExecutable(true));
        var one = take(Shells.with(plain, programs), folder.resolve("cluster/9000"), "one", () -> {});
        touch(programs.resolve("letting"));
        one.close();
        await().untilAsserted(() -> {
            var there = there();
            assertTrue(
                    there.contains("cluster/9001/redis.conf")
                            && there.stream().noneMatch(f -> f.contains(".clusterdeck")),
                    there::toString);
        });
    }
}
