package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.layout.VBox;

/** Whether the chosen node may be away. Asked again when the cluster's shape has changed, not with every tick. */
final class SafeSection extends VBox {
    private final Live live;
    private final SafeView view;
    private int asked;
    private Optional<Safety> safety = Optional.empty();
    private Optional<NodeId> of = Optional.empty();

    SafeSection(Look look, Live live) {
        this.live = live;
        this.view = new SafeView(look, () -> of.ifPresent(id -> live.wish(new Wish.ClearNode(id))));
        setId("inspect-safe");
        getStyleClass().add("section");
        getChildren().addAll(look.label("safety.view.node", "section-title"), view);
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    void show(Node node) {
        int hash = node.id().hashCode();
        for (var n : live.state().nodes().values()) {
            hash = 31 * hash
                    + Objects.hash(
                            n.id(), n.role(), n.master(), n.answers(), n.failed(), n.slotCount(), live.readOnly());
        }
        int shape = hash;
        if (shape == asked) {
            return;
        }
        asked = shape;
        if (!of.equals(Optional.of(node.id()))) {
            safety = Optional.empty();
        }
        of = Optional.of(node.id());
        paint();
        Work.begin(
                "safety of " + node.id().brief(),
                () -> live.cluster().safety().node(node.id()),
                found -> {
                    if (shape == asked) {
                        safety = Optional.of(found);
                        paint();
                    }
                },
                unknown -> {});
    }

    private void paint() {
        view.show(safety, !live.readOnly());
    }
}
