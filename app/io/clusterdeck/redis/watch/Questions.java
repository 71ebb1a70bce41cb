package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions to one node and remembers which it refuses: such a command is recorded by name, asked again only after a while (each
 * refusal may be a line in the node's ACL log), and the others go on. Used by one thread.
 */
final class Questions {

    private static final Duration REFUSED_AGAIN = Duration.ofSeconds(10);

    private final Link link;
    private final Cost cost;
    private Duration limit = Duration.ofSeconds(1);
    private final Map<String, String> refused = new HashMap<>();
    private final Map<String, Instant> refusedAt = new HashMap<>();

    Questions(Link link, Cost cost) {
        this.link = link;
        this.cost = cost;
    }

    /** How long an answer may take from now on before the node counts as silent. A healthy one answers within a few round trips. */
    void limit(Duration limit) {
        this.limit = limit;
    }

    /** Of what it was asked to tell, and of what it was asked to do. */
    Map<String, String> refused() {
        var all = new HashMap<>(link.refused());
        all.putAll(refused);
        return Map.copyOf(all);
    }

    /** Something answered in a way that we do not understand. */
    void odd(String name, String told) {
        refused.put(name, told);
    }

    /** Nothing when it is refused. */
    @Nullable
    Reply one(String... command) throws Failure, InterruptedException {
        return ask(Collections.singletonList(command)).get(String.join(" ", command));
    }

    /** The answers by the commands as they were asked; those that are refused are left out. */
    Map<String, Reply> ask(List<String[]> commands) throws Failure, InterruptedException {
        var asked = commands.stream().filter(c -> !rests(name(c))).toList();
        var told = new HashMap<String, Reply>();
        if (asked.isEmpty()) {
            return told;
        }
        asked.forEach(c -> cost.asked(c[0].toLowerCase(Locale.ROOT)));
        var replies = link.callAll(limit, asked);
        for (int i = 0; i < replies.size(); i++) {
            var name = name(asked.get(i));
            if (replies.get(i) instanceof Reply.Refused no) {
                refused(name, no);
            } else {
                refused.remove(name);
                refusedAt.remove(name);
                told.put(String.join(" ", asked.get(i)), replies.get(i));
            }
        }
        return told;
    }

    private static String name(String... command) {
        return command[0].equals("INFO") ? "INFO" : command[0] + " " + command[1];
    }

    private boolean rests(String name) {
        var last = refusedAt.get(name);
        return last != null && last.plus(REFUSED_AGAIN).isAfter(Instant.now());
    }

    private void refused(String name, Reply.Refused no) throws Failure {
        switch (no.code()) {
            // for a while only: loading its data, running a script, no master
            case "LOADING", "BUSY", "MASTERDOWN" -> {}
            case "NOAUTH" ->
                throw new SignInRefused(
                        Say.of("link.wants-password", "node", link.to()), Say.of("link.wants-password.next"));
            default -> {
                refused.put(name, no.message());
                refusedAt.put(name, Instant.now());
            }
        }
    }
}
