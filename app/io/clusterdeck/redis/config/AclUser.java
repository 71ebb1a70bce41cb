package io.clusterdeck.redis.config;

import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a node lets a user in with ({@code ACL GETUSER}, 6.0 and later): it knows passwords by their SHA-256, and takes new ones in that
 * form ({@code #…}), so that the clear text travels only where {@code masterauth} and {@code requirepass} want it.
 *
 * @param hashes in small hex digits
 * @param open whether any password will do
 */
record AclUser(List<String> hashes, boolean open) {

    /** Nothing where the node knows no such user; fails where it does not tell. */
    static Optional<AclUser> of(Link link, String user) throws Failure, InterruptedException {
        var reply = link.call("ACL", "GETUSER", user);
        if (reply instanceof Reply.Nil) {
            return Optional.empty();
        }
        if (!(reply instanceof Reply.Many)) {
            throw new NotAllowed(
                    Say.of("nodes.refused", "node", link.to(), "command", "ACL GETUSER", "why", reply.text()),
                    Say.of("nodes.refused.next"));
        }
        return Optional.of(
                new AclUser(part(reply, "passwords"), part(reply, "flags").contains("nopass")));
    }

    /** The words behind a word. */
    private static List<String> part(Reply reply, String name) {
        if (reply instanceof Reply.Many all) {
            for (int i = 0; i + 1 < all.items().size(); i += 2) {
                if (all.items().get(i).text().equals(name) && all.items().get(i + 1) instanceof Reply.Many words) {
                    return words.items().stream().map(Reply::text).toList();
                }
            }
        }
        return List.of();
    }

    static String hash(Secret password) {
        return Packed.sha256(password.reveal().getBytes(StandardCharsets.UTF_8));
    }

    boolean admits(Secret password) {
        return !open && hashes.contains(hash(password));
    }

    boolean admitsOnly(Secret password) {
        return !open && hashes.equals(List.of(hash(password)));
    }
}
