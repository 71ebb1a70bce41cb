package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.conf.ConfLines;
import io.clusterdeck.redis.conf.ConfTree;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.redis.conf.UserLines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A setting that lives only in the running server: a restart goes back to what the file says.
 *
 * @param directive in the file's spelling where it stands there; {@code user} for the lines of the user default,
 *     {@code user:NAME} for those of another, of which only passwords count
 * @param running its value; of a secret too, so never shown but by {@link #shown}
 * @param file what the file says, or what counts where it is silent
 */
public record Unkept(String directive, String running, String file) {

    static final String DEFAULT = "default";

    private static final String USER = UserLines.NAME + ":";

    /** Folders are not edited from here: a start in another one would find no data. */
    private static final Set<String> NOT_OURS = Set.of("dir", "logfile", "port", "tls-port", "bind", "replicaof");

    /**
     * All of them, by name. Pure.
     *
     * @param running CONFIG GET, with the secrets where they are known
     * @param version of the server, {@code 6.2.3}
     */
    public static List<Unkept> of(Map<String, String> running, ConfLines file, String version) {
        var found = new ArrayList<Unkept>();
        if (!file.whole()) {
            return found; // the missing file may say it
        }
        var names = new HashSet<String>();
        for (var entry : new TreeMap<>(running).entrySet()) {
            var name = Directive.name(entry.getKey());
            if (NOT_OURS.contains(name) || Directive.fixed(name, version) || !names.add(name)) {
                continue;
            }
            var says = said(file, name, version);
            if (says != null
                    && !Directive.same(name, says.value(), entry.getValue())
                    && !lowered(name, says.value(), entry.getValue())) {
                found.add(new Unkept(says.word(), entry.getValue(), says.value()));
            }
        }
        var password = running.getOrDefault("requirepass", "");
        boolean lost = found.stream().anyMatch(u -> u.directive().equals("requirepass"));
        if (lost && !password.isEmpty()) {
            letting(file, DEFAULT, password).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** The line of that user, where it does not let in with this password only. That of {@code default} counts more than {@code requirepass}. */
    public static Optional<Unkept> letting(ConfLines file, String user, String password) {
        return UserLines.says(file, user) && !UserLines.admitsOnly(file, user, password)
                ? Optional.of(new Unkept(user.equals(DEFAULT) ? UserLines.NAME : USER + user, password, Directive.MASK))
                : Optional.empty();
    }

    /** Whose lines a directive stands for; nothing for other directives. */
    static Optional<String> user(String directive) {
        if (directive.equals(UserLines.NAME)) {
            return Optional.of(DEFAULT);
        }
        return directive.startsWith(USER) ? Optional.of(directive.substring(USER.length())) : Optional.empty();
    }

    /** How its lines begin. */
    String word() {
        return user(directive).isPresent() ? UserLines.NAME : directive;
    }

    /**
     * What counts of a directive after a start.
     *
     * @param word its spelling in the file, else that of the server's release
     * @param stated whether the file says it itself
     */
    public record Said(String word, String value, boolean stated) {}

    /** Nothing where a silent file means something that we do not know. */
    public static @Nullable Said said(ConfLines file, String name, String version) {
        for (var word : spellings(name)) {
            var lines = file.all(word);
            if (!lines.isEmpty()) {
                return new Said(word, Directive.joined(name, lines), true);
            }
        }
        return Directive.standard(name, version)
                .map(v ->
                        new Said(name.replace("listpack", version.startsWith("6.") ? "ziplist" : "listpack"), v, false))
                .orElse(null);
    }

    private static List<String> spellings(String name) {
        return List.of(name, name.replace("replica", "slave"), name.replace("listpack", "ziplist"));
    }

    /** A server lowers it by itself to what its limit of open files allows. */
    public static boolean lowered(String name, String file, String running) {
        return name.equals("maxclients")
                && file.matches("\\d{1,18}")
                && running.matches("\\d{1,18}")
                && Long.parseLong(running) < Long.parseLong(file);
    }

    public boolean secret() {
        return Directive.secret(word());
    }

    /** {@code maxmemory 100mb (0)}, of a secret only its name. */
    public String shown() {
        return "%s %s (%s)".formatted(directive, value(running), value(file));
    }

    private String value(String value) {
        return value.isEmpty() ? "\"\"" : secret() ? Directive.MASK : value;
    }

    @Override
    public String toString() {
        return shown();
    }

    /** Each where it counts. */
    static ConfTree kept(ConfTree files, List<Unkept> all) {
        var kept = files;
        for (var one : all) {
            var user = user(one.directive());
            kept = user.isPresent()
                    ? kept.letting(user.get(), one.running())
                    : kept.set(one.directive(), Directive.lines(one.directive(), one.running()));
        }
        return kept;
    }

    /** The file with all of them in it. */
    public static RedisConf kept(RedisConf file, List<Unkept> all) {
        var kept = file;
        for (var one : all) {
            var user = user(one.directive());
            kept = user.isPresent()
                    ? kept.letting(user.get(), one.running())
                    : kept.set(one.directive(), Directive.lines(one.directive(), one.running()));
        }
        return kept;
    }
}
