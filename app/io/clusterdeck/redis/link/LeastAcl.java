package io.clusterdeck.redis.link;

import java.util.List;

/** The least that an ACL user must be allowed for watching: nothing that writes, no keys, no channels. Tested on a real server. */
public final class LeastAcl {

    /** 6.2 knows permission for one subcommand as {@code +config|get}. */
    private static final List<String> COMMANDS =
            List.of("+cluster|info", "+cluster|nodes", "+cluster|myid", "+info", "+config|get", "+client|setname");

    private LeastAcl() {}

    /** As an argument of ACL SETUSER, or a line of an ACL file after {@code user NAME on >PASSWORD}. */
    public static String text() {
        return "resetkeys resetchannels -@all " + String.join(" ", COMMANDS);
    }
}
