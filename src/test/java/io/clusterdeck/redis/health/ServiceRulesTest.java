package io.clusterdeck.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Disagreement;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who serves which slots, and who refuses what: each rule on a case where it must speak, and the healthy cluster where all must be silent. */
class ServiceRulesTest extends SixNodes {

    @Test
    void aHealthyClusterHasNone() {
        assertEquals(List.of(), names(check()));
    }

    @Test
    void noClusterYetAndNothingElse() {
        nodes.clear();
        for (int i = 1; i <= 3; i++) {
            add("m" + i, i, 9000, Role.MASTER, "", 1, 0);
            info("m" + i, "cluster_known_nodes", "1");
            info("m" + i, "cluster_state", "fail");
        }
        var f = only("no-cluster");
        assertEquals(Optional.of("create"), f.remedy());
        assertEquals(1, check().size());
        assertEquals(3L, ((Number) f.why().args().get("count")).longValue());
    }

    @Test
    void aDeadMasterWithAReplica() {
        die("m2");
        info("m1", "cluster_state", "fail");
        assertEquals(Optional.of("failover:r2"), only("slots-unserved").remedy());
        assertEquals(Optional.of("start:m2"), only("node-down").remedy());
        assertEquals(
                "health.cluster-fail.coverage",
                ((Say) only("cluster-fail").why().args().get("reason")).key());
        assertEquals(Health.FAIL, withHealth().verdict());
    }

    @Test
    void aDeadMasterWithoutOne() {
        die("m2");
        die("r2");
        assertEquals(Optional.of("start:m2"), only("slots-lost").remedy());
    }

    @Test
    void halfOfTheMastersDead() {
        die("m2");
        die("m3");
        info("m1", "cluster_state", "fail");
        assertEquals(
                "health.cluster-fail.minority",
                ((Say) only("cluster-fail").why().args().get("reason")).key());
    }

    @Test
    void slotsWithoutAnOwner() {
        change(
                "m2",
                n -> new NodeLike(n).slots(List.of(new SlotRange(5000, 9000))).node());
        var f = only("slots-uncovered");
        assertEquals(999L, ((Number) f.why().args().get("count")).longValue());
        assertEquals(List.of("9001–9999"), f.why().args().get("ranges"));
    }

    @Test
    void openSlots() {
        change(
                "m1",
                n -> new NodeLike(n)
                        .migrating(Map.of(7, new NodeId("m2"), 5, new NodeId("m2")))
                        .node());
        assertEquals(List.of("5", "7"), only("open-slots").why().args().get("slots"));
    }

    @Test
    void aStoppedProcess() {
        change(
                "r1",
                n -> new NodeLike(n)
                        .suspectedBy(Set.of(new NodeId("m1")))
                        .linkUp(false)
                        .contact(new Contact.Silent(NOW))
                        .node());
        only("node-silent");
        only("master-without-replica");
    }

    @Test
    void oneWaySuspicion() {
        change(
                "m1",
                n -> new NodeLike(n)
                        .suspectedBy(Set.of(new NodeId("m2")))
                        .linkUp(false)
                        .node());
        assertEquals(
                List.of("10.0.0.2:9000"), only("one-way-suspicion").why().args().get("by"));
        assertEquals(19000L, ((Number) only("one-way-suspicion").next().args().get("port")).longValue());
    }

    @Test
    void disagreementsAreExplained() {
        disagreements.add(new Disagreement("m1", "master", Map.of(new NodeId("m2"), "m3", new NodeId("m3"), "-")));
        var why = Words.in(Locale.ENGLISH).say(only("nodes-disagree").why());
        assertTrue(why.contains("10.0.0.1:9000") && why.contains("10.0.0.2:9000: 10.0.0.3:9000"), why);
        disagreements.clear();
        disagreements.add(new Disagreement("m1", "failed", Map.of(new NodeId("m2"), "pfail", new NodeId("m3"), "ok")));
        assertEquals(List.of(), names(check()), "suspicion has a rule of its own");
    }

    @Test
    void refusals() {
        contact("m1", new Contact.Refuses(NOW, Say.of("link.wants-password", "node", "x")));
        only("refuses-us");
        change(
                "m2",
                n -> new NodeLike(n).refused(Map.of("CONFIG GET", "NOPERM")).node());
        assertEquals(
                List.of("CONFIG GET"), only("refused-commands").why().args().get("commands"));
    }

    @Test
    void worstFirst() {
        info("m2", "aof_last_bgrewrite_status", "err");
        info("m1", "aof_last_write_status", "err");
        change("m3", n -> new NodeLike(n).refused(Map.of("INFO", "NOPERM")).node());
        assertEquals(
                List.of(Level.BAD, Level.WARN, Level.NOTE),
                check().stream().map(Finding::level).toList());
    }
}
