package io.clusterdeck.ssh;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a host is and how to sign in. Holds no secret: those are asked from {@link Asker} by name.
 *
 * @param name the operator's name for it
 * @param address an address, a name, or an alias of {@code ~/.ssh/config}; {@code local} means this computer, without SSH
 * @param port 0 when the ssh configuration or the default decides
 * @param user null when the ssh configuration or the present user decides
 * @param keys private key files to try; empty means the configuration's, the agent's and the usual ones
 * @param jump the host through which it is reached, by its name or alias; null for none
 * @param password whether a password may be asked for signing in
 */
public record HostSpec(
        HostName name,
        String address,
        int port,
        @Nullable String user,
        List<String> keys,
        @Nullable String jump,
        boolean password) {

    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]+]|[^:]+):(\\d{1,5})");

    public HostSpec {
        keys = List.copyOf(keys);
    }

    /** A host that is named as it is addressed, with everything else by default. */
    public static HostSpec of(String address) {
        return new HostSpec(new HostName(address), address, 0, null, List.of(), null, true);
    }

    /**
     * As people write it: {@code address}, {@code user@address}, {@code address:port}; an IPv6 address with a port wants brackets. Before a
     * comma stands what it is reached through: {@code outer,user@inner}.
     */
    public static HostSpec parse(String target) {
        int comma = target.lastIndexOf(',');
        if (comma > 0) {
            var last = parse(target.substring(comma + 1).strip());
            var jump = target.substring(0, comma).strip();
            return new HostSpec(last.name, last.address, last.port, last.user, last.keys, jump, last.password);
        }
        int at = target.lastIndexOf('@');
        var user = at > 0 ? target.substring(0, at) : null;
        var address = target.substring(at > 0 ? at + 1 : 0);
        int port = 0;
        var withPort = WITH_PORT.matcher(address);
        if (withPort.matches()) {
            address = withPort.group(1);
            port = Integer.parseInt(withPort.group(2));
        }
        if (address.startsWith("[") && address.endsWith("]")) {
            address = address.substring(1, address.length() - 1);
        }
        return new HostSpec(new HostName(address), address, port, user, List.of(), null, true);
    }

    /** The account that signs in; empty where only the ssh configuration knows it. */
    public Optional<String> login() {
        return local() ? Optional.of(System.getProperty("user.name")) : Optional.ofNullable(user);
    }

    /** As {@link #parse} reads it. */
    public String line() {
        var account = user == null ? "" : user + "@";
        var place = port == 0 ? address : (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        return (jump == null ? "" : jump + ",") + account + place;
    }

    /** Whether this computer itself is meant. */
    public boolean local() {
        return local(address);
    }

    /** Whether this address means this computer itself. */
    public static boolean local(String address) {
        return address.equals("local");
    }
}
