package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is to be told of several nodes, told once with their names. */
public final class Alike {
    private Alike() {}

    /** @param order the nodes in the order in which they are named */
    public static List<Say> of(Stream<Map.Entry<NodeId, Say>> all, List<NodeId> order, Function<NodeId, String> name) {
        var groups = new LinkedHashMap<Say, List<String>>();
        all.sorted(Comparator.comparing(e -> order.indexOf(e.getKey())))
                .forEach(e -> groups.computeIfAbsent(of(e.getValue(), List.of()), k -> new ArrayList<>())
                        .add(name.apply(e.getKey())));
        return groups.entrySet().stream().map(g -> of(g.getKey(), g.getValue())).toList();
    }

    private static Say of(Say say, List<String> nodes) {
        var args = new LinkedHashMap<>(say.args());
        args.replace("node", nodes);
        return new Say(say.key(), args);
    }
}
