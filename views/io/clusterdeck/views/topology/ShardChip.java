package io.clusterdeck.views.topology;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Palette;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Press;
import java.util.List;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAction;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A shard in one line, for clusters of many: its master's name and a glyph for each node; a click chooses, again and again the next node. */
final class ShardChip extends HBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Look look;
    private final Live live;
    private final Region band = new Region();
    private final Label name = new Label();
    private final HBox glyphs = new HBox(3);
    private List<NodeId> nodes = List.of();

    ShardChip(Look look, Live live) {
        super(8);
        this.look = look;
        this.live = live;
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("shard-chip");
        name.getStyleClass().add("mono");
        name.setMinWidth(0);
        glyphs.setAlignment(Pos.CENTER);
        glyphs.setMinWidth(USE_PREF_SIZE);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        getChildren().addAll(band, name, gap, glyphs);
        Press.on(this, this::choose);
        live.chosenProperty().subscribe(c -> mark());
    }

    private void choose() {
        int at = live.chosenProperty().get().map(nodes::indexOf).orElse(-1);
        live.choose(nodes.get((at + 1) % nodes.size()));
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... more) {
        if (action == AccessibleAction.FIRE) {
            choose();
        } else {
            super.executeAccessibleAction(action, more);
        }
    }

    private void mark() {
        pseudoClassStateChanged(
                CHOSEN, live.chosenProperty().get().filter(nodes::contains).isPresent());
    }

    void show(Shard shard, int number) {
        if (!isOf(shard)) {
            var all = Stream.concat(Stream.of(shard.master()), shard.replicas().stream())
                    .toList();
            nodes = all.stream().map(Node::id).toList();
            glyphs.getChildren()
                    .setAll(all.stream().map(n -> new Glyph(Marks.of(n))).toList());
            mark();
        }
        colour("shard-" + (number % Palette.SHARDS + 1));
        name.setText(live.name(shard.master().id()));
        setAccessibleText(look.tongue().say("views.shard", "n", number + 1) + " " + name.getText());
        for (int i = 0; i < nodes.size(); i++) {
            ((Glyph) glyphs.getChildren().get(i))
                    .show(Marks.of(i == 0 ? shard.master() : shard.replicas().get(i - 1)));
        }
    }

    private void colour(String shard) {
        if (!band.getStyleClass().contains(shard)) {
            band.getStyleClass().setAll("chip-band", shard);
        }
    }

    /** Whether it shows these nodes already: hundreds are asked at every tick. */
    private boolean isOf(Shard shard) {
        boolean same = nodes.size() == shard.replicas().size() + 1
                && nodes.getFirst().equals(shard.master().id());
        for (int i = 1; same && i < nodes.size(); i++) {
            same = nodes.get(i).equals(shard.replicas().get(i - 1).id());
        }
        return same;
    }
}
