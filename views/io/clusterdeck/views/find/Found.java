package io.clusterdeck.views.find;

import java.util.Optional;

/**
 * Something that can be found and opened.
 *
 * @param title its name as the operator would type it
 * @param more where it belongs, searched as well; may be empty
 * @param also what it is called elsewhere, searched and not shown: an operator types {@code kill} in every language; may be empty
 * @param keys the shortcut that does the same, as it is printed on keys; may be empty
 * @param off why it cannot be done now; then it is shown dimmed with this reason
 * @param open done on the FX thread, after the palette was closed
 */
public record Found(
        Kind kind, String title, String more, String also, String keys, Optional<String> off, Runnable open) {
    /** In the order in which equals are listed. */
    public enum Kind {
        CLUSTER,
        PAGE,
        NODE,
        HOST,
        ACTION,
        SETTING
    }

    public static Found of(Kind kind, String title, String more, Runnable open) {
        return new Found(kind, title, more, "", "", Optional.empty(), open);
    }

    /** The same, off for a reason that is empty when it is not. */
    public Found off(String why) {
        return new Found(kind, title, more, also, keys, why.isEmpty() ? Optional.empty() : Optional.of(why), open);
    }

    public Found keys(String shortcut) {
        return new Found(kind, title, more, also, shortcut, off, open);
    }

    public Found also(String names) {
        return new Found(kind, title, more, names, keys, off, open);
    }
}
