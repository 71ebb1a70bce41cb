package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.views.fx.Followed;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Paragraphs;
import java.util.List;
import java.util.Optional;
import javafx.scene.layout.VBox;

/** What it would cost to lose the chosen node now. Asked again when the cluster's shape has changed, not with every tick. */
final class DiesView extends VBox {
    private final Look look;
    private final Live live;
    private final Paragraphs says = new Paragraphs(6);
    private final Followed<Optional<Impact>> question = new Followed<>();
    private List<?> asked = List.of();
    private boolean alive;
    private Optional<Impact> impact = Optional.empty();

    DiesView(Look look, Live live) {
        this.look = look;
        this.live = live;
        getStyleClass().add("section");
        says.getStyleClass().add("dies");
        getChildren().addAll(look.label("views.inspect.dies", "section-title"), says);
        look.tongue().wordsProperty().subscribe(w -> paint());
        paint();
    }

    void show(Node node) {
        var now = List.of(node.id(), live.shape());
        if (now.equals(asked)) {
            return;
        }
        asked = now;
        alive = node.answers();
        if (!alive) {
            impact = Optional.empty();
            paint();
            return;
        }
        question.ask(
                "impact of " + node.id().brief(), () -> live.cluster().nodes().death(node.id()), found -> {
                    if (alive && asked.getFirst().equals(node.id())) {
                        impact = found;
                        paint();
                    }
                });
    }

    private void paint() {
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
