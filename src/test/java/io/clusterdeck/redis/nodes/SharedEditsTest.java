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
import io.clusterdeck.words.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two nodes whose redis.conf includes one file, and each of which wants something of it. */
class SharedEditsTest {
    private final SharedEdits edits = new SharedEdits();

    private static KeepStep edit(String node, String host, String path, String text) {
        return edit(node, host, Map.of("conf", path), text);
    }

    private static KeepStep edit(String node, String host, Map<String, String> args, String text) {
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
                new StepSpec(KeepStep.KIND, args),
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

    @Test
    void whatIsWrittenIsNamedAsTheLanguageJoinsIt() {
        var step = edit(
                "a",
                "h1",
                Map.of("conf", "/etc/a.conf", "value.maxmemory", "1gb", "secrets", "requirepass masterauth"),
                "");
        assertEquals(
                "将 requirepass、masterauth、maxmemory 写入 /etc/a.conf",
                Words.in(Locale.CHINESE).say(step.title()));
        assertEquals(
                "Write requirepass, masterauth, maxmemory to /etc/a.conf",
                Words.in(Locale.ENGLISH).say(step.title()));
    }

    private List<String> paths() {
        return edits.all().stream().map(s -> ((KeepStep) s).path().value()).toList();
    }
}
