package io.clusterdeck.redis.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LeastAcl;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.ssh.Secret;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a watch may ask, and what it shows where it may not. */
@Tag("local")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class WatchPermissionsTest extends WatchesServers {

    @Test
    void aPasswordAndAWrongOne() throws Exception {
        six("requirepass", "pw", "masterauth", "pw");
        var watch = watch(new Login("", Optional.of(Secret.of("pw"))), servers.get(2));
        until(watch, WatchesServers::whole);
        var wrong = watch(new Login("", Optional.of(Secret.of("no"))), servers.get(2));
        var refused = until(wrong, s -> !s.health().isEmpty());
        assertEquals(0, refused.nodes().size());
        assertEquals("nobody-there", refused.health().getFirst().rule());
    }

    /** Exactly the printed permissions, and nothing is refused; one less, and that is named. */
    @Test
    void theLeastPermissionsSuffice() throws Exception {
        six();
        for (var server : servers) {
            assertEquals("+OK", server.inline("ACL SETUSER eye on >pw " + LeastAcl.text()));
            assertEquals("+OK", server.inline("ACL SETUSER blind on >pw " + LeastAcl.text() + " -info"));
        }
        var watch = watch(new Login("eye", Optional.of(Secret.of("pw"))), servers.get(1));
        var state = until(watch, WatchesServers::whole);
        assertTrue(state.nodes().values().stream().allMatch(n -> n.refused().isEmpty()));
        assertTrue(state.nodes().values().stream()
                .allMatch(n -> n.info()
                        .orElseThrow()
                        .text("config:cluster-node-timeout")
                        .isPresent()));
        assertEquals(
                List.of(),
                servers.getFirst()
                        .inline("ACL LOG")
                        .lines()
                        .filter(l -> l.contains("eye"))
                        .toList());

        var blind = watch(new Login("blind", Optional.of(Secret.of("pw"))), servers.get(1));
        var less = until(
                blind,
                s -> s.nodes().size() == 6
                        && s.nodes().values().stream().allMatch(n -> n.refused().containsKey("INFO")));
        assertTrue(less.health().stream().anyMatch(f -> f.rule().equals("refused-commands")));
        assertEquals(16384, less.owners().covered());
    }

    @Test
    void aRenamedCommandIsNamedAndTheOthersGoOn() throws Exception {
        var renamed = RealRedis.formed(1, 0, "rename-command", "INFO nothing");
        servers.addAll(renamed);
        var watch = watch(Login.NONE, renamed.getFirst());
        var state = until(
                watch,
                s -> s.nodes().size() == 1
                        && s.nodes().values().iterator().next().refused().containsKey("INFO"));
        var node = state.nodes().values().iterator().next();
        assertTrue(node.answers());
        assertTrue(node.refused().get("INFO").contains("unknown command"));
        assertEquals(16384, state.owners().covered());
    }
}
