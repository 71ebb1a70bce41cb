package io.clusterdeck.views.parts;

import javafx.scene.control.Label;

/** A word of state in a rounded field, with its glyph. */
public final class Chip extends Label {
    private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);
    private String style = "chip-none";

    public Chip() {
        getStyleClass().addAll("chip", style);
        setGraphic(glyph);
        setMinWidth(USE_PREF_SIZE);
    }

    /** @param tone ok, warn, bad, busy or none */
    public void show(Glyph.Kind kind, String tone, String words) {
        glyph.show(kind);
        var now = "chip-" + tone;
        if (!now.equals(style)) {
            getStyleClass().set(getStyleClass().indexOf(style), now);
            style = now;
        }
        setText(words);
    }
}
