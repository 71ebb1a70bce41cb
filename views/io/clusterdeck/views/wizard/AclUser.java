package io.clusterdeck.views.wizard;

import io.clusterdeck.ssh.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The line of a user in redis.conf. */
final class AclUser {

    /**
     * What clients of a cluster send before the first key. Before 7.0 all of CLUSTER and CLIENT is {@code admin} (server.c), and a
     * subcommand can be added to a command only where that is not allowed as a whole (acl.c).
     */
    private static final String CLIENTS = " +cluster|slots +cluster|shards +cluster|nodes +cluster|info +cluster|myid"
            + " +cluster|keyslot +client|setname +client|getname +client|id";

    private AclUser() {}

    /**
     * The password stands there as its SHA-256 only, as Redis itself would write it.
     *
     * @param channels whether the release knows rights on channels (from 6.2 on)
     */
    static String line(String name, Secret password, ConfModel.Rights rights, boolean channels) {
        return name + " on #" + sha256(password) + " ~*" + (channels ? " &*" : "")
                + switch (rights) {
                    case ALL -> " +@all";
                    case DATA -> " +@all -@admin -@dangerous" + CLIENTS;
                    case READ -> " +@read +@connection -client" + CLIENTS + " +readonly +readwrite +asking";
                };
    }

    private static String sha256(Secret password) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(password.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
