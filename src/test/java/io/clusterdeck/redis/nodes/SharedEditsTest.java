package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two nodes whose redis.conf includes one file, and each of which wants something of it. */
class SharedEditsTest {
    private final SharedEdits edits = new SharedEdits();

    private static KeepStep edit(String node, String host, String path, String text) {
        var ops = new Ops(
                () -> {
                    throw new AssertionError();
                },
                () -> {
                    throw new AssertionError();
                },
                new LettuceLinks(Ways.DIRECT, () -> Login.NONE),
                new Nowhere(),
                site -> {});
        return new KeepStep(
                new StepId("keep/" + node),
                new HostName(host),
                new StepSpec(KeepStep.KIND, Map.of("conf", path)),
                List.of(),
                Optional.of(Secret.of(text)),
                ops);
    }

    private static final class Nowhere implements Ground {
        @Override
        public Host host(HostName name) {
            throw new AssertionError(name);
        }

        @Override
        public Optional<Secret> secret(String name) {
            throw new AssertionError(name);
        }
    }

    @Test
    void theSameIsWrittenOnce() {
        var first = edit("a", "h1", "/etc/common.conf", "maxmemory 1gb");
        assertEquals(Optional.empty(), edits.take(List.of(first)));
        assertEquals(
                Optional.empty(),
                edits.take(List.of(
                        edit("b", "h1", "/etc/common.conf", "maxmemory 1gb"),
                        edit("b", "h1", "/etc/b.conf", "port 2"))));
        assertEquals(List.of("/etc/common.conf", "/etc/b.conf"), paths());
    }

    @Test
    void whoWantsAnotherTextOfItIsRefusedWithAllThatItWants() {
        var first = edit("a", "h1", "/etc/common.conf", "maxmemory 1gb");
        edits.take(List.of(first));
        assertEquals(
                Optional.of(first),
                edits.take(List.of(
                        edit("b", "h1", "/etc/b.conf", "port 2"),
                        edit("b", "h1", "/etc/common.conf", "maxmemory 2gb"))));
        assertEquals(List.of("/etc/common.conf"), paths());
    }

    @Test
    void aFileOfThatNameOnAnotherHostIsAnotherFile() {
        edits.take(List.of(edit("a", "h1", "/etc/common.conf", "maxmemory 1gb")));
        assertEquals(Optional.empty(), edits.take(List.of(edit("b", "h2", "/etc/common.conf", "maxmemory 2gb"))));
    }

    private List<String> paths() {
        return edits.all().stream().map(s -> ((KeepStep) s).path().value()).toList();
    }
}
