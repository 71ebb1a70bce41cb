package io.clusterdeck.views.parts;

import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.look.Look;
import java.util.Arrays;
import java.util.function.IntConsumer;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;

/** The 16,384 slots as one strip, coloured by shard; slots without an owner are hatched. */
public final class Ribbon extends Region {
    /** Nobody owns the slot. */
    public static final int NOBODY = -1;

    private final Look look;
    private final Canvas canvas = new Canvas();
    private int[] shards = filled();
    private int marked = -1;

    public Ribbon(Look look) {
        this.look = look;
        getStyleClass().add("ribbon");
        getChildren().add(canvas);
        setMinWidth(0);
        setMinHeight(28);
        look.themes().themeProperty().subscribe(t -> paint());
    }

    private static int[] filled() {
        var none = new int[SlotRange.SLOTS];
        Arrays.fill(none, NOBODY);
        return none;
    }

    /** @param shardOfSlot for each slot the number of its shard from 0, or {@link #NOBODY}; kept, and not written to */
    public void show(int[] shardOfSlot) {
        if (shards != shardOfSlot) {
            shards = shardOfSlot;
            paint();
        }
    }

    /** Marks a slot; −1 for none. */
    public void mark(int slot) {
        if (slot != marked) {
            marked = slot;
            paint();
        }
    }

    /** Tells the slot under the pointer, −1 when it leaves. */
    public void onPointer(IntConsumer to) {
        setOnMouseMoved(e -> to.accept(slotAt(e.getX())));
        setOnMouseExited(e -> to.accept(-1));
    }

    private int slotAt(double x) {
        return (int) Math.clamp(Math.floor(x / getWidth() * SlotRange.SLOTS), 0, SlotRange.SLOTS - 1);
    }

    @Override
    protected double computePrefHeight(double width) {
        return 28;
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            paint();
        }
    }

    private void paint() {
        double w = canvas.getWidth();
        double h = canvas.getHeight();
        if (w <= 0) {
            return;
        }
        var palette = look.themes().palette();
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, w, h);
        double each = w / SlotRange.SLOTS;
        for (int from = 0; from < SlotRange.SLOTS; ) {
            int to = from;
            while (to < SlotRange.SLOTS && shards[to] == shards[from]) {
                to++;
            }
            double x = Math.round(from * each);
            double end = Math.round(to * each) - (to < SlotRange.SLOTS ? 1 : 0);
            if (shards[from] == NOBODY) {
                Hatch.fill(g, x, 0, end - x, h, palette.of("bad"), palette.of("bad-sub"));
            } else {
                g.setFill(palette.shard(shards[from]));
                g.fillRect(x, 0, Math.max(1, end - x), h);
            }
            from = to;
        }
        g.setFill(palette.of("bg").deriveColor(0, 1, 1, 0.28));
        for (int slot = 1024; slot < SlotRange.SLOTS; slot += 1024) {
            g.fillRect(Math.round(slot * each), 0, 1, h);
        }
        if (marked >= 0) {
            g.setFill(palette.of("bg"));
            g.fillRect(Math.round(marked * each) - 2, 0, 5, h);
            g.setFill(palette.of("fg"));
            g.fillRect(Math.round(marked * each) - 1, 0, 3, h);
        }
    }
}
