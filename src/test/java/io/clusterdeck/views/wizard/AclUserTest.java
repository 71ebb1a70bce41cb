package io.clusterdeck.views.wizard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.wizard.ConfModel.Rights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The users that the wizard makes, as a server takes them. */
@Tag("local")
class AclUserTest {

    /** What clients of a cluster send before the first key. */
    private static final List<String> FIRST = List.of(
            "CLUSTER SLOTS",
            "CLUSTER NODES",
            "CLUSTER INFO",
            "CLUSTER MYID",
            "COMMAND COUNT",
            "CLIENT SETNAME app",
            "CLIENT GETNAME",
            "CLIENT ID",
            "READONLY",
            "READWRITE",
            "ASKING",
            "PING");

    private static final List<String> NEVER = List.of(
            "CLUSTER RESET",
            "CLUSTER FAILOVER",
            "CLUSTER FORGET 0",
            "CLIENT KILL ID 1",
            "CLIENT PAUSE 1",
            "CONFIG GET dir",
            "FLUSHALL",
            "SHUTDOWN");

    @Test
    void clientsOfAClusterCanUseThemAndDoNoMore() throws Exception {
        try (var cluster = LocalCluster.start(1, 0)) {
            for (var rights : List.of(Rights.DATA, Rights.READ)) {
                var words = new ArrayList<>(List.of("ACL", "SETUSER"));
                words.addAll(List.of(AclUser.line(rights.name(), Secret.of("pw"), rights, true)
                        .split(" ")));
                assertEquals("OK", cluster.call(0, words.toArray(String[]::new)));
                try (var app = cluster.open(0)) {
                    assertEquals("OK", app.call("AUTH", rights.name(), "pw"));
                    for (var command : FIRST) {
                        var reply = app.call(command.split(" "));
                        assertFalse(reply.startsWith("-NOPERM"), () -> rights + " " + command + ": " + reply);
                    }
                    for (var command : NEVER) {
                        var reply = app.call(command.split(" "));
                        assertTrue(reply.startsWith("-NOPERM"), () -> rights + " " + command + ": " + reply);
                    }
                    assertFalse(app.call("GET", "k").startsWith("-"));
                    assertEquals(
                            rights == Rights.READ, app.call("SET", "k", "v").startsWith("-NOPERM"));
                }
            }
        }
    }
}
