package io.clusterdeck.views.parts;

import javafx.scene.control.Label;

/** A word of state in a rounded field, with its glyph. */
public final class Chip extends Label {
    private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);

    public Chip() {
        getStyleClass().addAll("chip", "chip-none");
        setGraphic(glyph);
        setMinWidth(USE_PREF_SIZE);
    }

    /** @param tone ok, warn, bad, busy or none */
    public void show(Glyph.Kind kind, String tone, String words) {
        glyph.show(kind);
        getStyleClass().removeIf(s -> s.startsWith("chip-"));
        getStyleClass().add("chip-" + tone);
        setText(words);
    }
}
