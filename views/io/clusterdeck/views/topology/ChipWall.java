package io.clusterdeck.views.topology;

import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Pane;

/**
 * A chip for every shard, in columns of one width. Only those in sight, and some rows beyond for the keyboard, are nodes of the scene:
 * JavaFX walks over each node of a scene in every frame.
 */
final class ChipWall extends Pane {
    private static final double LEAST = 124;
    private static final double GAP = 6;
    private static final int MOST = 12;
    private static final double HEIGHT = 28;

    /** Rows beyond what is in sight. */
    private static final int SPARE = 4;

    private final Look look;
    private final Live live;
    private final ScrollPane page;
    private final NavigableMap<Integer, ShardChip> chips = new TreeMap<>();
    private final Deque<ShardChip> free = new ArrayDeque<>();
    private List<Shard> shards = List.of();

    /** @param page by which it is scrolled */
    ChipWall(Look look, Live live, ScrollPane page) {
        this.look = look;
        this.live = live;
        this.page = page;
        localToSceneTransformProperty().subscribe(t -> requestLayout());
        page.viewportBoundsProperty().subscribe(b -> requestLayout());
    }

    void show(List<Shard> now) {
        if (now.size() != shards.size()) {
            requestLayout();
        }
        shards = now;
        chips.headMap(now.size()).forEach(this::fill);
    }

    private void fill(int at, ShardChip chip) {
        chip.show(shards.get(at), live.shardOf(shards.get(at).master()));
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    /** As many as fit, or fewer where that fills the last row better. */
    private int columns(double width) {
        int fit = (int) Math.clamp(Math.floor((width + GAP) / (LEAST + GAP)), 1, MOST);
        int rows = Math.max(1, Math.ceilDiv(shards.size(), fit));
        return Math.max(1, Math.ceilDiv(shards.size(), rows));
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        return LEAST;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        int rows = Math.ceilDiv(shards.size(), columns(width));
        return Math.max(0, rows * (HEIGHT + GAP) - GAP);
    }

    @Override
    protected void layoutChildren() {
        int columns = columns(getWidth());
        double width = Math.floor((getWidth() - GAP * (columns - 1)) / columns);
        attach(columns);
        chips.forEach((at, chip) ->
                chip.resizeRelocate(at % columns * (width + GAP), at / columns * (HEIGHT + GAP), width, HEIGHT));
    }

    /** Gives every place in sight its chip. */
    private void attach(int columns) {
        var sight = sight();
        int from = Math.max(0, ((int) (sight.getMinY() / (HEIGHT + GAP)) - SPARE) * columns);
        int to = Math.min(shards.size(), ((int) (sight.getMaxY() / (HEIGHT + GAP)) + 1 + SPARE) * columns);
        chips.entrySet().removeIf(e -> {
            boolean away = e.getKey() >= shards.size()
                    || (e.getKey() < from || e.getKey() >= to) && !e.getValue().isFocused();
            if (away) {
                free.push(e.getValue());
            }
            return away;
        });
        for (int at = from; at < to; at++) {
            if (!chips.containsKey(at)) {
                var chip = free.isEmpty() ? made() : free.pop();
                chips.put(at, chip);
                fill(at, chip);
            }
        }
        var wanted = List.copyOf(chips.values()); // by place, so that the keyboard goes from one to the next
        if (!getChildren().equals(wanted)) {
            getChildren().setAll(wanted);
            applyCss(); // this frame's style sheets were applied before
        }
    }

    /** Its size depends on none of its words: what changes in it is no reason to lay out the page. */
    private ShardChip made() {
        var chip = new ShardChip(look, live);
        chip.setManaged(false);
        return chip;
    }

    /** The part of the wall that the page shows, in the wall's own pixels. */
    private Bounds sight() {
        return sceneToLocal(page.localToScene(page.getLayoutBounds()));
    }
}
