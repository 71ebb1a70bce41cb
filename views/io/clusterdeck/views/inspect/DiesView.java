package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Paragraphs;
import java.util.Optional;
import javafx.scene.layout.VBox;

/** What it would cost to lose the chosen node now. */
final class DiesView extends VBox {
    private final Look look;
    private final Paragraphs says = new Paragraphs(6);

    DiesView(Look look) {
        this.look = look;
        setId("inspect-dies");
        getStyleClass().add("section");
        says.getStyleClass().add("dies");
        getChildren().addAll(look.label("views.inspect.dies", "section-title"), says);
        show(Optional.empty());
    }

    void show(Optional<Impact> impact) {
        says.say(impact.stream()
                .flatMap(i -> i.says().stream())
                .map(look.tongue()::say)
                .toList());
        boolean data = impact.filter(i -> i.stake() == Impact.Stake.DATA).isPresent();
        if (data != says.getStyleClass().contains("dies-data")) {
            if (data) {
                says.getStyleClass().add("dies-data");
            } else {
                says.getStyleClass().remove("dies-data");
            }
        }
        setVisible(impact.isPresent());
        setManaged(impact.isPresent());
    }
}
