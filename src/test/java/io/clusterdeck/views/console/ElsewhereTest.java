package io.clusterdeck.views.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.console.Typed;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The line that is given instead of a command that the console never sends, pasted into a shell. */
class ElsewhereTest {
    private static final HostName HOST = new HostName("h1");
    private static final NodeAddress NODE = new NodeAddress("10.0.0.1", 9000);

    /** Both programs say what they are given; ssh hands its last word to another shell, as sshd does. */
    private static final String PROGRAMS = """
        redis-cli() { printf '<%s>' "$@"; }
        reboot() { printf REBOOTED; }
        id() { printf IDENTIFIED; }
        export -f redis-cli reboot id
        ssh() { printf '%s: ' "${*: -2:1}"; bash -c "${@: -1}"; }
        """;

    private static String line(Access access, String typed) throws Exception {
        var host = new HostSpec(HOST, "10.0.0.1", 22, "ops", List.of(), null, false);
        var spec = new ClusterSpec("carts", true, false, List.of(host), List.of(NODE), access, "admin", List.of());
        return (String) Elsewhere.instead(spec, HOST, NODE, Typed.read(typed))
                .next()
                .args()
                .get("line");
    }

    private static String pasted(String line) throws Exception {
        var shell = new ProcessBuilder("bash", "--noprofile", "--norc", "-c", PROGRAMS + line)
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String told(Access access, String words) {
        return access == Access.DIRECT
                ? "<--user><admin><-h><10.0.0.1><-p><9000>" + words
                : "10.0.0.1: <--askpass><--user><admin><-h><10.0.0.1><-p><9000>" + words;
    }

    @ParameterizedTest
    @EnumSource
    void whatWasTypedReachesRedisAndNoShell(Access access) throws Exception {
        var many = "k".repeat(300);
        var line = line(access, "PSUBSCRIBE \"a;reboot\" $(id) * 'it\\'s' `id` $HOME \"\" " + many);
        assertEquals(told(access, "<PSUBSCRIBE><a;reboot><$(id)><*><it's><`id`><$HOME><><" + many + ">"), pasted(line));
    }

    @ParameterizedTest
    @CsvSource({
        "script debug yes, <--ldb><--eval><FILE>",
        "psync ? -1, <--rdb><FILE>",
        "monitor, <monitor>",
        // a terminal would take them for keys
        "'subscribe \"a\\nreboot\\n\"', ''",
        "'subscribe \"\\x00\"', ''"
    })
    void itGoesToTheNodeThatIsShown(String typed, String words) throws Exception {
        for (var access : Access.values()) {
            assertEquals(
                    told(access, words),
                    pasted(line(access, typed)),
                    access.name().toLowerCase(Locale.ROOT));
        }
    }
}
