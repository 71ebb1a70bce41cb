package io.clusterdeck.deck;

import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.clock.Clocks;
import io.clusterdeck.redis.health.HostFacts.Disk;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Script;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disk and the clock beside each node, as last read. Safe for use by many threads. */
final class Gauges {

    private static final Logger LOG = LoggerFactory.getLogger(Gauges.class);

    private final Ops ops;
    private final Map<NodeId, Disk> disks = new ConcurrentHashMap<>();
    private final Map<NodeId, ClockOffset> clocks = new ConcurrentHashMap<>();

    Gauges(Ops ops) {
        this.ops = ops;
    }

    Optional<Disk> disk(NodeId node) {
        return Optional.ofNullable(disks.get(node));
    }

    Optional<ClockOffset> clock(NodeId node) {
        return Optional.ofNullable(clocks.get(node));
    }

    /** Asks the node for the time. */
    void readClock(Node node) throws InterruptedException {
        try (var link = ops.links().act(node.address())) {
            clocks.put(node.id(), Clocks.measure(link, Clocks.SAMPLES));
        } catch (Failure silent) {
            clocks.remove(node.id());
            LOG.debug("the clock of {} can't be read: {}", node.address(), silent.what());
        }
    }

    /** Asks its host. */
    void readDisk(Node node, NodeSite site) throws Failure, InterruptedException {
        var script = Script.of("disk", "look").with("dir", site.directory());
        var exit = ops.ground().host(site.host()).run(script, line -> {});
        exit.fact("free")
                .ifPresent(free -> exit.fact("total")
                        .ifPresent(
                                total -> disks.put(node.id(), new Disk(Long.parseLong(free), Long.parseLong(total)))));
    }
}
