package io.clusterdeck.views.topology;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.words.Words;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The shards in which every word of a text is found: in the number, and in any node's address, host, id or state. */
final class ShardFilter implements Predicate<Shard> {
    private final List<String> wanted;
    private final Live live;
    private final Words words;

    ShardFilter(String text, Live live, Words words) {
        wanted = List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        this.live = live;
        this.words = words;
    }

    @Override
    public boolean test(Shard shard) {
        var text = new StringBuilder(words.say("views.shard", "n", live.shardOf(shard.master()) + 1));
        Stream.concat(Stream.of(shard.master()), shard.replicas().stream()).forEach(n -> node(n, text));
        var all = text.toString().toLowerCase(Locale.ROOT);
        return wanted.stream().allMatch(all::contains);
    }

    private void node(Node node, StringBuilder to) {
        to.append(' ').append(node.address()).append(' ').append(node.id());
        node.host().ifPresent(h -> to.append(' ').append(h));
        switch (Marks.of(node)) {
            case OK, RING -> to.append(' ').append(words.say("views.state.ok"));
            case GONE -> to.append(' ').append(words.say("views.state.gone"));
            case SILENT -> to.append(' ').append(words.say("views.state.silent"));
            case UNKNOWN -> to.append(' ').append(words.say("views.state.unknown"));
            default -> to.append(' ').append(words.say("views.state.suspected"));
        }
    }
}
