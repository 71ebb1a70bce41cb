package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which replicas do not stand because their data is too old: by their own word, or by reckoning. */
final class DataAge {

    /** A replica that may stand asks for votes, at the latest, so long after FAIL where no other has newer data. */
    private static final Duration STANDS = Duration.ofSeconds(3);

    private final Course c;
    private final Episode e;
    private final Instant now;

    DataAge(Course course, Instant now) {
        this.c = course;
        this.e = course.e;
        this.now = now;
    }

    /** Those that say so, and, where nobody says anything, those whose data must be too old by reckoning. */
    List<Say> tooOld() {
        var why = new ArrayList<Say>();
        var said = Episode.byNode(e.all(What.TOO_OLD));
        var stood =
                Stream.of(What.DELAYED, What.ASKS).flatMap(e::all).map(Fact::by).collect(Collectors.toSet());
        for (var replica : e.roster.replicasOf(e.failed)) {
            var fact = said.get(replica.id());
            if (fact != null) {
                why.add(old(replica, fact.number() >= 0 ? fact.number() : age(replica)));
            } else if (!stood.contains(replica.id())
                    && replica.linkAge() >= 0
                    && e.terms.oldest() > 0
                    && c.marked.filter(m -> m.at().plus(STANDS).isBefore(now)).isPresent()) {
                reckoned(replica).ifPresent(why::add);
            }
        }
        return why;
    }

    private Say old(Member replica, long age) {
        return age < 0
                ? Say.of("timeline.why.too-old", "who", replica.name(), "limit", e.terms.oldest())
                : Say.of("timeline.why.too-old.age", "who", replica.name(), "age", age, "limit", e.terms.oldest());
    }

    /** Its data ages while nobody can agree, less the node-timeout (clusterHandleSlaveFailover in cluster.c). */
    private Optional<Say> reckoned(Member replica) {
        long left = e.terms.oldest() + e.terms.nodeTimeout() - replica.linkAge();
        if (left < Episode.millis(c.began, c.marked.map(Fact::at).orElse(now))) {
            return Optional.of(old(replica, age(replica)));
        }
        if (left < Episode.millis(c.began, now)) {
            return Optional.of(Say.of(
                    "timeline.why.too-old.since",
                    "who",
                    replica.name(),
                    "t",
                    left,
                    "node",
                    e.roster.name(e.failed),
                    "limit",
                    e.terms.oldest()));
        }
        return Optional.empty();
    }

    /** Its age when the failure was agreed on, by what the replica had told before; −1 where it told nothing. */
    private long age(Member replica) {
        return replica.linkAge() < 0
                ? -1
                : replica.linkAge()
                        + Episode.millis(c.began, c.marked.map(Fact::at).orElse(now));
    }
}
