package io.clusterdeck.ssh;

import java.util.List;
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

    public HostSpec {
        keys = List.copyOf(keys);
    }

    /** A host that is named as it is addressed, with everything else by default. */
    public static HostSpec of(String address) {
        return new HostSpec(new HostName(address), address, 0, null, List.of(), null, true);
    }

    /** Whether this computer itself is meant. */
    public boolean local() {
        return address.equals("local");
    }
}
