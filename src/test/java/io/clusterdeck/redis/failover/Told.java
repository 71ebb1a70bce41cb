package io.clusterdeck.redis.failover;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.util.List;

/** Links over which what nodes answer is told otherwise. */
public record Told(Links links, Change change) implements Links {

    public interface Change {
        Reply of(NodeAddress to, List<String> command, Reply reply) throws Failure;
    }

    @Override
    public Link act(NodeAddress to) throws Failure, InterruptedException {
        var link = links.act(to);
        return new Link() {
            @Override
            public NodeAddress to() {
                return to;
            }

            @Override
            public Reply call(Duration limit, String... command) throws Failure, InterruptedException {
                return change.of(to, List.of(command), link.call(limit, command));
            }

            @Override
            public void close() {
                link.close();
            }
        };
    }

    @Override
    public Link watch(NodeAddress to) throws Failure, InterruptedException {
        return links.watch(to);
    }

    @Override
    public void close() {}
}
