package io.clusterdeck.views.parts;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** What the operator takes along to paste it elsewhere. FX thread. */
public final class Copied {
    private Copied() {}

    /** Puts a text on the clipboard. */
    public static void text(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
