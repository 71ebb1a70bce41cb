package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quoted words come back from real shells as they were. */
class QuoteTest {

    static List<String> values() {
        return Hostile.values(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void realShellsReadWhatWasMeant(String shell) throws Exception {
        var command = new ArrayList<>(List.of(shell.split(" ")));
        var script = "LC_ALL=C\nprintf '%s\\0' " + Quote.words(values()) + "\n";
        command.add("-s");
        var p = new ProcessBuilder(command).start();
        try (var in = p.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        var out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, p.waitFor());
        assertEquals(values(), List.of(out.split("\0", -1)).subList(0, values().size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void aPathThatIsPastedIsTheOneThatWasMeant(String shell) throws Exception {
        var paths = List.of("~/redis cluster/9000", "~/it's $(x) \"y\"", "/srv/a b", "~user/x", "~", "~/", "a*b");
        var words = paths.stream().map(Quote::path).collect(java.util.stream.Collectors.joining(" "));
        var command = new ArrayList<>(List.of(shell.split(" ")));
        command.addAll(List.of("-c", "printf '%s\\0' " + words));
        var builder = new ProcessBuilder(command);
        builder.environment().put("HOME", "/home/me");
        var p = builder.start();
        var out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, p.waitFor());
        assertEquals(
                List.of(
                        "/home/me/redis cluster/9000",
                        "/home/me/it's $(x) \"y\"",
                        "/srv/a b",
                        "~user/x",
                        "~",
                        "~/",
                        "a*b"),
                List.of(out.split("\0", -1)).subList(0, paths.size()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aMarkedWordIsDecoded(String value) {
        var encoded = value.replace("%", "%25")
                .replace(" ", "%20")
                .replace("\n", "%0A")
                .replace("\t", "%09")
                .replace("\r", "%0D");
        var found = Mark.in("output::abc fact key " + encoded, "abc").orElseThrow();
        assertEquals("output", found.before());
        assertEquals(new Mark("fact", List.of("key", value)), found.mark());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a b", "1a", "a-b", "a=", "$a", "a\n"})
    void namesOfArgumentsAreNames(String name) {
        assertThrows(IllegalArgumentException.class, () -> Quote.assignment(name, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b"})
    void aNulIsRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> Quote.word(value));
    }
}
