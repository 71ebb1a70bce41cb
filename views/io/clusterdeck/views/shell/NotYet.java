package io.clusterdeck.views.shell;

import io.clusterdeck.say.Failure;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Turning;
import io.clusterdeck.views.parts.Wrapped;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/** What stands in a cluster's place before it is open, or when it could not be opened. */
final class NotYet {
    private NotYet() {}

    static VBox opening(Look look, String cluster) {
        return message(
                new Turning(28),
                look.tongue().say("views.opening", "name", cluster),
                look.tongue().say("views.opening.why"));
    }

    /** @param again tries once more */
    static VBox failed(Look look, Failure failure, Runnable again) {
        var box = message(
                new Glyph(Glyph.Kind.BAD),
                look.tongue().say(failure.what()),
                look.tongue().say(failure.next()));
        box.getChildren().add(look.button("views.again", again));
        return box;
    }

    private static VBox message(Node mark, String title, String text) {
        var box = new VBox(12, mark, new Wrapped(title, "h2"), new Wrapped(text, "muted"));
        box.setAlignment(Pos.CENTER);
        box.setMaxWidth(520);
        return box;
    }
}
