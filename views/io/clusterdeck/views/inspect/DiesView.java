package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.layout.VBox;

/** What it would cost to lose the chosen node now. Asked again when the cluster's shape has changed, not with every tick. */
final class DiesView extends VBox {
    private final Look look;
    private final Live live;
    private final VBox says = new VBox(6);
    private int asked;
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
        int hash = node.id().hashCode();
        for (var n : live.state().nodes().values()) {
            hash = 31 * hash + Objects.hash(n.id(), n.role(), n.master(), n.answers(), n.failed(), n.slotCount());
        }
        int shape = hash;
        if (shape == asked) {
            return;
        }
        asked = shape;
        if (!node.answers()) {
            impact = Optional.empty();
            paint();
            return;
        }
        Work.begin(
                "impact of " + node.id().brief(),
                () -> live.cluster().nodes().death(node.id()),
                found -> {
                    if (shape == asked) {
                        impact = found;
                        paint();
                    }
                },
                failure -> {});
    }

    private void paint() {
        says.getChildren()
                .setAll(impact.stream()
                        .flatMap(i -> i.says().stream())
                        .map(say -> new Wrapped(look.tongue().say(say)))
                        .toList());
        says.getStyleClass().removeAll("dies-data");
        if (impact.filter(i -> i.stake() == Impact.Stake.DATA).isPresent()) {
            says.getStyleClass().add("dies-data");
        }
        setVisible(impact.isPresent());
        setManaged(impact.isPresent());
    }
}
