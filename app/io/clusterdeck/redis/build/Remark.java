package io.clusterdeck.redis.build;

import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.Optional;

/**
 * Something about a plan to build, found before it runs.
 *
 * @param rule its stable name
 * @param level BAD means that it must not be built so
 * @param why what was found and why it matters; {@code key + ".next"} says what to do
 * @param cure the name of a cure that Clusterdeck can apply as a step, where there is one
 */
public record Remark(String rule, Level level, Optional<HostName> host, Say why, Optional<String> cure) {

    /** What was found, and on which host. */
    public Say told() {
        return host.map(h -> Say.of("build.at-host", "host", h, "what", why)).orElse(why);
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
