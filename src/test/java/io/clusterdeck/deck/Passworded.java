package io.clusterdeck.deck;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/** What tests of passwords share. */
final class Passworded {
    private Passworded() {}

    static OpenCluster opened(LocalCluster cluster, DeckApp deck) throws Exception {
        var open = deck.open("carts");
        cluster.until(
                "six answer",
                () -> open.watch().now().nodes().size() == cluster.servers().size()
                        && open.watch().now().nodes().values().stream().allMatch(n -> n.answers())
                        && open.spec().sites().size() == cluster.servers().size());
        return open;
    }

    static boolean lets(LocalCluster cluster, int i, String password) {
        return lets(cluster, i, "", password);
    }

    static boolean lets(LocalCluster cluster, int i, String user, String password) {
        try {
            return call(cluster, i, new Login(user, Optional.of(Secret.of(password))), "PING")
                    .equals("PONG");
        } catch (Failure refused) {
            return false;
        }
    }

    /** The answer of a node that is signed in to, or that lets everyone in. */
    static String call(LocalCluster cluster, int i, String password, String... command) throws Failure {
        return call(cluster, i, new Login("", Optional.of(Secret.of(password))), command);
    }

    private static String call(LocalCluster cluster, int i, Login login, String... command) throws Failure {
        try (var links = new LettuceLinks(Ways.DIRECT, () -> login);
                var link = links.act(cluster.server(i).address())) {
            return link.call(command).text();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }
}
