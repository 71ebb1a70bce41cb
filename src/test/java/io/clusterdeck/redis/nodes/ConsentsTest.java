package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked before a change, and which release can follow which. */
class ConsentsTest {
    private static ClusterSpec spec(boolean production) {
        return new ClusterSpec(
                "carts", production, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of());
    }

    private static String typed(boolean production, Stake stake, String name) {
        return Consents.of(spec(production), stake, name) instanceof Consent.Type type ? type.text() : "";
    }

    @Test
    void moreIsAskedWhereMoreIsAtStake() {
        assertEquals(
                Consent.Plain.class,
                Consents.of(spec(false), Stake.NOTHING, "a:1").getClass());
        assertEquals(
                Consent.Ask.class,
                Consents.of(spec(false), Stake.SERVICE, "a:1").getClass());
        assertEquals("a:1", typed(false, Stake.DATA, "a:1"));
        assertEquals("carts", typed(true, Stake.NOTHING, "a:1"));
        assertEquals("carts", typed(true, Stake.SERVICE, "a:1"));
        assertEquals("carts a:1", typed(true, Stake.DATA, "a:1"));
        assertEquals("carts", typed(true, Stake.DATA, "carts"));
    }

    /** Of a cluster that was adopted by an address alone: nowhere is a lease. */
    @Test
    void withoutAHostItIsSaidThatNobodyElsewhereIsKeptOut() {
        var plan = new Plan(
                PlanId.now("failover"), new ClusterRef("carts"), Say.of("t"), List.of(), List.of(Say.of("cost")));
        assertEquals(List.of("cost", "plan.lease.none"), costs(spec(false), plan));
        var host = new HostSpec(new HostName("h1"), "h1", 0, null, List.of(), null, false);
        assertEquals(
                List.of("cost", "plan.lease.none"),
                costs(spec(false).withHosts(List.of(host)), plan),
                "a host on which no node is known to have its files");
        var files = new RemotePath("~/9000");
        var site = NodeSite.of(new NodeAddress("h1", 9000), host.name(), files, files, files)
                .made();
        assertEquals(List.of("cost"), costs(spec(false).withHosts(List.of(host)).withSites(List.of(site)), plan));
    }

    private static List<String> costs(ClusterSpec spec, Plan plan) {
        return Consents.ready(spec, plan, Stake.NOTHING, "carts").plan().costs().stream()
                .map(Say::key)
                .toList();
    }

    @Test
    void anOlderReleaseCannotFollowANewerOne() {
        assertTrue(follows("6.2.3", "7.0.15"));
        assertTrue(follows("6.2.7", "6.0.16"));
        assertTrue(follows("7.0.15", "7.0.11"));
        assertFalse(follows("7.0.15", "6.2.3"));
        assertFalse(follows("7.2.4", "7.0.15"));
        assertTrue(Release.follows(Optional.empty(), Optional.of(info("6.2.3"))));
    }

    private static boolean follows(String leader, String follower) {
        return Release.follows(Optional.of(info(leader)), Optional.of(info(follower)));
    }

    private static NodeInfo info(String version) {
        return new NodeInfo(Instant.EPOCH, Map.of("redis_version", version), Map.of());
    }
}
