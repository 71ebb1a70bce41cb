package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Mute;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.store.Home;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster's {@link Upkeep} as its upkeep.yaml; another process may change it, too, which is seen within a second. */
final class UpkeepFile {

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepFile.class);

    private final Home home;
    private final String cluster;
    private long looked = Long.MIN_VALUE;
    private @Nullable FileTime read;
    private Upkeep now = Upkeep.NONE;
    private boolean planned;

    UpkeepFile(Home home, String cluster) {
        this.home = home;
        this.cluster = cluster;
    }

    synchronized Upkeep now() {
        long time = System.nanoTime();
        if (looked != Long.MIN_VALUE && time - looked < TimeUnit.SECONDS.toNanos(1)) {
            return now;
        }
        looked = time;
        var changed = home.upkeepChanged(cluster).orElse(null);
        if (changed != null && !changed.equals(read)) {
            try {
                now = home.upkeep(cluster).map(UpkeepFile::upkeep).orElse(Upkeep.NONE);
                read = changed;
            } catch (Failure | IllegalArgumentException | ClassCastException | DateTimeException broken) {
                LOG.warn("the upkeep of {} can't be read: {}", cluster, broken.toString());
            }
        }
        return now;
    }

    /** Whether its cluster is kept: one that is only looked for leaves nothing behind. */
    boolean wanted() {
        return home.clusters().contains(cluster);
    }

    synchronized void keep(Upkeep changed) throws Failure {
        home.keepUpkeep(cluster, tree(changed));
        now = changed;
        read = home.upkeepChanged(cluster).orElse(null);
    }

    /** The masters that hold slots. */
    static Set<NodeAddress> masters(ClusterState state) {
        return state.nodes().values().stream()
                .filter(n -> n.isMaster() && !n.slots().isEmpty())
                .map(Node::address)
                .collect(Collectors.toSet());
    }

    private static Map<String, Object> tree(Upkeep upkeep) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put(
                "masters",
                List.copyOf(new TreeSet<>(
                        upkeep.masters().stream().map(UpkeepFile::text).toList())));
        tree.put(
                "mutes",
                upkeep.mutes().stream()
                        .map(m -> {
                            var mute = new LinkedHashMap<String, Object>();
                            mute.put("rule", m.rule());
                            m.node().ifPresent(n -> mute.put("node", text(n)));
                            mute.put("by", m.by());
                            mute.put("at", m.at().toString());
                            mute.put("note", m.note());
                            return mute;
                        })
                        .toList());
        if (!upkeep.left().isEmpty()) {
            tree.put(
                    "left", upkeep.left().stream().map(HostName::value).sorted().toList());
        }
        return tree;
    }

    private static Upkeep upkeep(Map<String, Object> tree) {
        Set<NodeAddress> masters = new LinkedHashSet<>();
        if (tree.get("masters") instanceof List<?> list) {
            list.forEach(m -> masters.add(address(String.valueOf(m))));
        }
        var mutes = new ArrayList<Mute>();
        if (tree.get("mutes") instanceof List<?> list) {
            list.forEach(m -> mutes.add(mute((Map<?, ?>) m)));
        }
        Set<HostName> left = new LinkedHashSet<>();
        if (tree.get("left") instanceof List<?> list) {
            list.forEach(h -> left.add(new HostName(String.valueOf(h))));
        }
        return new Upkeep(masters, mutes, left);
    }

    private static Mute mute(Map<?, ?> tree) {
        return new Mute(
                String.valueOf(tree.get("rule")),
                Optional.ofNullable(tree.get("node")).map(n -> address(String.valueOf(n))),
                String.valueOf(tree.get("by")),
                Instant.parse(String.valueOf(tree.get("at"))),
                String.valueOf(tree.get("note")));
    }

    /** Host and port alone: by these the operator knows it. */
    private static String text(NodeAddress node) {
        return node.host() + " " + node.port();
    }

    private static NodeAddress address(String text) {
        var words = text.split(" ");
        return new NodeAddress(words[0], Integer.parseInt(words[words.length - 1]));
    }

    /** The masters of a cluster that is first seen whole are the planned ones, until the operator says otherwise. */
    synchronized void plan(ClusterState state) {
        if (planned || !now().masters().isEmpty() || !whole(state) || !wanted()) {
            return;
        }
        planned = true; // where it can't be written it is not tried at every tick
        try {
            keep(now().planned(masters(state)));
        } catch (Failure unwritable) {
            LOG.warn("where the masters of {} belong is not kept: {}", state.name(), unwritable.what());
        }
    }

    /** From now on only what a person says is kept. */
    synchronized void close() {
        planned = true;
    }

    private static boolean whole(ClusterState state) {
        return state.owners().covered() == SlotRange.SLOTS
                && state.nodes().values().stream().allMatch(n -> n.answers() && !n.failed());
    }
}
