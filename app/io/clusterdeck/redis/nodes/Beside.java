package io.clusterdeck.redis.nodes;

import java.util.List;
import java.util.regex.Pattern;

/** Whether two can listen on one port of a host. */
public final class Beside {
    private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    private Beside() {}

    /**
     * Whether others hold the port at addresses of their own only, beside which a server can listen at its.
     *
     * @param binds words of its directive {@code bind}; none where it listens at all addresses
     * @param held where others listen, as {@code held} of lib/ports.sh tells it
     */
    public static boolean can(List<String> binds, List<String> held) {
        var own = binds.stream().map(b -> b.replaceFirst("^-", "")).toList();
        boolean plain = own.stream().allMatch(b -> IPV4.matcher(b).matches() && !b.equals("0.0.0.0"));
        return plain
                && !own.isEmpty()
                && !held.isEmpty()
                && held.stream().allMatch(h -> !h.equals("*") && !own.contains(h));
    }
}
