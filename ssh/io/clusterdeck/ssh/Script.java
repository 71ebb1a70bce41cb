package io.clusterdeck.ssh;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One invocation of a script from {@code resources/remote/}.
 *
 * @param resource the file's name without path and ending, such as {@code facts}
 * @param verb {@code check}, {@code apply}, or another that the script knows
 * @param args values for the script, passed quoted as {@code name=value}; any character but NUL
 * @param secrets values that the script asks for by name ({@code ask NAME}); they travel over stdin only
 * @param sudo whether it must run as root; ignored where the user is root already
 * @param limit after which it is ended as a failure
 */
public record Script(
        String resource,
        String verb,
        Map<String, String> args,
        Map<String, Secret> secrets,
        boolean sudo,
        Duration limit) {

    /** What every script may use, in the order in which it stands before one; resources as well. */
    public static final List<String> LIBRARY =
            List.of("lib/marks", "lib/processes", "lib/accounts", "lib/ports", "lib/folders", "lib/aof", "lib/built");

    public Script {
        args = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(args));
        secrets = Map.copyOf(secrets);
    }

    public static Script of(String resource, String verb) {
        return new Script(resource, verb, Map.of(), Map.of(), false, Duration.ofMinutes(1));
    }

    public Script with(String name, Object value) {
        var more = new LinkedHashMap<>(args);
        more.put(name, value.toString());
        return new Script(resource, verb, more, secrets, sudo, limit);
    }

    public Script secret(String name, Secret value) {
        var more = new LinkedHashMap<>(secrets);
        more.put(name, value);
        return new Script(resource, verb, args, more, sudo, limit);
    }

    public Script asRoot() {
        return new Script(resource, verb, args, secrets, true, limit);
    }

    public Script within(Duration limit) {
        return new Script(resource, verb, args, secrets, sudo, limit);
    }
}
