package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Names;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node as it was before the failover.
 *
 * @param name what it is called on the screen
 * @param host the operator's host, or its address where no host is known
 * @param master whom it replicated; empty for masters
 * @param slots how many it held
 * @param offset its replication offset as last told; −1 where not told
 * @param linkAge milliseconds since its master was last heard, as last told by a replica; −1 where not told
 * @param answered whether it answered us then
 */
public record Member(
        NodeId id,
        String name,
        NodeAddress address,
        String host,
        Optional<NodeId> master,
        int slots,
        String ranges,
        long offset,
        long linkAge,
        boolean answered,
        boolean failed) {

    /** Whether it may vote: a master that holds slots. */
    public boolean voter() {
        return master.isEmpty() && slots > 0;
    }

    /** The same in another role; how far its data was then is not known. */
    Member following(Optional<NodeId> whom, int slots, String ranges) {
        return new Member(id, name, address, host, whom, slots, ranges, -1, -1, answered, failed);
    }

    /** Whether the same nodes have the same roles and slots, and are as well, whatever they wrote meanwhile. */
    static boolean laidOutAlike(List<Member> before, List<Member> now) {
        return before.stream()
                .map(Member::layout)
                .toList()
                .equals(now.stream().map(Member::layout).toList());
    }

    private Member layout() {
        return new Member(id, name, address, host, master, slots, ranges, 0, 0, answered, failed);
    }

    public static List<Member> of(ClusterState state) {
        var names = Names.of(state);
        var members = new ArrayList<Member>();
        state.nodes().values().forEach(n -> members.add(of(n, names)));
        return List.copyOf(members);
    }

    private static Member of(Node n, Names names) {
        var info = n.info();
        var offset = info.map(i -> i.number(n.isMaster() ? "master_repl_offset" : "slave_repl_offset"))
                .orElse(java.util.OptionalLong.empty());
        return new Member(
                n.id(),
                names.of(n.id()),
                n.address(),
                n.host().map(h -> h.value()).orElse(n.address().host()),
                n.master(),
                n.slotCount(),
                ranges(n),
                offset.orElse(-1),
                n.isMaster() ? -1 : age(n),
                n.answers(),
                n.failed());
    }

    private static long age(Node n) {
        return n.info()
                .map(i -> {
                    var down = i.number("master_link_down_since_seconds");
                    var seconds =
                            down.isPresent() && down.getAsLong() >= 0 ? down : i.number("master_last_io_seconds_ago");
                    return seconds.isPresent() && seconds.getAsLong() >= 0 ? seconds.getAsLong() * 1000 : -1;
                })
                .orElse(-1L);
    }

    private static String ranges(Node n) {
        var text = String.join(
                ", ", n.slots().stream().limit(3).map(Object::toString).toList());
        return n.slots().size() > 3 ? text + " …" : text;
    }
}
