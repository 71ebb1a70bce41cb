package io.clusterdeck.views.notice;

import io.clusterdeck.say.Say;
import io.clusterdeck.views.parts.Glyph;
import java.util.Optional;

/**
 * One thing that is told without being asked.
 *
 * @param more a second line, in place of nothing
 * @param way what can be done about it, such as taking it back
 */
public record Notice(Glyph.Kind kind, Say what, Optional<Say> more, Optional<Way> way) {
    /**
     * A button of a notice.
     *
     * @param key its words
     */
    public record Way(String key, Runnable go) {}

    public static Notice of(Glyph.Kind kind, Say what) {
        return new Notice(kind, what, Optional.empty(), Optional.empty());
    }

    public Notice more(Say line) {
        return new Notice(kind, what, Optional.of(line), way);
    }

    public Notice way(String key, Runnable go) {
        return new Notice(kind, what, more, Optional.of(new Way(key, go)));
    }
}
