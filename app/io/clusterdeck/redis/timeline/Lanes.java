package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which nodes get a lane: all of a small cluster, else those that took part; the others are counted. */
public final class Lanes {

    /** Of a cluster up to this size every node is shown. */
    private static final int ALL = 12;

    private static final int MOST = 16;

    private final List<Member> shown;
    private final int folded;

    public Lanes(Timeline t) {
        var rank = Comparator.comparingInt((Member m) -> weight(t, m));
        var took = new HashSet<>(part(t));
        this.shown = t.members().stream()
                .filter(m -> t.members().size() <= ALL || took.contains(m.id()))
                .sorted(rank)
                .limit(MOST)
                .sorted(Comparator.comparing(Member::name))
                .toList();
        this.folded = t.members().size() - shown.size();
    }

    private static Set<NodeId> part(Timeline t) {
        var part = new HashSet<NodeId>();
        part.add(t.failed());
        t.winner().ifPresent(part::add);
        t.members().stream()
                .filter(m -> m.master().filter(t.failed()::equals).isPresent())
                .forEach(m -> part.add(m.id()));
        t.stage(Stage.AGREED).who().forEach(part::add);
        t.stage(Stage.VOTES).who().forEach(part::add);
        t.facts().stream().filter(f -> f.is(What.DENIES)).forEach(f -> part.add(f.by()));
        return part;
    }

    private static int weight(Timeline t, Member m) {
        if (m.id().equals(t.failed()) || t.winner().filter(m.id()::equals).isPresent()) {
            return 0;
        }
        if (m.master().filter(t.failed()::equals).isPresent()) {
            return 1;
        }
        int suspects = t.stage(Stage.AGREED).who().indexOf(m.id());
        return suspects >= 0 && suspects < 3 ? 2 : t.stage(Stage.VOTES).who().contains(m.id()) ? 3 : 4;
    }

    public List<Member> shown() {
        return shown;
    }

    /** How many have none. */
    public int folded() {
        return folded;
    }

    boolean has(NodeId id) {
        return index(id) >= 0;
    }

    int index(NodeId id) {
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
