package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Step;
import io.clusterdeck.ssh.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The edits of a plan for several nodes: a file that several of them include is written once, where it is to say the same for all. */
final class SharedEdits {
    private final Map<String, KeepStep> files = new LinkedHashMap<>();

    /** Takes up a node's edits; or none, where an earlier one makes another text of one of the files: that edit. */
    Optional<KeepStep> take(List<KeepStep> edits) {
        for (var edit : edits) {
            var before = files.get(file(edit));
            if (before != null && !text(before).equals(text(edit))) {
                return Optional.of(before);
            }
        }
        edits.forEach(edit -> files.putIfAbsent(file(edit), edit));
        return Optional.empty();
    }

    List<Step> all() {
        return List.copyOf(files.values());
    }

    private static String file(KeepStep edit) {
        return edit.on() + ":" + edit.path();
    }

    private static Optional<String> text(KeepStep edit) {
        return edit.whole().map(Secret::reveal);
    }
}
