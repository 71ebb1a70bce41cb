package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.fx.Followed;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import java.util.List;
import java.util.Optional;
import javafx.scene.layout.VBox;

/** Whether the chosen node may be away. Asked again when the cluster's shape has changed, not with every tick. */
final class SafeSection extends VBox {
    private final Live live;
    private final SafeView view;
    private final Followed<Safety> question = new Followed<>();
    private List<?> asked = List.of();
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
        var now = List.of(node.id(), live.shape(), live.readOnly());
        if (now.equals(asked)) {
            return;
        }
        asked = now;
        var id = Optional.of(node.id());
        if (!of.equals(id)) {
            safety = Optional.empty();
        }
        of = id;
        paint();
        question.ask(
                "safety of " + node.id().brief(), () -> live.cluster().safety().node(node.id()), found -> {
                    if (of.equals(id)) {
                        safety = Optional.of(found);
                        paint();
                    }
                });
    }

    private void paint() {
        view.show(safety, !live.readOnly());
    }
}
