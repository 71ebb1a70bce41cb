package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.views.look.Look;
import java.util.Optional;
import javafx.scene.layout.VBox;

/** Whether the chosen node may be away. */
final class SafeSection extends VBox {
    private final SafeView view;

    /** @param onMake asked for the plan that makes it safe */
    SafeSection(Look look, Runnable onMake) {
        view = new SafeView(look, onMake);
        setId("inspect-safe");
        getStyleClass().add("section");
        getChildren().addAll(look.label("safety.view.node", "section-title"), view);
    }

    /** @param may whether actions are on */
    void show(Optional<Safety> safety, boolean may) {
        view.show(safety, may);
    }
}
