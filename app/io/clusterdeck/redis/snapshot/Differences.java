package io.clusterdeck.redis.snapshot;

import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Names;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.snapshot.Comparison.Aspect;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A comparison told in sentences, what matters most first. */
public final class Differences {

    /** What a difference is about: the headings under which they are told. */
    public enum Kind {
        NODES,
        ROLES,
        SLOTS,
        HEALTH,
        EPOCHS,
        VERSIONS,
        PLACES,
        CONFIG;

        /** Its heading. */
        public Say title() {
            return Say.of("diff.kind." + name().toLowerCase(Locale.ROOT));
        }
    }

    /** One of them. */
    public record Difference(Kind kind, Level level, Optional<NodeId> node, Say what) {}

    private final Comparison comparison;
    private final Names before;
    private final Names after;
    private final List<Difference> all = new ArrayList<>();

    private Differences(Comparison comparison) {
        this.comparison = comparison;
        before = Names.of(comparison.before());
        after = Names.of(comparison.after());
    }

    public static List<Difference> of(Comparison comparison) {
        var told = new Differences(comparison);
        told.nodes();
        told.roles();
        told.slots();
        told.health();
        told.told();
        told.config();
        return List.copyOf(told.all);
    }

    private String name(NodeId id) {
        return comparison.after().nodes().containsKey(id) ? after.of(id) : before.of(id);
    }

    private void add(Kind kind, Level level, NodeId node, String key, Object... args) {
        all.add(new Difference(kind, level, Optional.of(node), Say.of(key, args)));
    }

    private void nodes() {
        comparison
                .came()
                .forEach(n -> add(
                        Kind.NODES,
                        Level.NOTE,
                        n.id(),
                        "diff.came",
                        "node",
                        name(n.id()),
                        "address",
                        n.address(),
                        "role",
                        role(n.role())));
        comparison
                .went()
                .forEach(n -> add(
                        Kind.NODES,
                        Level.WARN,
                        n.id(),
                        "diff.went",
                        "node",
                        name(n.id()),
                        "address",
                        n.address(),
                        "role",
                        role(n.role())));
    }

    private static Say role(Role role) {
        return role == Role.MASTER ? Say.of("diff.role.master") : Say.of("diff.role.replica");
    }

    private void roles() {
        for (var r : comparison.roles()) {
            var master = r.nowOf().map(this::name).orElse("–");
            var old = r.of().map(this::name).orElse("–");
            if (r.is() == Role.MASTER) {
                add(Kind.ROLES, Level.WARN, r.node(), "diff.master", "node", name(r.node()), "old", old);
            } else if (r.was() == Role.MASTER) {
                add(Kind.ROLES, Level.WARN, r.node(), "diff.replica", "node", name(r.node()), "master", master);
            } else {
                add(
                        Kind.ROLES,
                        Level.NOTE,
                        r.node(),
                        "diff.follows",
                        "node",
                        name(r.node()),
                        "old",
                        old,
                        "master",
                        master);
            }
        }
    }

    private void slots() {
        for (var s : comparison.slots()) {
            var ranges = s.ranges().stream().map(SlotRange::toString).toList();
            Object from = s.from().<Object>map(this::name).orElse(Say.of("diff.nobody"));
            Object to = s.to().<Object>map(this::name).orElse(Say.of("diff.nobody"));
            var say = Say.of(
                    s.takeover() ? "diff.slots.takeover" : "diff.slots",
                    "n",
                    s.count(),
                    "ranges",
                    brief(ranges),
                    "from",
                    from,
                    "to",
                    to);
            all.add(new Difference(Kind.SLOTS, s.to().isEmpty() ? Level.BAD : Level.NOTE, s.to().or(s::from), say));
        }
    }

    /** At most eight ranges: all of them are in the JSON. */
    private static List<Object> brief(List<String> ranges) {
        int most = 8;
        var brief = new ArrayList<Object>(ranges.subList(0, Math.min(most, ranges.size())));
        if (ranges.size() > most) {
            brief.add(Say.of("diff.more", "n", ranges.size() - most));
        }
        return brief;
    }

    private void health() {
        comparison
                .appeared()
                .forEach(f -> all.add(
                        new Difference(Kind.HEALTH, f.level(), f.node(), Say.of("diff.appeared", "what", f.title()))));
        comparison
                .solved()
                .forEach(f -> all.add(
                        new Difference(Kind.HEALTH, Level.NOTE, f.node(), Say.of("diff.solved", "what", f.title()))));
    }

    private void told() {
        long was = comparison.before().currentEpoch();
        long is = comparison.after().currentEpoch();
        if (was != is) {
            all.add(new Difference(
                    Kind.EPOCHS, Level.NOTE, Optional.empty(), Say.of("diff.epoch", "was", was, "is", is)));
        }
        for (var t : comparison.told()) {
            var kind = switch (t.aspect()) {
                case EPOCH -> Kind.EPOCHS;
                case VERSION -> Kind.VERSIONS;
                case ADDRESS, HOST -> Kind.PLACES;
                case CONTACT, FAILED -> Kind.HEALTH;
            };
            var level = t.aspect() == Aspect.CONTACT && !t.is().equals("answers")
                            || t.aspect() == Aspect.FAILED && t.is().equals("true")
                    ? Level.BAD
                    : Level.NOTE;
            add(
                    kind,
                    level,
                    t.node(),
                    "diff.told." + t.aspect().name().toLowerCase(Locale.ROOT),
                    "node",
                    name(t.node()),
                    "was",
                    said(t.aspect(), t.was()),
                    "is",
                    said(t.aspect(), t.is()));
        }
    }

    private static Object said(Aspect aspect, String value) {
        return switch (aspect) {
            case CONTACT -> Say.of("diff.contact." + value);
            case FAILED -> value.equals("true") ? Say.of("diff.failed") : Say.of("diff.not-failed");
            default -> value.isEmpty() ? "–" : value;
        };
    }

    private void config() {
        for (var c : comparison.config()) {
            var nodes = c.nodes().stream().map(this::name).toList();
            boolean every = nodes.size() == comparison.after().nodes().size();
            all.add(new Difference(
                    Kind.CONFIG,
                    Level.NOTE,
                    c.nodes().size() == 1 ? Optional.of(c.nodes().getFirst()) : Optional.empty(),
                    Say.of(
                            "diff.config",
                            "directive",
                            c.directive(),
                            "was",
                            value(c.was()),
                            "is",
                            value(c.is()),
                            "nodes",
                            every ? Say.of("diff.config.every") : nodes)));
        }
    }

    private static Object value(Optional<String> value) {
        return value.<Object>map(v -> v.isEmpty() ? "\"\"" : v).orElse(Say.of("diff.config.none"));
    }
}
