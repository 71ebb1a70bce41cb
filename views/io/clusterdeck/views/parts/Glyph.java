package io.clusterdeck.views.parts;

import javafx.scene.layout.Region;

/** A state as a small shape: told apart without colour, too. The shapes and colours lie in the style sheet. */
public final class Glyph extends Region {
    /** What a glyph may tell. */
    public enum Kind {
        /** A full disc. */
        OK,
        /** A ring: a replica that is well, or a note. */
        RING,
        NOTE,
        /** A triangle. */
        WARN,
        /** A diamond. */
        BAD,
        /** A cross. */
        GONE,
        /** Two bars: it is there and answers nothing. */
        SILENT,
        /** A dotted ring. */
        UNKNOWN,
        /** A check mark. */
        DONE,
        /** Three quarters of a ring: under way. */
        BUSY
    }

    private Kind kind;

    public Glyph(Kind kind) {
        this.kind = kind;
        getStyleClass().setAll("glyph", style(kind));
        setMinSize(USE_PREF_SIZE, USE_PREF_SIZE);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        setMouseTransparent(true);
    }

    public Kind kind() {
        return kind;
    }

    public void show(Kind now) {
        if (now != kind) {
            getStyleClass().set(1, style(now));
            kind = now;
        }
    }

    private static String style(Kind kind) {
        return "glyph-" + kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
