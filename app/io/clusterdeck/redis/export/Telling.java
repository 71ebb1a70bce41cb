package io.clusterdeck.redis.export;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Names;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.report.Shape.Mark;
import io.clusterdeck.say.Speech;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every export tells of a state, in one language: names, states, figures. */
final class Telling {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern KEYS = Pattern.compile("keys=(\\d{1,18})");

    final ClusterState state;
    final Speech speech;
    final List<Shard> shards;
    private final Names names;
    private final Map<NodeId, Integer> numbers = new HashMap<>();

    Telling(ClusterState state, Speech speech) {
        this(state, speech, null);
    }

    /** @param earlier the same cluster before: a shard keeps its number, and with it its colour, whoever is its master now */
    Telling(ClusterState state, Speech speech, @Nullable Telling earlier) {
        this.state = state;
        this.speech = speech;
        this.names = Names.of(state);
        var numbered = new TreeMap<Integer, Shard>();
        var late = new ArrayList<Shard>();
        for (var shard : state.shards()) {
            int before = earlier == null
                    ? -1
                    : earlier.state
                            .node(shard.master().id())
                            .map(earlier::shard)
                            .orElse(-1);
            if (before < 0 || numbered.putIfAbsent(before, shard) != null) {
                late.add(shard);
            }
        }
        int free = 0;
        for (var shard : late) {
            while (numbered.containsKey(free)) {
                free++;
            }
            numbered.put(free, shard);
        }
        numbered.forEach((number, shard) -> {
            numbers.put(shard.master().id(), number);
            shard.replicas().forEach(r -> numbers.put(r.id(), number));
        });
        this.shards = List.copyOf(numbered.values());
    }

    /** In UTC, so that it means the same for everybody who gets it. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    String say(String key, Object... args) {
        return speech.say(key, args);
    }

    String name(NodeId id) {
        return names.of(id);
    }

    /** The number of a node's shard, from 0; −1 where it has none. */
    int shard(Node node) {
        return numbers.getOrDefault(node.master().orElse(node.id()), -1);
    }

    /** Slots of all that have an owner; where fewer are served, that first. */
    String slots() {
        int owned = state.owners().covered();
        int served = state.served();
        return served == owned
                ? say("export.slots-of", "n", owned, "all", SlotRange.SLOTS)
                : say("export.slots-served-of", "n", owned, "served", served, "all", SlotRange.SLOTS);
    }

    List<Shard> serving() {
        return shards.stream().filter(s -> !s.master().slots().isEmpty()).toList();
    }

    /** Nodes that serve nothing and copy nobody who serves. */
    List<Node> idle() {
        var serving = serving().stream().map(s -> s.master().id()).toList();
        return state.nodes().values().stream()
                .filter(n -> !serving.contains(n.id())
                        && n.master().filter(serving::contains).isEmpty())
                .toList();
    }

    String role(Node node) {
        return node.isMaster() ? say("export.master") : say("export.replica");
    }

    String place(Node node) {
        return node.host().map(Object::toString).orElse(node.address().host());
    }

    long hosts() {
        return state.nodes().values().stream().map(this::place).distinct().count();
    }

