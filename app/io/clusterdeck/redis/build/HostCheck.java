package io.clusterdeck.redis.build;

import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that matters about a host before anything is planned for it.
 *
 * @param brief in a word or two, for a narrow column
 * @param what in a sentence; {@code key + ".next"} is its cure where the state is no {@link State#GOOD}
 */
public record HostCheck(Kind kind, State state, Say brief, Say what) {

    private static final long MB = 1_048_576;
    /** Releases of which a part is written in C++, as in tools.sh. */
    private static final Pattern CXX = Pattern.compile("([89]|\\d\\d+)\\..*");

    /** What is checked, in the order in which it is shown. */
    public enum Kind {
        REACHED,
        SYSTEM,
        CORES,
        MEMORY,
        DISK,
        RIGHTS,
        COMPILER,
        CLOCK,
        REDIS
    }

    public enum State {
        GOOD,
        /** Worth knowing; nothing needs to be done. */
        NOTE,
        WARN,
        /** It can't be built so. */
        BAD
    }

    /** The cure. */
    public Say next() {
        return HostStep.next(what);
    }

    /**
     * What the facts of a host say, in the order of {@link Kind}.
     *
     * @param bind where nodes will listen; empty where that is not known
     * @param compiles the release that may be compiled there
     */
    public static List<HostCheck> of(
            HostFacts facts, List<Integer> ports, List<String> bind, Optional<String> compiles) {
        var all = new ArrayList<HostCheck>();
        all.add(good(Kind.REACHED, Say.of("build.check.user", "user", facts.user()), "build.check.reached", facts));
        all.add(system(facts));
        all.add(new HostCheck(
                Kind.CORES,
                State.GOOD,
                Say.of("build.check.cores", "n", facts.cores()),
                Say.of("build.check.cores", "n", facts.cores())));
        all.add(memory(facts));
        all.add(disk(facts, compiles.isPresent()));
        all.add(rights(facts));
        all.add(compiler(facts, compiles));
        all.add(clock(facts));
        all.add(redis(facts, ports, bind));
        return List.copyOf(all);
    }

    private static HostCheck good(Kind kind, Say brief, String key, HostFacts facts) {
        return new HostCheck(kind, State.GOOD, brief, Say.of(key, "user", facts.user()));
    }

    private static HostCheck system(HostFacts facts) {
        var brief = Say.of("build.check.text", "text", shortName(facts.osName()));
        var key = facts.systemd() ? "build.check.system" : "build.check.system.bare";
        return new HostCheck(
                Kind.SYSTEM,
                facts.systemd() ? State.GOOD : State.NOTE,
                brief,
                Say.of(key, "os", facts.osName(), "arch", facts.arch(), "libc", facts.libc()));
    }

    /** "Debian GNU/Linux 12 (bookworm)" is "Debian 12". */
    static String shortName(String osName) {
        return osName.replaceAll("GNU/Linux |Linux | ?\\(.*\\)| LTS", "").strip();
    }

    private static HostCheck memory(HostFacts facts) {
        var brief = Say.of("build.check.bytes", "n", facts.memoryMb() * MB);
        boolean little = facts.memoryMb() > 0 && facts.memoryMb() < 512;
        return new HostCheck(
                Kind.MEMORY,
                little ? State.WARN : State.GOOD,
                brief,
                Say.of(little ? "build.check.memory.little" : "build.check.memory", "n", facts.memoryMb() * MB));
    }

    private static HostCheck disk(HostFacts facts, boolean compiles) {
        if (facts.diskMb() == Long.MAX_VALUE) {
            return new HostCheck(
                    Kind.DISK,
                    State.NOTE,
                    Say.of("build.check.unknown"),
                    Say.of("build.check.disk.unknown", "root", facts.root()));
        }
        long needs = Builders.needsMb(compiles);
        boolean allowed = facts.writable() || !facts.there() && facts.mayBeRoot(true);
        boolean little = facts.diskMb() < needs;
        var key = !allowed ? "build.check.disk.closed" : little ? "build.check.disk.little" : "build.check.disk";
        return new HostCheck(
                Kind.DISK,
                !allowed || little ? State.BAD : facts.diskMb() < 2048 ? State.NOTE : State.GOOD,
                Say.of("build.check.bytes", "n", facts.diskMb() * MB),
                Say.of(
                        !allowed || little || facts.diskMb() >= 2048 ? key : "build.check.disk.small",
                        "n",
                        facts.diskMb() * MB,
                        "root",
                        facts.root(),
                        "needed",
                        needs * MB,
                        "user",
                        facts.user()));
    }

    private static HostCheck rights(HostFacts facts) {
        boolean none = facts.sudo().equals("none");
        return new HostCheck(
                Kind.RIGHTS,
                none ? State.NOTE : State.GOOD,
                Say.of("build.check.rights." + facts.sudo() + ".brief"),
                Say.of("build.check.rights." + facts.sudo(), "user", facts.user()));
    }

    private static HostCheck compiler(HostFacts facts, Optional<String> compiles) {
        boolean c = (facts.tools().contains("cc") || facts.tools().contains("gcc"))
                && facts.tools().contains("make");
        boolean cxx = compiles.filter(CXX.asMatchPredicate()).isEmpty()
                || facts.tools().contains("c++");
        if (c && cxx) {
            return new HostCheck(
                    Kind.COMPILER, State.GOOD, Say.of("build.check.compiler.brief"), Say.of("build.check.compiler"));
        }
        boolean installs = facts.mayBeRoot(true) && facts.tools().contains("apt-get");
        var key = compiles.isEmpty()
                ? "build.check.compiler.unneeded"
                : (c ? "build.check.compiler.cxx." : "build.check.compiler.") + (installs ? "installed" : "missing");
        return new HostCheck(
                Kind.COMPILER,
                compiles.isPresent() && !installs ? State.WARN : State.NOTE,
                Say.of(key + ".brief"),
                Say.of(key));
    }

    private static HostCheck clock(HostFacts facts) {
        long off = Math.abs(facts.skew());
        boolean wrong = off > 5000;
        return new HostCheck(
                Kind.CLOCK,
                wrong ? State.WARN : State.GOOD,
                wrong ? Say.of("build.check.millis", "t", off) : Say.of("build.check.clock.brief"),
                Say.of(wrong ? "build.check.clock.off" : "build.check.clock", "t", off));
    }

    private static HostCheck redis(HostFacts facts, List<Integer> ports, List<String> bind) {
        var taken = ports.stream()
                .flatMap(p -> java.util.stream.Stream.of(p, p + 10_000))
                .filter(p -> facts.taken(p, bind))
                .filter(p -> !facts.ours().contains(p) && !facts.ours().contains(p - 10_000))
                .sorted()
                .toList();
        if (facts.made().isPresent() && !facts.ours().isEmpty()) {
            return new HostCheck(
                    Kind.REDIS,
                    State.WARN,
                    Say.of("build.check.redis.ours.brief"),
                    Say.of(
                            "build.check.redis.ours",
                            "cluster",
                            facts.made().get().cluster(),
                            "root",
                            facts.root()));
        }
        if (!taken.isEmpty()) {
            return new HostCheck(
                    Kind.REDIS,
                    State.BAD,
                    Say.of("build.check.redis.taken.brief"),
                    Say.of("build.check.redis.taken", "ports", taken));
        }
        if (!facts.holds().isEmpty()) {
            return new HostCheck(
                    Kind.REDIS,
                    State.BAD,
                    Say.of("build.check.redis.data.brief"),
                    Say.of("build.check.redis.data", "files", facts.holds()));
        }
        var others = facts.running().stream()
                .filter(r -> facts.ours().stream().noneMatch(r::on))
                .map(r -> Say.of("build.check.redis.one", "where", r.where(), "user", r.user()))
                .toList();
        if (!others.isEmpty()) {
            return new HostCheck(
                    Kind.REDIS,
                    State.NOTE,
                    Say.of("build.check.redis.runs.brief", "n", others.size()),
                    Say.of("build.check.redis.runs", "n", others.size(), "each", others));
        }
        boolean runs = facts.listening().contains(6379);
        boolean installed = facts.tools().contains("redis-server");
        var key = "build.check.redis." + (runs ? "perhaps" : installed ? "installed" : "none");
        return new HostCheck(
                Kind.REDIS, runs || installed ? State.NOTE : State.GOOD, Say.of(key + ".brief"), Say.of(key));
    }

    /** The worst of them. */
    public static State worst(List<HostCheck> checks) {
        return checks.stream()
                .map(HostCheck::state)
                .max(java.util.Comparator.naturalOrder())
                .orElse(State.GOOD);
    }

    /** As part of a key. */
    public static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
