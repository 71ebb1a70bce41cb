package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.Failure;

/**
 * Lets a node read its certificate anew. From 7.0 on it does so whenever tls-cert-file is set, be it to what it was (VOLATILE_CONFIG in
 * config.c); before, whenever a switch of TLS is set (updateTlsCfgBool). So both are set to what they are: no setting changes.
 */
final class Reloading {

    private Reloading() {}

    static boolean now(Member node, Link link) throws Failure, InterruptedException {
        for (var directive : new String[] {"tls-prefer-server-ciphers", "tls-cert-file"}) {
            if (link.call("CONFIG", "GET", directive) instanceof Reply.Many(var items) && items.size() == 2) {
                Convergence.text(
                        node,
                        link.call("CONFIG", "SET", directive, items.getLast().text()));
            }
        }
        return true;
    }
}
