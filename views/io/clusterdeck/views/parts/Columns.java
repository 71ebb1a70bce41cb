package io.clusterdeck.views.parts;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/** Children side by side in columns of one width, as many as fit; a row is as high as its highest child. */
public class Columns extends Pane {
    private final double least;
    private final double gap;
    private final int most;
    private double measuredWidth = Double.NaN;
    private double measuredHeight;

    /** @param least the least width of a column @param most the most columns */
    public Columns(double least, double gap, int most) {
        this.least = least;
        this.gap = gap;
        this.most = most;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private int columns(double width) {
        int fit = (int) Math.max(1, Math.floor((width + gap) / (least + gap)));
        int n = Math.max(1, getManagedChildren().size());
        int wanted = Math.min(Math.min(fit, most), n);
        // even rows: 6 shards in two rows of 3, not of 4 and 2
        int rows = (n + wanted - 1) / wanted;
        return (n + rows - 1) / rows;
    }

    private double column(double width, int columns) {
        return Math.floor((width - gap * (columns - 1)) / columns);
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefWidth(double height) {
        return least * Math.min(most, getManagedChildren().size());
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    /** Hundreds of children are measured once after a change, not as often as a parent asks. */
    @Override
    public void requestLayout() {
        measuredWidth = Double.NaN;
        super.requestLayout();
    }

    @Override
    protected double computePrefHeight(double width) {
        double w = width < 0 ? prefWidth(-1) : width;
        if (w != measuredWidth) {
            measuredWidth = w;
            measuredHeight = measure(w);
        }
        return measuredHeight;
    }

    private double measure(double w) {
        int columns = columns(w);
        double each = column(w, columns);
        double total = 0;
        double row = 0;
        int i = 0;
        for (Node child : getManagedChildren()) {
            if (i > 0 && i % columns == 0) {
                total += row + gap;
                row = 0;
            }
            row = Math.max(row, child.prefHeight(each));
            i++;
        }
        return Math.ceil(total + row);
    }

    @Override
    protected void layoutChildren() {
        var children = getManagedChildren();
        int columns = columns(getWidth());
        double each = column(getWidth(), columns);
        double y = 0;
        for (int from = 0; from < children.size(); from += columns) {
            var row = children.subList(from, Math.min(children.size(), from + columns));
            double height =
                    row.stream().mapToDouble(c -> c.prefHeight(each)).max().orElse(0);
            for (int i = 0; i < row.size(); i++) {
                row.get(i).resizeRelocate(i * (each + gap), y, each, height);
            }
            y += height + gap;
        }
    }
}
