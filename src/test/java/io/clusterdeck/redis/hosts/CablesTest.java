package io.clusterdeck.redis.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.hosts.Cable.Port;
import io.clusterdeck.redis.hosts.Cable.State;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CablesTest {

    private static final HostName FROM = new HostName("a");
    private static final HostName TO = new HostName("b");
    private static final NodeAddress NODE = new NodeAddress("10.0.0.2", 9000);

    private static Cables tried(String word, Set<NodeAddress> down) {
        var targets =
                Map.of("10.0.0.2 9000", new Cable(FROM, TO, NODE, Port.CLIENT, State.UNKNOWN, OptionalLong.empty()));
        var exit = new Exit(0, Map.of(word, List.of("10.0.0.2 9000")), Optional.empty(), Optional.empty(), List.of());
        return new Cables(
                Instant.EPOCH, List.of(FROM, TO), CableOperations.read(exit, targets, down), List.of(), Map.of());
    }

    /** The matrix of a hundred hosts asks for each some six times. */
    @Test
    void aCellIsAddedUpOnce() {
        var cables = tried("refused", Set.of());
        assertSame(
                cables.cell(FROM, TO, Port.CLIENT).orElseThrow(),
                cables.cell(FROM, TO, Port.CLIENT).orElseThrow());
    }

    /** Forty hosts that are not signed in to are one line, in the order of the screen, above the matrix and not before it. */
    @Test
    void whyNothingWasTriedIsToldOnceWithTheHosts() {
        var hosts = Stream.of("h1", "h2", "h3", "h4", "db").map(HostName::new).toList();
        var foreign = Say.of("hosts.cables.foreign");
        var away = Say.of("ssh.lost", "host", "h4");
        var unseen = Map.of(hosts.get(2), foreign, hosts.get(0), foreign, hosts.get(3), away, hosts.get(1), foreign);
        var told = new Cables(Instant.EPOCH, hosts, List.of(), List.of(), unseen).troubles();
        assertEquals(
                List.of(
                        Say.of("hosts.cables.unseen", "host", List.of("h1–h3"), "why", foreign),
                        Say.of("hosts.cables.unseen", "host", List.of("h4"), "why", away)),
                told);
    }

    @Test
    void aNodeThatIsDownIsNoTroubleOfTheWay() {
        var down = tried("refused", Set.of(NODE));
        assertEquals(State.DOWN, down.tried().getFirst().state());
        assertTrue(down.open() && down.troubles().isEmpty());
        assertEquals(
                "hosts.cables.refused",
                tried("refused", Set.of()).troubles().getFirst().key());
        assertFalse(tried("silent", Set.of(NODE)).open(), "a firewall drops, whether it runs or not");
    }
}
