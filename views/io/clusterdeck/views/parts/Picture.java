package io.clusterdeck.views.parts;

import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape;
import io.clusterdeck.views.look.Look;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.StrokeType;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** A drawing in the colours of the theme, the same shapes that the exports are made of: as wide as its place, or as it was drawn. */
public final class Picture extends Region {
    private final Look look;
    private final boolean fits;
    private final Group group = new Group();
    private @Nullable Drawing drawing;

    /** @param fits false: pixel by pixel as it was drawn, for what is drawn anew at every width */
    public Picture(Look look, boolean fits) {
        this.look = look;
        this.fits = fits;
        group.setManaged(false);
        getChildren().add(group);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        look.themes().themeProperty().subscribe(t -> paint());
    }

    public void show(Drawing now) {
        drawing = now;
        setAccessibleText(now.title());
        paint();
        requestLayout();
    }

    private void paint() {
        var now = drawing;
        if (now != null) {
            group.getChildren().setAll(now.shapes().stream().map(this::node).toList());
        }
    }

    private Paint paint(Ink ink) {
        return ink == Ink.NONE ? Color.TRANSPARENT : look.themes().palette().of(ink.token());
    }

    private Node node(Shape shape) {
        return switch (shape) {
            case Shape.Box b -> {
                var box = new Rectangle(b.x(), b.y(), b.width(), b.height());
                box.setArcWidth(2 * b.radius());
                box.setArcHeight(2 * b.radius());
                box.setFill(paint(b.fill()));
                if (b.line() != Ink.NONE) {
                    box.setStroke(paint(b.line()));
                    box.setStrokeType(StrokeType.INSIDE);
                }
                yield box;
            }
            case Shape.Stroke s -> {
                var line = new Line(s.x1(), s.y1(), s.x2(), s.y2());
                line.setStroke(paint(s.ink()));
                line.setStrokeWidth(s.width());
                if (s.dashed()) {
                    line.getStrokeDashArray().setAll(1.5, 4.0);
                }
                yield line;
            }
            case Shape.Words w -> words(w);
            case Shape.Sign s -> {
                var sign = new SVGPath();
                sign.setContent(s.mark().path());
                sign.setFillRule(javafx.scene.shape.FillRule.EVEN_ODD);
                sign.setFill(paint(s.mark().ink()));
                sign.setTranslateX(s.x() - 5);
                sign.setTranslateY(s.y() - 5);
                yield sign;
            }
        };
    }

    private Text words(Shape.Words w) {
        var text = new Text(w.text());
        text.setFont(Font.font(
                switch (w.face()) {
                    case TEXT -> "Inter";
                    case STRONG -> "Inter Semi Bold";
                    case MONO -> "JetBrains Mono";
                },
                w.size()));
        text.setFill(paint(w.ink()));
        text.setTextOrigin(VPos.BASELINE);
        double width = text.getLayoutBounds().getWidth();
        text.setX(
                switch (w.anchor()) {
                    case START -> w.x();
                    case MIDDLE -> w.x() - width / 2;
                    case END -> w.x() - width;
                });
        text.setY(w.y());
        return text;
    }

    private double scale(double width) {
        var now = drawing;
        return now == null || !fits || width <= 0 ? 1 : Math.min(1.25, width / now.width());
    }

    @Override
    protected double computeMinWidth(double height) {
        return fits ? 0 : computePrefWidth(height);
    }

    @Override
    protected double computePrefWidth(double height) {
        return drawing == null ? 0 : drawing.width();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        return drawing == null ? 0 : Math.ceil(drawing.height() * scale(width < 0 ? getWidth() : width));
    }

    @Override
    public javafx.geometry.Orientation getContentBias() {
        return javafx.geometry.Orientation.HORIZONTAL;
    }

    @Override
    protected void layoutChildren() {
        double by = scale(getWidth());
        group.getTransforms().setAll(new javafx.scene.transform.Scale(by, by));
    }
}
