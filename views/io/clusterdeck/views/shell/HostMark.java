package io.clusterdeck.views.shell;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.parts.Glyph;
import java.util.List;
import java.util.stream.Stream;

/** How a machine is, as one cluster sees it. FX thread. */
record HostMark(Live live, String host) {

    /** The worst of its nodes, of whichever cluster, and gone only where all of them are; of one without nodes, whether it is reached. */
    static Glyph.Kind of(List<HostMark> by) {
        var here = by.stream().flatMap(HostMark::nodes).toList();
        var away = here.stream().filter(n -> !n.answers()).toList();
        return here.isEmpty()
                ? by.stream().map(HostMark::way).reduce(Glyph.Kind.UNKNOWN, (a, b) -> a == Glyph.Kind.UNKNOWN ? b : a)
                : away.isEmpty()
                        ? Glyph.Kind.OK
                        : away.size() < here.size() ? Glyph.Kind.WARN : Marks.of(away.getFirst());
    }

    private Stream<Node> nodes() {
        return live.state().nodes().values().stream()
                .filter(n -> n.host().filter(h -> h.value().equals(host)).isPresent());
    }

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
