package io.clusterdeck.views.console;

import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.redis.console.Guard;
import io.clusterdeck.redis.console.Typed;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.List;

/** A command that the console never sends: why, and the line that does it in a terminal. Any thread. */
final class Elsewhere {

    private Elsewhere() {}

    /**
     * @param on the node's host
     * @param typed what {@link Guard#refusal} refuses
     */
    static NotAllowed instead(ClusterSpec spec, HostName on, NodeAddress node, Typed typed) {
        var why = Guard.refusal(typed).orElseThrow();
        var line = new ByHand(spec).redis(on, node, words(why, typed));
        return new NotAllowed(
                Say.of("console.never", "command", typed.upper(0)), Say.of("console.never." + why, "line", line));
    }

    private static List<String> words(String why, Typed typed) {
        return switch (why) {
            case "debug" -> List.of("--ldb", "--eval", "FILE");
            case "servers" -> List.of("--rdb", "FILE");
            default -> pasteable(typed) ? typed.words() : List.of();
        };
    }

    /** A terminal takes control characters for keys, whatever quotes they stand in; and a shell's history keeps what it reads. */
    private static boolean pasteable(Typed typed) {
        return !typed.secret()
                && typed.words().stream().flatMapToInt(String::chars).noneMatch(Character::isISOControl);
    }
}
