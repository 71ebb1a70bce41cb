package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Failure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a failover on the shelf once, however many processes record it: the first one names it, the others add what they know. Blocks.
 *
 * @param shelf that all of them use
 */
record Claim(Shelf shelf) {

    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

    /** Names begin with when it began; of those that began so far apart none is the same. */
    private static final Duration APART = Duration.ofMinutes(2);

    /**
     * What is on the shelf afterwards, under its name there.
     *
     * @param from what it was told from
     */
    Kept keep(Kept ours, List<Fact> from) throws Failure {
        var result = new Kept[] {ours};
        shelf.alone(() -> {
            var there = there(ours.timeline());
            var whole = there.map(t -> Retold.together(t, ours, from)).orElse(ours);
            if (there.filter(whole::equals).isEmpty()) {
                shelf.keep(whole.timeline().id(), TimelineJson.text(whole));
            }
            result[0] = whole;
        });
        return result[0];
    }

    private Optional<Kept> there(Timeline ours) throws Failure {
        for (var name : shelf.names()) {
            if (name.equals(ours.id()) || about(name, ours.began())) {
                var kept =
                        read(name).filter(k -> k.timeline().id().equals(ours.id()) || Retold.same(k.timeline(), ours));
                if (kept.isPresent()) {
                    return kept;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean about(String name, Instant began) {
        try {
            return Reconstruction.began(name).compareTo(began.minus(APART)) > 0
                    && Reconstruction.began(name).compareTo(began.plus(APART)) < 0;
        } catch (DateTimeException anotherName) {
            LOG.trace("{} tells no time", name, anotherName);
            return false;
        }
    }

    /** One that can't be read is nobody's. */
    private Optional<Kept> read(String name) {
        try {
            return Optional.of(TimelineReader.read(shelf.read(name), shelf.place(name)));
        } catch (Failure unreadable) {
            LOG.debug("{} is not compared: {}", name, unreadable.what());
            return Optional.empty();
        }
    }
}
