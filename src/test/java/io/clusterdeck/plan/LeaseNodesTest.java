package io.clusterdeck.plan;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.Tree;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Shells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lease of a host on which several nodes are known: it lies beside each of them. */
class LeaseNodesTest {
    private static final PlanId PLAN = new PlanId("20261122-090312-build");

    @TempDir
    Path folder;

    static Stream<LocalHost> shells() {
        return Shells.all();
    }

    private static Lease take(List<Lease.Place> places, PlanId plan) throws Exception {
        return Lease.take(places, plan, why -> {});
    }

    /** Who made what is above them may be gone before the others: the last of them takes it away. */
    @ParameterizedTest
    @MethodSource("shells")
    void whatWasMadeForSeveralGoesWithTheLast(LocalHost host) throws Exception {
        var stays = Files.createDirectory(folder.resolve("it's theirs"));
        for (var root : List.of(folder.resolve("it's made/cluster"), stays)) {
            var one = take(List.of(place(host, root.resolve("9000"))), PLAN);
            var two = take(List.of(place(host, root.resolve("9001"))), new PlanId("two"));
            one.close();
            await().until(() -> !Files.exists(root.resolve("9000")));
            var three = take(List.of(place(host, root.resolve("deep/9002"))), new PlanId("three"));
            two.close();
            await().until(() -> !Files.exists(root.resolve("9001")));
            assertEquals(Optional.empty(), three.lost());
            three.close();
            await().until(() -> Tree.names(folder).equals(List.of("it's theirs")));
        }
    }

    private static Lease.Place place(LocalHost host, Path folder) {
        return new Lease.Place(host, new RemotePath(folder.toString()));
    }

    /** Each computer knows other nodes of the same host: they exclude each other where they know one in common. */
    @ParameterizedTest
    @MethodSource("shells")
    void whoKnowsOtherNodesOfTheHostIsRefused(LocalHost host) throws Exception {
        var nodes = new ArrayList<RemotePath>();
        for (var name : List.of("9000", "9001", "9002")) {
            nodes.add(new RemotePath(
                    Files.createDirectories(folder.resolve("it's one/" + name)).toString()));
        }
        var all = List.of(new Lease.Place(host, nodes.getFirst(), nodes.subList(1, 3)));
        var last = List.of(new Lease.Place(host, nodes.getLast()));
        try (var lease = take(all, PLAN)) {
            var refused = assertThrows(NotAllowed.class, () -> take(last, new PlanId("other")));
            assertEquals("plan.leased", refused.what().key());
            assertEquals(PLAN.value(), refused.what().args().get("plan"));
            assertEquals(Optional.empty(), lease.lost());
        }
        try (var lease = take(last, new PlanId("other"))) {
            var refused = assertThrows(NotAllowed.class, () -> take(all, PLAN));
            assertEquals("other", refused.what().args().get("plan"));
            assertEquals(Optional.empty(), lease.lost());
        }
        // one that is not there is not made
        var missing = new RemotePath(folder.resolve("it's one/9003").toString());
        var odd = new Lease.Place(host, nodes.getFirst(), List.of(missing, nodes.getLast()));
        try (var lease = take(List.of(odd), PLAN)) {
            assertThrows(NotAllowed.class, () -> take(last, new PlanId("other")));
            assertEquals(Optional.empty(), lease.lost());
        }
        await().until(() -> Tree.below(folder).stream().allMatch(Files::isDirectory));
        assertFalse(Files.exists(Path.of(missing.value())));
    }
}
