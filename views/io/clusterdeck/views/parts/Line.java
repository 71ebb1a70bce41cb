package io.clusterdeck.views.parts;

import javafx.scene.Node;
import javafx.scene.layout.Pane;

/** Children in one line, each whole or not at all: what does not fit is left out, from the end. */
public final class Line extends Pane {
    private final double gap;

    public Line(double gap, Node... children) {
        super(children);
        this.gap = gap;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        double width = 0;
        for (Node child : getManagedChildren()) {
            width += child.prefWidth(-1) + gap;
        }
        return Math.max(0, width - gap);
    }

    @Override
    protected double computePrefHeight(double width) {
        return getManagedChildren().stream()
                .mapToDouble(c -> c.prefHeight(-1))
                .max()
                .orElse(0);
    }

    @Override
    protected void layoutChildren() {
        double x = 0;
        boolean fits = true;
        for (Node child : getManagedChildren()) {
            double width = Math.ceil(child.prefWidth(-1));
            double height = child.prefHeight(-1);
            fits &= x + width <= getWidth() + 0.5;
            child.setVisible(fits);
            child.resizeRelocate(x, Math.round((getHeight() - height) / 2), width, height);
            x += width + gap;
        }
    }
}
