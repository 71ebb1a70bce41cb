package io.clusterdeck.redis.build;

import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Alike;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something about a plan to build, found before it runs.
 *
 * @param rule its stable name
 * @param level BAD means that it must not be built so
 * @param why what was found and why it matters; {@code key + ".next"} says what to do
 * @param cure the name of a cure that Clusterdeck can apply as a step, where there is one
 */
public record Remark(String rule, Level level, Optional<HostName> host, Say why, Optional<String> cure) {

    /** What was found, wherever. */
    public record Found(Level level, Say why) {}

    /** What is to be told of hosts, told once with their names; the worst first. */
    public static List<Alike<Found, HostName>> alike(Stream<Remark> all) {
        return Alike.of(
                all.sorted(Comparator.comparing(Remark::level).reversed()),
                r -> new Found(r.level(), r.why()),
                r -> r.host().stream());
    }

    /** What was found, and on which hosts. */
    public static Say told(Alike<Found, HostName> found) {
        return found.of().isEmpty()
                ? found.what().why()
                : Say.of(
                        "build.at-host",
                        "host",
                        HostName.brief(found.of()),
                        "what",
                        found.what().why());
    }

    static Remark note(String rule, Say why) {
        return new Remark(rule, Level.NOTE, Optional.empty(), why, Optional.empty());
    }

    static Remark warn(String rule, Say why) {
        return new Remark(rule, Level.WARN, Optional.empty(), why, Optional.empty());
    }

    Remark at(HostName there) {
        return new Remark(rule, level, Optional.of(there), why, cure);
    }

    Remark cured(String by) {
        return new Remark(rule, level, host, why, Optional.of(by));
    }
}
