package io.clusterdeck.views.parts;

import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * Parts in one line, each whole or not at all: what does not fit is left out, from the end. It takes the width that it gets, so other words
 * in it are put in place without a new layout of the page around it.
 */
public final class Line extends Region {
    private final double gap;
    private final Row row = new Row();
    private double height;

    public Line(double gap, Node... parts) {
        this.gap = gap;
        row.setManaged(false); // it would ask everything around it for a new layout at every word
        row.getChildren().setAll(parts);
        getChildren().add(row);
    }

    public ObservableList<Node> parts() {
        return row.getChildren();
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        return row.prefWidth(-1) + snappedLeftInset() + snappedRightInset();
    }

    @Override
    protected double computePrefHeight(double width) {
        height = row.prefHeight(-1);
        return height + snappedTopInset() + snappedBottomInset();
    }

    @Override
    protected void layoutChildren() {
        row.resizeRelocate(
                snappedLeftInset(),
                snappedTopInset(),
                getWidth() - snappedLeftInset() - snappedRightInset(),
                getHeight() - snappedTopInset() - snappedBottomInset());
    }

    private final class Row extends Pane {
        /** Only another height matters to what is around. */
        @Override
        public void requestLayout() {
            super.requestLayout();
            if (getParent() != null && prefHeight(-1) != height) {
                Line.this.requestLayout();
            }
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
                double tall = child.prefHeight(-1);
                fits &= x + width <= getWidth() + 0.5;
                child.setVisible(fits);
                child.resizeRelocate(x, Math.round((getHeight() - tall) / 2), width, tall);
                x += width + gap;
            }
        }
    }
}
