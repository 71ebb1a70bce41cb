package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import java.util.ArrayList;
import java.util.List;

/** A failover in a line. */
public final class Headline {

    private Headline() {}

    public static Say say(Timeline t) {
        var failed = t.name(t.failed());
        var winner = t.winner().map(t::name).orElse("?");
        return switch (t.outcome()) {
            case TAKEN_OVER ->
                switch (t.kind()) {
                    case AUTOMATIC -> Say.of("failovers.title.taken", "node", failed, "who", winner);
                    case MIGRATION -> Say.of("failovers.title.migration", "node", failed);
                    default -> Say.of("failovers.title.hand", "node", failed, "who", winner);
                };
            case CAME_BACK -> Say.of("failovers.title.back", "node", failed);
            case STUCK -> Say.of("failovers.title.stuck", "node", failed);
            case UNDECIDED -> Say.of("failovers.title.undecided", "node", failed);
            case GIVEN_UP -> Say.of("failovers.title.given-up", "node", failed);
            case RUNNING ->
                t.winner().isPresent()
                        ? Say.of("failovers.title.taking", "node", failed, "who", winner)
                        : Say.of("failovers.title.running", "node", failed);
        };
    }

    static String of(Timeline t, Speech speech) {
        return speech.say(say(t));
    }

    /** How the clocks were corrected: {@code h1 0 ms, h2 +38 ms (± 4 ms)}; what nobody measured is said. */
    public static Say clocks(Timeline t) {
        if (t.clocks().isEmpty()) {
            return Say.of("failovers.clocks.none");
        }
        var each = new ArrayList<Object>();
        t.clocks().stream()
                .limit(4)
                .forEach(c -> each.add(Say.of("failovers.clock", "host", c.host(), "ahead", Times.ahead(c.ahead()))));
        if (t.clocks().size() > 4) {
            each.add("…");
        }
        return Say.of("failovers.clocks", "each", List.copyOf(each), "within", Times.within(t.within()));
    }
}
