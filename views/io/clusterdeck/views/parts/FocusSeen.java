package io.clusterdeck.views.parts;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Lets whoever works by keyboard see where the focus is, wherever it came from. JavaFX marks it only where Tab or an arrow took it, not
 * where the program put it: on the first control of a page, on a question, back where it was before one. After a click it is not marked.
 * What has the focus is scrolled into sight, and where nothing has it any more it is found a place. FX thread.
 */
public final class FocusSeen {
    private static final PseudoClass MARK = PseudoClass.getPseudoClass("focus-visible");

    private final Scene scene;
    private final Runnable lost;
    private boolean byKey;
    private Subscription followed = Subscription.EMPTY;

    private FocusSeen(Scene scene, Runnable lost) {
        this.scene = scene;
        this.lost = lost;
    }

    /** @param lost gives it to something, when by keyboard nothing has the focus any more */
    public static void in(Scene scene, Runnable lost) {
        var seen = new FocusSeen(scene, lost);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            seen.byKey |= !e.getCode().isModifierKey();
            seen.mark();
        });
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, e -> seen.byKey = false);
        scene.focusOwnerProperty().subscribe(seen::moved);
    }

    private void moved(@Nullable Node was, @Nullable Node now) {
        followed.unsubscribe();
        if (was != null) {
            was.pseudoClassStateChanged(MARK, false);
        }
        // JavaFX takes the mark away from what had it by Tab and is asked for the focus once more
        followed = now == null ? Subscription.EMPTY : now.focusVisibleProperty().subscribe(v -> mark());
        Laid.out(scene, this::settle); // of what went, JavaFX has taken the focus by then
    }

    private void mark() {
        var owner = scene.getFocusOwner();
        if (byKey && owner != null) {
            owner.pseudoClassStateChanged(MARK, true);
        }
    }

    private void settle() {
        var owner = scene.getFocusOwner();
        if (owner != null) {
            Reveal.show(owner, byKey);
        } else if (byKey) {
            lost.run();
        }
    }
}
