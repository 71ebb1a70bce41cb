package io.clusterdeck.redis.model;

import io.clusterdeck.ssh.HostName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node as merged from every view and from its own answers.
 *
 * @param host the operator's host it runs on, where that is known
 * @param flags what the majority of reachable observers says ({@link Flag#FAIL}, …)
 * @param suspectedBy the observers that flag it PFAIL or FAIL now
 * @param linkUp whether every reachable observer's bus link to it is connected
 * @param info its latest INFO and CLUSTER INFO, kept when it went away
 * @param refused commands it refused (permission, renamed), with the words it used: what needs them is dimmed by name
 */
public record Node(
        NodeId id,
        NodeAddress address,
        Optional<HostName> host,
        Role role,
        Optional<NodeId> master,
        List<SlotRange> slots,
        Map<Integer, NodeId> migrating,
        Map<Integer, NodeId> importing,
        Set<Flag> flags,
        Set<NodeId> suspectedBy,
        long epoch,
        boolean linkUp,
        Contact contact,
        Optional<NodeInfo> info,
        Map<String, String> refused) {

    /** The same node, known to run on that host. */
    public Node on(HostName host) {
        return new Node(
                id,
                address,
                Optional.of(host),
                role,
                master,
                slots,
                migrating,
                importing,
                flags,
                suspectedBy,
                epoch,
                linkUp,
                contact,
                info,
                refused);
    }

    public boolean isMaster() {
        return role == Role.MASTER;
    }

    /** The same, telling this of itself. */
    public Node telling(NodeInfo now) {
        return new Node(
                id,
                address,
                host,
                role,
                master,
                slots,
                migrating,
                importing,
                flags,
                suspectedBy,
                epoch,
                linkUp,
                contact,
                Optional.of(now),
                refused);
    }

    public boolean answers() {
        return contact instanceof Contact.Answers;
    }

    /** Whether we have no connection to it, or no answer; false where we have not tried for long enough to know. */
    public boolean away() {
        return contact instanceof Contact.Gone || contact instanceof Contact.Silent;
    }

    /** Whether others take it for gone: most of them (FAIL), or one of them so far (PFAIL). */
    public boolean givenUp() {
        return failed() || !suspectedBy.isEmpty();
    }

    public boolean failed() {
        return flags.contains(Flag.FAIL);
    }

    /** As far as we and the others can tell: one that only we cannot reach still votes and serves. */
    public boolean up() {
        return answers() || !failed() && suspectedBy.isEmpty() && linkUp;
    }

    /** Whether it says of itself that it refuses all keys: its cluster_state is fail (clusterUpdateState in cluster.c). */
    public boolean refusesKeys() {
        return answers()
                && info.filter(i -> "fail".equals(i.clusterInfo().get("cluster_state")))
                        .isPresent();
    }

    /** The first of these commands that it refuses; empty when none is known to be refused. */
    public Optional<String> refuses(List<String> commands) {
        return commands.stream().filter(refused::containsKey).findFirst();
    }

    public int slotCount() {
        int count = 0;
        for (var range : slots) {
            count += range.size();
        }
        return count;
    }
}
