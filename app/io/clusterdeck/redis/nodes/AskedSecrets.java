package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The passwords that a file is to hold, which no journal does: those of named users are a secret of the ground, since no node tells them;
 * others are asked from the node, or where that is down from another.
 *
 * @param secret its name among those of the ground
 */
record AskedSecrets(Ops ops, NodeAddress node, String secret) {

    /** Blocks. @param running whether the node itself is asked */
    List<Unkept> of(Ground ground, List<String> directives, boolean running) throws Failure, InterruptedException {
        var known = new ArrayList<Unkept>();
        var named = directives.stream().filter(AskedSecrets::named).toList();
        if (!named.isEmpty()) {
            var password = ground.secret(secret).orElseThrow(AskedSecrets::gone);
            named.forEach(u -> known.add(new Unkept(u, password.reveal(), "")));
        }
        var others =
                directives.stream().filter(Predicate.not(AskedSecrets::named)).toList();
        if (!others.isEmpty() && !running) {
            var password = Guard.password(ops).orElseThrow(AskedSecrets::gone);
            others.forEach(name -> known.add(new Unkept(name, password.reveal(), "")));
        } else if (!others.isEmpty()) {
            asked(others, known);
        }
        return known;
    }

    private void asked(List<String> directives, List<Unkept> to) throws Failure, InterruptedException {
        try (var link = ops.links().act(node)) {
            for (var name : directives) {
                var asked = Unkept.user(name).isPresent() ? "requirepass" : name;
                to.add(new Unkept(name, Asking.setting(link, asked), ""));
            }
        }
    }

    private static boolean named(String directive) {
        return Unkept.user(directive).filter(u -> !u.equals(Unkept.DEFAULT)).isPresent();
    }

    private static NotAllowed gone() {
        return new NotAllowed(Say.of("config.password.gone"), Say.of("config.password.gone.next"));
    }
}
