package io.clusterdeck.redis.clock;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Measures clocks by Redis TIME: of several samples the one of the least round trip is taken, read in the middle of it. */
public final class Clocks {

    /** Enough for one quiet round trip among them. */
    public static final int SAMPLES = 8;

    private Clocks() {}

    /** Blocks for that many round trips. */
    public static ClockOffset measure(Link link, int samples) throws Failure, InterruptedException {
        var best = sample(link);
        for (int i = 1; i < samples; i++) {
            var next = sample(link);
            best = next.error() < best.error() ? next : best;
        }
        return best;
    }

    private static ClockOffset sample(Link link) throws Failure, InterruptedException {
        var asked = Instant.now();
        long began = System.nanoTime();
        var reply = link.call("TIME");
        long trip = (System.nanoTime() - began) / 1_000;
        var told = told(reply, link);
        var middle = asked.plus(trip / 2, ChronoUnit.MICROS);
        return new ClockOffset(asked, ChronoUnit.MICROS.between(middle, told), trip / 2 + 1);
    }

    private static Instant told(Reply reply, Link link) throws UnexpectedOutput {
        if (reply instanceof Reply.Many time && time.items().size() == 2) {
            try {
                return Instant.ofEpochSecond(Long.parseLong(time.items().get(0).text()))
                        .plus(Long.parseLong(time.items().get(1).text()), ChronoUnit.MICROS);
            } catch (NumberFormatException odd) {
                throw unreadable(reply, link);
            }
        }
        throw unreadable(reply, link);
    }

    private static UnexpectedOutput unreadable(Reply reply, Link link) {
        return new UnexpectedOutput(
                Say.of("clock.unreadable", "node", link.to(), "told", reply.text()), Say.of("clock.unreadable.next"));
    }
}
