package io.clusterdeck.views.parts;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/** Controls in a row, some of them at its end; what has no room goes on in the next row, and none is cut. */
public final class Bar extends Pane {
    private static final double GAP = 8;

    private final List<Node> end;

    /** @param end what stands at the right, where one row holds all */
    public Bar(List<? extends Node> begin, List<? extends Node> end) {
        this.end = List.copyOf(end);
        getChildren().addAll(begin);
        getChildren().addAll(end);
    }

    /** A node and its place. */
    private record Placed(Node node, double x, double y, double width, double height) {}

    private record Laid(List<Placed> all, double height) {}

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private List<Node> managed() {
        return getManagedChildren();
    }

    private double across() {
        Insets in = getInsets();
        return in.getLeft() + in.getRight();
    }

    @Override
    protected double computePrefWidth(double height) {
        double all = 0;
        for (var node : managed()) {
            all += node.prefWidth(-1) + GAP;
        }
        return across() + Math.max(0, all - GAP);
    }

    @Override
    protected double computeMinWidth(double height) {
        return across();
    }

    @Override
    protected double computePrefHeight(double width) {
        return place(width < 0 ? computePrefWidth(-1) : width).height();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(getWidth() > 0 ? getWidth() : width);
    }

    @Override
    protected void layoutChildren() {
        for (var p : place(getWidth()).all()) {
            p.node().resizeRelocate(snapPositionX(p.x()), snapPositionY(p.y()), p.width(), p.height());
        }
    }

    private Laid place(double width) {
        Insets in = getInsets();
        double room = width - across();
        boolean one = computePrefWidth(-1) <= width + 0.5;
        var all = new ArrayList<Placed>();
        var row = new ArrayList<Placed>();
        double x = 0;
        double y = in.getTop();
        for (var node : managed()) {
            double wide = Math.min(room, node.prefWidth(-1));
            if (!row.isEmpty() && !one && x + wide > room + 0.5) {
                y += finish(row, all) + GAP;
                x = 0;
            }
            if (one && !end.isEmpty() && node == firstOfEnd()) {
                x = Math.max(x, room - endWidth());
            }
            row.add(new Placed(node, in.getLeft() + x, y, wide, node.prefHeight(wide)));
            x += wide + GAP;
        }
        y += finish(row, all);
        return new Laid(all, y + in.getBottom());
    }

    private Node firstOfEnd() {
        return end.stream().filter(Node::isManaged).findFirst().orElse(this);
    }

    private double endWidth() {
        double all = -GAP;
        for (var node : end) {
            all += node.isManaged() ? node.prefWidth(-1) + GAP : 0;
        }
        return all;
    }

    /** Centres a row's nodes; tells its height. */
    private static double finish(List<Placed> row, List<Placed> to) {
        double height = row.stream().mapToDouble(Placed::height).max().orElse(0);
        row.forEach(p -> to.add(new Placed(p.node(), p.x(), p.y() + (height - p.height()) / 2, p.width(), p.height())));
        row.clear();
        return height;
    }
}
