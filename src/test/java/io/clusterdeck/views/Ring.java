package io.clusterdeck.views;

import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

/** Whether one sees of a control that it has the focus: by the pixels in and around it, with the focus and without. FX thread. */
final class Ring {
    /** As WCAG 2.2 asks it of what shows the focus. */
    private static final double CONTRAST = 3;

    private static final double AROUND = 4;
    private static final List<PseudoClass> STATES = List.of(
            PseudoClass.getPseudoClass("focused"),
            PseudoClass.getPseudoClass("focus-visible"),
            PseudoClass.getPseudoClass("focus-within"),
            PseudoClass.getPseudoClass("contains-focus"));

    private Ring() {}

    /** Why one does not see it, if one does not. */
    static Optional<String> missing(Scene scene, Node node) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        return outOfSight(scene, node).or(() -> pale(scene, node, box(scene, node)));
    }

    /** Likewise of one that has not the focus, as if it had it by key. */
    static Optional<String> missingOn(Scene scene, Node node) {
        STATES.subList(0, 2).forEach(s -> node.pseudoClassStateChanged(s, true));
        var why = missing(scene, node);
        STATES.subList(0, 2).forEach(s -> node.pseudoClassStateChanged(s, false));
        return why;
    }

    /** Whether no scroll pane around it has scrolled it away. */
    static boolean inView(Node node) {
        var at = node.localToScene(node.getLayoutBounds());
        for (var around = node.getParent(); around != null; around = around.getParent()) {
            if (around instanceof ScrollPane
                    && !around.localToScene(around.getLayoutBounds()).contains(at)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it lies outside of the window. */
    static Optional<String> outOfSight(Scene scene, Node node) {
        var box = box(scene, node);
        return box.getWidth() <= 2 * AROUND || box.getHeight() <= 2 * AROUND
                ? Optional.of("out of sight: " + told(node) + " at " + box)
                : Optional.empty();
    }

    private static Rectangle2D box(Scene scene, Node node) {
        var at = node.localToScene(node.getLayoutBounds());
        double left = Math.max(0, Math.floor(at.getMinX() - AROUND));
        double top = Math.max(0, Math.floor(at.getMinY() - AROUND));
        double right = Math.min(scene.getWidth(), Math.ceil(at.getMaxX() + AROUND));
        double bottom = Math.min(scene.getHeight(), Math.ceil(at.getMaxY() + AROUND));
        return new Rectangle2D(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }

    private static Optional<String> pale(Scene scene, Node node, Rectangle2D box) {
        var with = shot(scene, box);
        var set = STATES.stream().filter(node.getPseudoClassStates()::contains).toList();
        set.forEach(s -> node.pseudoClassStateChanged(s, false));
        var without = shot(scene, box);
        set.forEach(s -> node.pseudoClassStateChanged(s, true));
        int seen = different(with, without);
        double enough = Math.max(box.getWidth(), box.getHeight()) / 2;
        return seen >= enough
                ? Optional.empty()
                : Optional.of("%s: %d pixels of %.0f tell that it has the focus".formatted(told(node), seen, enough));
    }

    private static Image shot(Scene scene, Rectangle2D box) {
        var part = new SnapshotParameters();
        part.setViewport(box);
        return scene.getRoot().snapshot(part, null);
    }

    private static int different(Image one, Image other) {
        int[] a = pixels(one);
        int[] b = pixels(other);
        int different = 0;
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i] && contrast(luminance(a[i]), luminance(b[i])) >= CONTRAST) {
                different++;
            }
        }
        return different;
    }

    private static int[] pixels(Image image) {
        int wide = (int) image.getWidth();
        int high = (int) image.getHeight();
        var pixels = new int[wide * high];
        image.getPixelReader().getPixels(0, 0, wide, high, PixelFormat.getIntArgbInstance(), pixels, 0, wide);
        return pixels;
    }

    private static double contrast(double a, double b) {
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int argb) {
        return 0.2126 * linear(argb >> 16 & 0xff) + 0.7152 * linear(argb >> 8 & 0xff) + 0.0722 * linear(argb & 0xff);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    static String told(Node node) {
        return node.getClass().getSimpleName() + " #" + node.getId() + " " + node.getStyleClass();
    }
}
