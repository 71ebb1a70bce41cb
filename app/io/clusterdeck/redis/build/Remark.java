package io.clusterdeck.redis.build;

import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

    /**
     * The same found on several hosts.
     *
     * @param hosts in the order in which it was found; none where it is about no host
     */
    public record Alike(Level level, Say why, List<HostName> hosts) {
        /** What was found, and on which hosts. */
        public Say told() {
            return hosts.isEmpty() ? why : Say.of("build.at-host", "host", hosts, "what", why);
        }
    }

    /** What is to be told of hosts, told once with their names; the worst first. */
    public static List<Alike> alike(Stream<Remark> all) {
        var groups = new LinkedHashMap<Alike, List<HostName>>();
        all.sorted(Comparator.comparing(Remark::level).reversed()).forEach(r -> {
            var hosts = groups.computeIfAbsent(new Alike(r.level(), r.why(), List.of()), k -> new ArrayList<>());
            r.host().ifPresent(hosts::add);
        });
        return groups.entrySet().stream()
                .map(g -> new Alike(g.getKey().level(), g.getKey().why(), List.copyOf(g.getValue())))
                .toList();
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
