package io.clusterdeck.redis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.UnexpectedOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergeTest {

    private static final Instant NOW = Instant.EPOCH;

    private static NodeId id(String name) {
        return new NodeId(name);
    }

    private static Observer sees(String who, String... lines) throws UnexpectedOutput {
        var reply = String.join("\n", lines) + "\n";
        return Observer.of(id(who), NOW, 6, reply, ClusterNodesParser.parse(reply));
    }

    private static Merge.Merged merge(Observer... observers) {
        return Merge.of(List.of(observers), Map.of(), Merge.noHosts());
    }

    private static String master(String name, String flags, int epoch, String slots) {
        return name + " 10.0.0." + port(name) + ":7000@17000 master" + flags + " - 0 0 " + epoch + " connected "
                + slots;
    }

    private static String replica(String name, String of, int epoch) {
        return name + " 10.0.0." + port(name) + ":7000@17000 slave " + of + " 0 0 " + epoch + " connected";
    }

    private static int port(String name) {
        return name.charAt(0) - 'a' + 8;
    }

    @Test
    void recordedClusterThatAgrees() throws Exception {
        var observers = new ArrayList<Observer>();
        for (int i = 0; i < 6; i++) {
            var reply = Replies.of("6.2.7/ok." + i + ".nodes");
            var rows = ClusterNodesParser.parse(reply);
            var self = rows.stream()
                    .filter(r -> r.has(Flag.MYSELF))
                    .findFirst()
                    .orElseThrow()
                    .id();
            observers.add(Observer.of(self, NOW, 6, reply, rows));
        }
        var merged = Merge.of(observers, Map.of(), Merge.noHosts());
        assertEquals(6, merged.nodes().size());
        assertEquals(List.of(), merged.disagreements());
        assertEquals(SlotRange.SLOTS, merged.owners().covered());
        assertEquals(6, merged.currentEpoch());
        assertEquals(
                IntStream.range(22000, 22006).boxed().toList(),
                merged.nodes().values().stream().map(n -> n.address().port()).toList());
        for (var node : merged.nodes().values()) {
            assertTrue(node.linkUp());
            assertEquals(Set.of(), node.suspectedBy());
            assertFalse(node.flags().contains(Flag.MYSELF));
            assertEquals(node.isMaster(), node.master().isEmpty());
        }
        // whatever order they come in, the result is the same
        Collections.shuffle(observers, new Random(3));
        assertEquals(
                merged.nodes(), Merge.of(observers, Map.of(), Merge.noHosts()).nodes());
    }

    @Test
    void ordersByAddressAsNumbers() throws Exception {
        var merged = merge(sees(
                "a",
                "a 10.0.0.10:1@2 myself,master - 0 0 0 connected",
                "b 10.0.0.9:9@2 master - 0 0 0 connected",
                "c 10.0.0.9:10@2 master - 0 0 0 connected",
                "d beta:1@2 master - 0 0 0 connected"));
        assertEquals(
                List.of(id("b"), id("c"), id("a"), id("d")),
                List.copyOf(merged.nodes().keySet()));
    }

    /** Others hear of its new role with its next ping, which may take half the node-timeout; of the slots they hear at once. */
    @Test
    void whoSaysOfItselfThatItIsAReplicaNowIsOne() throws Exception {
        var now = master("b", "", 4, "0-5000");
        var c = master("c", "", 2, "5001-10000");
        var d = master("d", "", 3, "10001-16383");
        var observers = new ArrayList<>(
                List.of(sees("a", replica("a", "b", 4), now, c, d), sees("e", replica("e", "b", 4), now, c, d)));
        for (var other : List.of("b", "c", "d")) {
            observers.add(sees(other, master("a", "", 1, ""), replica("e", "a", 1), now, c, d));
        }
        var merged = merge(observers.toArray(Observer[]::new));
        assertEquals(Optional.of(id("b")), merged.nodes().get(id("a")).master());
        assertEquals(Optional.of(id("b")), merged.nodes().get(id("e")).master(), "its sibling, too");
        assertEquals(Set.of(Flag.REPLICA), merged.nodes().get(id("a")).flags());
        // while it owns slots in the eyes of the others it is theirs to say
        observers.clear();
        observers.add(sees("a", replica("a", "b", 4), now, c, d));
        for (var other : List.of("b", "c", "d")) {
            observers.add(sees(other, master("a", "", 1, "0-5000"), replica("b", "a", 1), c, d));
        }
        assertTrue(
                merge(observers.toArray(Observer[]::new)).nodes().get(id("a")).isMaster());
    }

    @Test
    void oneSuspects() throws Exception {
        var a = sees(
                "a",
                master("a", "", 1, "0-5000"),
                master("b", "", 2, "5001-10000"),
                master("c", ",fail?", 3, "10001-16383"));
        var b = sees(
                "b", master("a", "", 1, "0-5000"), master("b", "", 2, "5001-10000"), master("c", "", 3, "10001-16383"));
        var c = sees(
                "c", master("a", "", 1, "0-5000"), master("b", "", 2, "5001-10000"), master("c", "", 3, "10001-16383"));
        var merged = merge(a, b, c);
        var node = merged.nodes().get(id("c"));
        assertEquals(Set.of(id("a")), node.suspectedBy());
        assertEquals(Set.of(Flag.MASTER), node.flags(), "one of two others is no majority");
        assertEquals(1, merged.disagreements().size());
        var d = merged.disagreements().getFirst();
        assertEquals("failed", d.aspect());
        assertEquals(Map.of(id("a"), "pfail", id("b"), "ok"), d.says());
    }

    @Test
    void theMajorityOfThoseThatAnswerSaysFail() throws Exception {
        var fail = master("c", ",fail", 3, "10001-16383");
        var a = sees("a", master("a", "", 1, "0-5000"), master("b", "", 2, "5001-10000"), fail);
        var b = sees("b", master("a", "", 1, "0-5000"), master("b", "", 2, "5001-10000"), fail);
        var c = sees(
                        "c",
                        master("a", "", 1, "0-5000"),
                        master("b", "", 2, "5001-10000"),
                        master("c", "", 3, "10001-16383"))
                .answering(false);
        var merged = merge(a, b, c);
        assertTrue(merged.nodes().get(id("c")).failed());
        assertEquals(Set.of(id("a"), id("b")), merged.nodes().get(id("c")).suspectedBy());
        assertEquals(List.of(), merged.disagreements(), "one that does not answer has no say");
        assertEquals(16384, merged.owners().covered());
    }

    @Test
    void whenNobodyAnswersTheLastWordsCount() throws Exception {
        var a = sees("a", master("a", "", 1, "0-16383"), replica("b", "a", 1)).answering(false);
        var merged = merge(a);
        assertEquals(2, merged.nodes().size());
        assertEquals(16384, merged.owners().covered());
    }

    @Test
    void aFailoverAsItSpreads() throws Exception {
        var old = new String[] {master("a", "", 1, "0-16383"), replica("b", "a", 1), replica("c", "a", 1)};
        var fresh = new String[] {replica("a", "b", 7), master("b", "", 7, "0-16383"), replica("c", "b", 7)};
        var merged = merge(sees("a", old), sees("b", fresh), sees("c", fresh));
        assertEquals(Role.MASTER, merged.nodes().get(id("b")).role());
        assertEquals(Optional.of(id("b")), merged.nodes().get(id("a")).master());
        assertEquals(Optional.of(id("b")), merged.owners().of(0));
        assertTrue(merged.disagreements().stream()
                .anyMatch(d -> d.about().equals("a")
                        && d.aspect().equals("role")
                        && "master".equals(d.says().get(id("a")))));
        var even = merge(sees("a", old), sees("b", fresh));
        assertEquals(Role.MASTER, even.nodes().get(id("b")).role(), "as many say it: the higher epoch counts");
        assertEquals(Optional.of(id("b")), even.owners().of(16383));
    }

    @Test
    void aSlotClaimedByTwoIsTheHigherEpochs() throws Exception {
        var merged = merge(sees("a", master("a", "", 5, "0-10"), master("b", "", 9, "5-16383")));
        assertEquals(Optional.of(id("a")), merged.owners().of(4));
        assertEquals(Optional.of(id("b")), merged.owners().of(5));
    }

    @Test
    void whoIsNotKnownByAll() throws Exception {
        var a = sees("a", master("a", "", 1, "0-16383"), replica("b", "a", 1));
        var b = sees("b", master("a", "", 1, "0-16383"), replica("b", "a", 1), master("c", "", 0, ""));
        var merged = merge(a, b);
        assertEquals(3, merged.nodes().size());
        assertEquals(
                List.of(new Disagreement("c", "known", Map.of(id("b"), "known", id("a"), "unknown"))),
                merged.disagreements());
    }

    /** Empty servers, each alone: no cluster yet is no disagreement. */
    @Test
    void strangersDoNotDisagree() throws Exception {
        var merged = merge(sees("a", master("a", "", 0, "")), sees("b", master("b", "", 0, "")));
        assertEquals(2, merged.nodes().size());
        assertEquals(List.of(), merged.disagreements());
    }

    @Test
    void aHandshakeIsNotANodeYet() throws Exception {
        var merged = merge(sees("a", master("a", "", 1, "0-16383"), "x 10.0.0.9:7@8 handshake - 0 0 0 disconnected"));
        assertEquals(Set.of(id("a")), merged.nodes().keySet());
        assertEquals(List.of(), merged.disagreements());
    }

    @Test
    void openSlotsComeFromTheNodeItself() throws Exception {
        var open = Replies.of("6.2.7/open.0.nodes");
        var rows = ClusterNodesParser.parse(open);
        var self = rows.stream()
                .filter(r -> r.has(Flag.MYSELF))
                .findFirst()
                .orElseThrow()
                .id();
        var merged = merge(Observer.of(self, NOW, 6, open, rows));
        assertEquals(Set.of(5, 7), merged.nodes().get(self).migrating().keySet());
    }

    @Test
    void aBrokenBusLinkOfAnyoneShows() throws Exception {
        var up = master("b", "", 2, "0-16383");
        var merged = merge(
                sees("a", master("a", "", 1, ""), up.replace("connected", "disconnected")),
                sees("b", master("a", "", 1, ""), up));
        assertFalse(merged.nodes().get(id("b")).linkUp());
        assertTrue(merged.nodes().get(id("a")).linkUp());
    }

    /** A thousand nodes in agreement, and a thousand in which one is suspected by a third: every line is read. */
    @Test
    void aThousandNodes() throws Exception {
        int n = 1000;
        var lines = new String[n];
        for (int i = 0; i < n; i++) {
            boolean master = i < n / 2;
            int from = (int) ((long) i * SlotRange.SLOTS / (n / 2));
            int to = (int) ((long) (i + 1) * SlotRange.SLOTS / (n / 2)) - 1;
            lines[i] = "%040x 10.0.%d.%d:9000@19000 %s %s 0 %d %d connected%s"
                    .formatted(
                            i,
                            i / 250,
                            i % 250,
                            master ? "master" : "slave",
                            master ? "-" : "%040x".formatted(i - n / 2),
                            i,
                            i,
                            master ? " " + from + "-" + to : "");
        }
        var same = String.join("\n", lines);
        lines[3] = lines[3].replace(" master ", " master,fail? ");
        var suspects = String.join("\n", lines);
        var sameRows = ClusterNodesParser.parse(same);
        var suspectRows = ClusterNodesParser.parse(suspects);
        var observers = new ArrayList<Observer>();
        for (int i = 0; i < n; i++) {
            observers.add(Observer.of(
                    id("%040x".formatted(i)),
                    NOW,
                    9,
                    i % 3 == 0 ? suspects : same,
                    i % 3 == 0 ? suspectRows : sameRows));
        }
        var merged = Merge.of(observers, Map.of(), Merge.noHosts());
        assertEquals(n, merged.nodes().size());
        assertEquals(16384, merged.owners().covered());
        // 3 itself is among the thirds that suspect (3 % 3 == 0), and its own opinion of itself does not count
        assertEquals(
                333, merged.nodes().get(id("%040x".formatted(3))).suspectedBy().size());
        assertEquals(1, merged.disagreements().size());
    }

    /** The entry of a server that was reset: the newcomer at its address does not know it. */
    @Test
    void anEntryWithoutAnAddressIsNoNodeUnlessSomethingHangsOnIt() throws Exception {
        var a = master("a", "", 1, "0-8191");
        var b = master("b", "", 2, "8192-16383");
        var entry = "x :0@0 slave,noaddr a 0 0 1 disconnected";
        var merged = merge(sees("a", a, b, entry), sees("b", a, b, entry), sees("c", a, b));
        assertEquals(Set.of(id("a"), id("b")), merged.nodes().keySet());
        assertEquals(List.of(), merged.disagreements());

        var slots = "x :0@0 master,noaddr - 0 0 3 disconnected 8192-16383";
        assertTrue(merge(sees("a", a, slots)).nodes().containsKey(id("x")), "its slots are nobody else's");
        var followed = "x :0@0 master,noaddr - 0 0 3 disconnected";
        var kept = merge(sees("a", a, followed, replica("b", "x", 3)));
        assertTrue(kept.nodes().containsKey(id("x")), "somebody follows it");
    }
}