    List<String> versions() {
        return state.nodes().values().stream()
                .flatMap(n -> n.info().map(NodeInfo::version).stream())
                .filter(v -> !v.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    String verdict() {
        return switch (state.verdict()) {
            case OK -> say("export.verdict.ok");
            case WARN -> say("export.verdict.warn");
            case FAIL -> say("export.verdict.fail");
            case UNKNOWN -> say("export.verdict.unknown");
        };
    }

    Mark verdictMark() {
        return switch (state.verdict()) {
            case OK -> Mark.OK;
            case WARN -> Mark.WARN;
            case FAIL -> Mark.BAD;
            case UNKNOWN -> Mark.UNKNOWN;
        };
    }

    static Mark mark(Level level) {
        return switch (level) {
            case NOTE -> Mark.NOTE;
            case WARN -> Mark.WARN;
            case BAD -> Mark.BAD;
        };
    }

    static Mark mark(Node node) {
        return switch (node.contact()) {
            case Contact.Unknown u -> node.failed() ? Mark.GONE : Mark.UNKNOWN;
            case Contact.Silent s -> Mark.SILENT;
            case Contact.Gone g -> Mark.GONE;
            case Contact.Refuses r -> Mark.WARN;
            case Contact.Answers a ->
                node.failed()
                        ? Mark.GONE
                        : !node.suspectedBy().isEmpty() || !node.linkUp()
                                ? Mark.WARN
                                : node.isMaster() ? Mark.OK : Mark.RING;
        };
    }

    /** What is wrong with a node; empty when nothing is. */
    Optional<String> trouble(Node node) {
        return switch (node.contact()) {
            case Contact.Silent s -> Optional.of(say("export.silent"));
            case Contact.Gone g -> Optional.of(say("export.gone"));
            case Contact.Refuses r -> Optional.of(say("export.refuses"));
            case Contact.Unknown u -> Optional.of(say(node.failed() ? "export.failed" : "export.unknown"));
            case Contact.Answers a ->
                node.failed()
                        ? Optional.of(say("export.failed"))
                        : node.suspectedBy().isEmpty()
                                ? Optional.empty()
                                : Optional.of(say(
                                        "export.suspected",
                                        "n",
                                        node.suspectedBy().size()));
        };
    }

    String stateOf(Node node) {
        return trouble(node).orElseGet(() -> say("export.well"));
    }

    /** The figures of a node in a few words. */
    String figures(Node node) {
        var parts = new ArrayList<String>();
        if (node.isMaster()) {
            keys(node).ifPresent(n -> parts.add(say("export.keys", "n", n)));
            number(node, "used_memory").ifPresent(n -> parts.add(bytes(n)));
            number(node, "instantaneous_ops_per_sec").ifPresent(n -> parts.add(say("export.ops", "n", n)));
        } else {
            behind(node).ifPresent(n -> parts.add(say("export.behind", "n", n)));
            node.info()
                    .flatMap(i -> i.text("master_link_status"))
                    .ifPresent(up -> parts.add(say(up.equals("up") ? "export.link-up" : "export.link-down")));
        }
        return String.join(" · ", parts);
    }

    static OptionalLong number(Node node, String key) {
        return node.info().map(i -> i.number(key)).orElse(OptionalLong.empty());
    }

    /** A cluster has database 0 only; INFO leaves it out when it is empty. */
    static OptionalLong keys(Node node) {
        if (node.info().isEmpty() || node.info().get().version().isEmpty()) {
            return OptionalLong.empty();
        }
        var found = KEYS.matcher(node.info().get().info().getOrDefault("db0", "keys=0"));
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }

    private OptionalLong behind(Node replica) {
        var master = replica.master().flatMap(state::node);
        var ours = number(replica, "slave_repl_offset");
        if (master.isEmpty() || ours.isEmpty()) {
            return OptionalLong.empty();
        }
        var theirs = number(master.get(), "master_repl_offset");
        return theirs.isEmpty() ? theirs : OptionalLong.of(Math.max(0, theirs.getAsLong() - ours.getAsLong()));
    }

    String bytes(long n) {
        return say("export.bytes", "n", n);
    }

    String whole(long n) {
        return say("export.whole", "n", n);
    }

    String share(double share) {
        return say("export.share", "n", share);
    }

    /** All of them, {@code 0–5460, 6000}. */
    String ranges(List<SlotRange> slots) {
        return speech.list(slots);
    }

    /** At most two ranges, else how many slots in how many. */
    String rangesBrief(Node master) {
        return master.slots().size() <= 2
                ? ranges(master.slots())
                : say(
                        "export.ranges",
                        "n",
                        master.slotCount(),
                        "ranges",
                        master.slots().size());
    }

    String shardName(int number) {
        return say("export.shard", "n", number + 1);
    }

    /** When, why and by whom. */
    String taken(Taken taken) {
        var why = switch (taken.why()) {
            case HAND -> say("export.taken.hand");
            case CHANGE -> say("export.taken.change");
            case SCHEDULE -> say("export.taken.schedule");
            case IMPORT -> say("export.taken.import");
        };
        return taken.by().isEmpty() ? why : say("export.taken.by", "why", why, "by", taken.by());
    }

    /** {@code 3 shards, 6 nodes on 3 hosts}. */
    String size() {
        return say(
                "export.size",
                "shards",
                serving().size(),
                "nodes",
                state.nodes().size(),
                "hosts",
                hosts());
    }
}
