package io.clusterdeck.redis.model;

import io.clusterdeck.ssh.Exit;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/** The time zone of a host, as its scripts tell: by its name where it has one that we know, since offsets change with the seasons. */
public final class HostZone {

    private HostZone() {}

    /** @param exit of a script that called {@code time_zone} (lib/marks.sh) */
    public static Optional<ZoneId> of(Exit exit) {
        return Stream.of("zone", "offset")
                .flatMap(fact -> exit.fact(fact).stream())
                .flatMap(text -> known(text.strip()).stream())
                .findFirst();
    }

    private static Optional<ZoneId> known(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
