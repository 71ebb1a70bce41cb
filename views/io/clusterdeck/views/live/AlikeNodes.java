package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Alike;
import io.clusterdeck.say.Say;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is to be told of several nodes, told once with their names. */
public final class AlikeNodes {
    private AlikeNodes() {}

    /** @param order the nodes in the order in which they are named */
    public static List<Say> of(Stream<Map.Entry<NodeId, Say>> all, List<NodeId> order, Function<NodeId, String> name) {
        return Alike.of(
                        all.sorted(Comparator.comparing(e -> order.indexOf(e.getKey()))),
                        e -> on(e.getValue(), List.of()),
                        e -> Stream.of(name.apply(e.getKey())))
                .stream()
                .map(a -> on(a.what(), a.of()))
                .toList();
    }

    private static Say on(Say say, List<String> nodes) {
        var args = new LinkedHashMap<>(say.args());
        args.replace("node", nodes);
        return new Say(say.key(), args);
    }
}
