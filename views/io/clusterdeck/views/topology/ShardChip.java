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
import io.clusterdeck.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAction;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * A shard in one line, for clusters of many: its master's name and a glyph for each node; a click chooses, again and again the next node.
 * There are hundreds: it places its parts itself, since each node of a scene costs time in every frame.
 */
final class ShardChip extends Region {
    private static final double BAND = 4;
    private static final double GAP = 8;

    /** Pixels between two glyphs. */
    private static final double BETWEEN = 3;

    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Look look;
    private final Live live;
    private final Region band = new Region();
    private final Label name = new Label();
    private final List<Glyph> glyphs = new ArrayList<>();
    private List<NodeId> nodes = List.of();
    private int number = -1;
    private @Nullable Words words;

    ShardChip(Look look, Live live) {
        this.look = look;
        this.live = live;
        getStyleClass().add("shard-chip");
        name.getStyleClass().add("mono");
        getChildren().addAll(band, name);
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
            nodes = Stream.concat(Stream.of(shard.master()), shard.replicas().stream())
                    .map(Node::id)
                    .toList();
            getChildren().removeAll(glyphs);
            glyphs.clear();
            nodes.forEach(n -> glyphs.add(new Glyph(Glyph.Kind.UNKNOWN)));
            getChildren().addAll(glyphs);
            mark();
        }
        call(live.name(nodes.getFirst()), number);
        for (int i = 0; i < glyphs.size(); i++) {
            glyphs.get(i)
                    .show(Marks.of(i == 0 ? shard.master() : shard.replicas().get(i - 1)));
        }
    }

    private void call(String called, int now) {
        var saying = look.tongue().words();
        if (number != now || words != saying || !called.equals(name.getText())) {
            number = now;
            words = saying;
            colour("shard-" + (now % Palette.SHARDS + 1));
            name.setText(called);
            setAccessibleText(saying.say("views.shard", "n", now + 1) + " " + called);
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

    @Override
    protected void layoutChildren() {
        band.resizeRelocate(0, 0, BAND, getHeight());
        double right = getWidth() - snappedRightInset();
        for (var glyph : glyphs.reversed()) {
            place(glyph, right - glyph.prefWidth(-1), glyph.prefWidth(-1));
            right = glyph.getLayoutX() - BETWEEN;
        }
        double left = BAND + GAP;
        place(name, left, Math.clamp(right + BETWEEN - 2 * GAP - left, 0, name.prefWidth(-1)));
    }

    private void place(Region part, double x, double width) {
        double height = part.prefHeight(-1);
        part.resizeRelocate(snapPositionX(x), snapPositionY((getHeight() - height) / 2), width, height);
    }
}
