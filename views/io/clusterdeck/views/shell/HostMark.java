package io.clusterdeck.views.shell;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.parts.Glyph;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a machine is, as one cluster sees it. FX thread. */
record HostMark(Live live, String host) {

    /**
     * The worst of what is known by whichever cluster: a node of it that is away, or that it can't be signed in to. Gone is only one of
     * which nothing is reached.
     */
    static Glyph.Kind of(List<HostMark> by) {
        var here = by.stream().flatMap(HostMark::nodes).toList();
        var away = here.stream().filter(n -> !n.answers()).toList();
        var ways = by.stream().map(HostMark::way).collect(Collectors.toSet());
        if (here.isEmpty()) {
            return ways(ways);
        }
        if (away.isEmpty()) {
            return ways.contains(Glyph.Kind.GONE) ? Glyph.Kind.WARN : Glyph.Kind.OK;
        }
        return away.size() < here.size() ? Glyph.Kind.WARN : Marks.of(away.getFirst());
    }

    private static Glyph.Kind ways(Set<Glyph.Kind> all) {
        boolean reached = all.contains(Glyph.Kind.OK);
        return all.contains(Glyph.Kind.GONE)
                ? reached ? Glyph.Kind.WARN : Glyph.Kind.GONE
                : reached ? Glyph.Kind.OK : Glyph.Kind.UNKNOWN;
    }

    private Stream<Node> nodes() {
        return live.state().nodes().values().stream()
                .filter(n -> n.host().filter(h -> h.value().equals(host)).isPresent());
    }

    /** Whether it is signed in to. */
    private Glyph.Kind way() {
        var cluster = live.cluster();
        return live.specProperty().get().hosts().stream()
                .filter(h -> h.name().value().equals(host))
                .findFirst()
                .map(h -> !cluster.unseen().contains(h.name())
                        ? Glyph.Kind.OK
                        : cluster.unseen(h).isPresent() ? Glyph.Kind.GONE : Glyph.Kind.UNKNOWN)
                .orElse(Glyph.Kind.UNKNOWN);
    }
}
