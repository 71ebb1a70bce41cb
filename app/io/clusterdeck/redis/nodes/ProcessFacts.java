package io.clusterdeck.redis.nodes;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a host says of a server process ({@code process.sh facts}).
 *
 * @param presence whether it runs, and whether we may look at it
 * @param pid 0 when it does not run
 * @param start clock ticks since boot: with the pid it names a process for good
 * @param exe its program, as the kernel knows it
 * @param server the name by which that is started as a server
 * @param listens whether this process holds the listening port
 * @param state one letter of /proc/PID/stat; T is stopped
 * @param nofile its limit of open files; empty when unknown
 * @param env lines NAME=value of the few variables that change how a server behaves
 * @param unit its systemd unit, if it is the unit's main process
 * @param restart the unit's Restart=; empty without a unit
 * @param stopLimit after which systemd sends SIGKILL to a unit that is stopping, such as {@code 1min 30s}; empty when it never does
 * @param held where others listen on its port, {@code *} for all addresses; only where one of them is there
 * @param rootNeeded whether signals to it, or its start, need root
 */
public record ProcessFacts(
        Presence presence,
        long pid,
        String start,
        String exe,
        String server,
        String cwd,
        String user,
        boolean listens,
        String state,
        String nofile,
        String env,
        Optional<String> unit,
        String restart,
        Optional<String> stopLimit,
        List<String> held,
        boolean rootNeeded) {
    public enum Presence {
        FOUND,
        GONE,
        /** It is there, and belongs to somebody whose processes we may not look at. */
        HIDDEN,
        /** Its port is held by a process that works in another folder: not this node's. */
        OTHER
    }

    /**
     * @param asRoot whether it could be told only as root
     * @param owner the account that the node is known to run as; empty when unknown
     */
    static ProcessFacts of(Exit exit, boolean asRoot, Optional<String> owner) {
        var presence = switch (exit.fact("process").orElse("")) {
            case "found" -> Presence.FOUND;
            case "hidden" -> Presence.HIDDEN;
            case "other" -> Presence.OTHER;
            default -> Presence.GONE;
        };
        var unit = exit.fact("unit").filter(u -> !u.isEmpty());
        var login = exit.fact("login").orElse("");
        var foreign = exit.fact("user").or(() -> owner).filter(u -> !u.equals(login));
        return new ProcessFacts(
                presence,
                exit.fact("pid").map(ProcessFacts::number).orElse(0L),
                exit.fact("start").orElse(""),
                exit.fact("exe").orElse(""),
                exit.fact("server").or(() -> exit.fact("exe")).orElse(""),
                exit.fact("cwd").orElse(""),
                exit.fact("user").orElse(""),
                exit.fact("listens").filter("yes"::equals).isPresent(),
                exit.fact("state").orElse(""),
                exit.fact("nofile").orElse(""),
                exit.fact("env").orElse(""),
                unit,
                exit.fact("restart").orElse(""),
                exit.fact("stop_limit").filter(t -> !t.isEmpty() && !t.equals("infinity")),
                exit.fact("held").stream()
                        .flatMap(h -> Arrays.stream(h.split(" ")))
                        .filter(h -> !h.isEmpty())
                        .toList(),
                asRoot || foreign.isPresent() || unit.isPresent());
    }

    public boolean found() {
        return presence == Presence.FOUND;
    }

    /**
     * Where a unit with {@code Restart=} brings the node back, perhaps before anyone noticed, perhaps emptied.
     *
     * @param graceful whether it ends by itself when asked, which is no failure (systemd.service)
     */
    public Optional<Say> revives(boolean graceful) {
        var after =
                graceful ? Set.of("always", "on-success") : Set.of("always", "on-failure", "on-abnormal", "on-abort");
        return after.contains(restart)
                ? unit.map(u -> Say.of("nodes.impact.unit-restarts", "unit", u, "restart", restart))
                : Optional.empty();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException odd) {
            return 0;
        }
    }
}
