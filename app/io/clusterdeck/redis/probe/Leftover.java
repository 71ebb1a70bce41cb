package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The keys of a probe that did not come to its end, also of one whose process died: told by its record of what was acknowledged. */
public final class Leftover {
    private Leftover() {}

    /**
     * Removes all that it may have written, acknowledged or not.
     *
     * @param acks its record; where there is none it wrote nothing
     */
    public static void remove(Links links, List<NodeAddress> nodes, Path acks)
            throws OutcomeUnknown, NotAllowed, InterruptedException {
        for (var used : used(acks).entrySet()) {
            try (var lines = new Lines(links)) {
                var router = new Router(lines, nodes.getFirst(), nodes, new Lines.Errors());
                ReadBack.remove(router, nodes.getFirst(), n -> used.getKey() + n, 0, used.getValue() + 1);
            }
        }
        try {
            AckLog.forgetParts(acks);
        } catch (IOException stays) {
            throw unreadable(acks, stays);
        }
    }

    private static NotAllowed unreadable(Path acks, Exception why) {
        return new NotAllowed(
                Say.of("probe.unreadable", "file", acks, "why", why), Say.of("probe.unreadable.next"), why);
    }

    /** What keys begin with, and the highest number there may be of them. */
    private static Map<String, Integer> used(Path acks) throws NotAllowed {
        if (!Files.exists(acks)) {
            return Map.of();
        }
        try (var lines = Files.lines(acks)) {
            return lines.map(l -> l.substring(l.lastIndexOf(' ') + 1))
                    .filter(key -> key.matches(".*}:\\d+")) // its last line may have been cut
                    .collect(Collectors.toMap(
                            key -> key.substring(0, key.lastIndexOf(':') + 1),
                            key -> Integer.parseInt(key.substring(key.lastIndexOf(':') + 1)),
                            Math::max));
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            throw unreadable(acks, unreadable);
        }
    }
}
