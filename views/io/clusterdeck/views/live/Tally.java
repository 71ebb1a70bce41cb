package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Node;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What there is in all, counted off the FX thread.
 *
 * @param versions of Redis, sorted
 * @param oldest when the node that answers and was asked longest ago was asked
 * @param served slots whose owner is up
 * @param owned slots that have an owner, at least as many
 */
public record Tally(
        List<String> versions,
        int hosts,
        int answering,
        Optional<Instant> oldest,
        Health verdict,
        int served,
        int owned) {

    static Tally of(ClusterState state) {
        var versions = new TreeSet<String>();
        var hosts = new HashSet<String>();
        int answering = 0;
        var oldest = Optional.<Instant>empty();
        for (Node node : state.nodes().values()) {
            var version = new Reading(node).version();
            if (!version.isEmpty()) {
                versions.add(version);
            }
            hosts.add(node.host().map(Object::toString).orElse(node.address().host()));
            if (node.contact() instanceof Contact.Answers answers) {
                answering++;
                oldest = oldest.filter(o -> o.isBefore(answers.at())).or(() -> Optional.of(answers.at()));
            }
        }
        return new Tally(
                List.copyOf(versions),
                hosts.size(),
                answering,
                oldest,
                state.verdict(),
                state.served(),
                state.owners().covered());
    }
}
