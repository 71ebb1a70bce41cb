package io.clusterdeck.views.slots;

import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Palette;
import io.clusterdeck.views.parts.Ribbon;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleRole;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * One cell a slot, 128 in a row, painted as pixels: 16,384 nodes of a scene graph would cost a hundred times as much.
 * Slots on their way are striped in the colours of both shards, slots without an owner in red. The picture is cut into strips,
 * because a picture of which one pixel changed is painted anew as a whole.
 */
final class SlotMap extends Region {
    static final int SIDE = 128;

    /** Rows of slots in a strip. */
    private static final int ROWS = 8;

    private final Look look;
    private final IntConsumer onClick;
    private final List<Strip> strips =
            IntStream.range(0, SIDE / ROWS).mapToObj(Strip::new).toList();
    private final Region frame = new Region();
    private final IntegerProperty pointed = new SimpleIntegerProperty(this, "pointed", -1);
    private int[] owners = new int[SlotRange.SLOTS];
    private int[] targets = new int[SlotRange.SLOTS];
    private int width;
    private int height;

    SlotMap(Look look, IntConsumer onClick) {
        this.look = look;
        this.onClick = onClick;
        setId("slot-map");
        Arrays.fill(owners, Ribbon.NOBODY);
        Arrays.fill(targets, Ribbon.NOBODY);
        frame.getStyleClass().add("slot-frame");
        frame.setMouseTransparent(true);
        frame.setVisible(false);
        frame.setManaged(false);
        strips.forEach(s -> getChildren().add(s.view));
        getChildren().add(frame);
        setMinSize(256, 256);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setOnMouseMoved(e -> pointed.set(slotAt(e.getX(), e.getY())));
        setOnMouseExited(e -> pointed.set(-1));
        setOnMouseClicked(e -> {
            requestFocus();
            onClick.accept(slotAt(e.getX(), e.getY()));
        });
        setOnKeyPressed(e -> {
            int step = step(e.getCode());
            if (step != 0) {
                pointed.set(Math.clamp(Math.max(0, pointed.get()) + step, 0, SlotRange.SLOTS - 1));
                e.consume();
            } else if (e.getCode() == KeyCode.ENTER && pointed.get() >= 0) {
                onClick.accept(pointed.get());
            }
        });
        pointed.subscribe(slot -> frame());
        look.themes().themeProperty().subscribe(t -> paint());
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... more) {
        if (action == AccessibleAction.FIRE) {
            onClick.accept(Math.max(0, pointed.get()));
        } else {
            super.executeAccessibleAction(action, more);
        }
    }

    private static int step(KeyCode key) {
        return switch (key) {
            case LEFT -> -1;
            case RIGHT -> 1;
            case UP -> -SIDE;
            case DOWN -> SIDE;
            default -> 0;
        };
    }

    /** The slot under the pointer or the keyboard's mark, −1 for none. */
    IntegerProperty pointedProperty() {
        return pointed;
    }

    /**
     * @param shardOfSlot for each slot the number of its shard, or {@link Ribbon#NOBODY}
     * @param targetOfSlot the number of the shard to which it is on its way, or {@link Ribbon#NOBODY}
     */
    void show(int[] shardOfSlot, int[] targetOfSlot) {
        var were = owners;
        var went = targets;
        owners = shardOfSlot;
        targets = targetOfSlot;
        paint(slot -> owners[slot] != were[slot] || targets[slot] != went[slot]);
    }

    int slotAt(double x, double y) {
        int column = (int) Math.clamp(Math.floor(x * SIDE / Math.max(1, width)), 0, SIDE - 1);
        int row = (int) Math.clamp(Math.floor(y * SIDE / Math.max(1, height)), 0, SIDE - 1);
        return row * SIDE + column;
    }

    @Override
    protected void layoutChildren() {
        int w = (int) getWidth();
        int h = (int) getHeight();
        if (w != width || h != height) {
            width = w;
            height = h;
            strips.forEach(Strip::resize);
            paint();
        }
        frame();
    }

    private static int edge(int cell, int length) {
        return (int) ((long) cell * length / SIDE);
    }

    private void frame() {
        int slot = pointed.get();
        frame.setVisible(slot >= 0 && width > 0);
        if (slot >= 0) {
            int x = edge(slot % SIDE, width);
            int y = edge(slot / SIDE, height);
            frame.resizeRelocate(
                    x - 2, y - 2, edge(slot % SIDE + 1, width) - x + 3, edge(slot / SIDE + 1, height) - y + 3);
        }
    }

    private void paint() {
        paint(slot -> true);
    }

    private void paint(IntPredicate which) {
        if (width >= SIDE && height >= SIDE) {
            var paints = new Paints(look.themes().palette());
            strips.forEach(s -> s.paint(which, paints));
        }
    }

    /** The colours of slots as pixels. */
    private record Paints(int[] shard, int ground, int bad, int badSub) {
        Paints(Palette palette) {
            this(
                    palette.shardPixels(),
                    Palette.pixel(palette.of("bg")),
                    Palette.pixel(palette.of("bad")),
                    Palette.pixel(palette.of("bad-sub")));
        }

        int of(int shardOfSlot) {
            return shard[shardOfSlot % Palette.SHARDS];
        }
    }

    /** Some rows of slots as a picture of their own. */
    private final class Strip {
        private final ImageView view = new ImageView();
        private final int first;
        private @Nullable PixelBuffer<IntBuffer> pixels;

        Strip(int number) {
            first = number * ROWS * SIDE;
            view.setSmooth(false);
        }

        private int top() {
            return edge(first / SIDE, height);
        }

        private void resize() {
            int h = edge(first / SIDE + ROWS, height) - top();
            pixels = width > 0 && h > 0
                    ? new PixelBuffer<>(width, h, IntBuffer.allocate(width * h), PixelFormat.getIntArgbPreInstance())
                    : null;
            view.setImage(pixels == null ? null : new WritableImage(pixels));
            view.relocate(0, top());
        }

        private void paint(IntPredicate which, Paints paints) {
            var slots =
                    IntStream.range(first, first + ROWS * SIDE).filter(which).toArray();
            if (pixels != null && slots.length > 0) {
                pixels.updateBuffer(b -> {
                    fill(b.getBuffer().array(), slots, paints);
                    return null;
                });
            }
        }

        private void fill(int[] to, int[] slots, Paints paints) {
            if (slots.length == ROWS * SIDE) {
                Arrays.fill(to, paints.ground);
            }
            for (int slot : slots) {
                int owner = owners[slot];
                int target = targets[slot];
                int one = owner == Ribbon.NOBODY ? paints.bad : paints.of(owner);
                int two = owner == Ribbon.NOBODY ? paints.badSub : target == Ribbon.NOBODY ? one : paints.of(target);
                int right = edge(slot % SIDE + 1, width) - 1;
                int bottom = edge(slot / SIDE + 1, height) - 1;
                for (int y = edge(slot / SIDE, height); y < bottom; y++) {
                    int row = (y - top()) * width;
                    for (int x = edge(slot % SIDE, width); x < right; x++) {
                        to[row + x] = (x + y) % 6 < 3 ? one : two;
                    }
                }
            }
        }
    }
}
