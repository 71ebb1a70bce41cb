package io.clusterdeck.views.parts;

import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** What had the focus before something was laid over the page: it has it again when that goes, if it is still there. FX thread. */
public final class FocusBack {
    private @Nullable Node before;

    /** @param over what comes to lie over the page, in its scene */
    public void remember(Node over) {
        before = over.getScene() == null ? null : over.getScene().getFocusOwner();
    }

    public void giveBack() {
        if (before != null) {
            before.requestFocus();
        }
        before = null;
    }
}
