package io.clusterdeck.views.parts;

import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape;
import io.clusterdeck.views.look.Look;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/** Paints a {@link Drawing} in the window's colours: the same picture as in reports. It tells its title to who cannot see it. */
public final class DrawingPane extends Region {
    private static final double[] DASHES = {1.5, 4};
    private static final double[] SOLID = {};

    private final Look look;
    private final Canvas canvas = new Canvas();
    private @Nullable Drawing drawing;

    public DrawingPane(Look look) {
        this.look = look;
        getChildren().add(canvas);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        look.themes().themeProperty().subscribe(t -> paint());
    }

    public void show(Drawing now) {
        drawing = now;
        setAccessibleText(now.title());
        setMinSize(now.width(), now.height());
        setPrefSize(now.width(), now.height());
        setMaxSize(now.width(), now.height());
        canvas.setWidth(now.width());
        canvas.setHeight(now.height());
        paint();
    }

    private void paint() {
        var present = drawing;
        if (present == null) {
            return;
        }
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        present.shapes().forEach(s -> paint(g, s));
    }

    private Color colour(Ink ink) {
        return ink == Ink.NONE ? Color.TRANSPARENT : look.themes().palette().of(ink.token());
    }

    private void paint(GraphicsContext g, Shape shape) {
        switch (shape) {
            case Shape.Box b -> box(g, b);
            case Shape.Stroke s -> {
                g.setStroke(colour(s.ink()));
                g.setLineWidth(s.width());
                g.setLineDashes(s.dashed() ? DASHES : SOLID);
                g.strokeLine(s.x1(), s.y1(), s.x2(), s.y2());
                g.setLineDashes(SOLID);
            }
            case Shape.Words w -> {
                g.setFill(colour(w.ink()));
                g.setFont(font(w));
                g.setTextAlign(
                        switch (w.anchor()) {
                            case START -> TextAlignment.LEFT;
                            case MIDDLE -> TextAlignment.CENTER;
                            case END -> TextAlignment.RIGHT;
                        });
                g.fillText(w.text(), w.x(), w.y());
            }
            case Shape.Sign s -> {
                g.save();
                g.translate(s.x() - 5, s.y() - 5);
                g.setFill(colour(s.mark().ink()));
                g.beginPath();
                g.appendSVGPath(s.mark().path());
                g.fill();
                g.restore();
            }
        }
    }

    private void box(GraphicsContext g, Shape.Box b) {
        double in = b.line() == Ink.NONE ? 0 : 0.5;
        double arc = b.radius() * 2;
        g.setFill(colour(b.fill()));
        g.fillRoundRect(b.x() + in, b.y() + in, b.width() - 2 * in, b.height() - 2 * in, arc, arc);
        if (b.line() != Ink.NONE) {
            g.setStroke(colour(b.line()));
            g.setLineWidth(1);
            g.strokeRoundRect(b.x() + in, b.y() + in, b.width() - 2 * in, b.height() - 2 * in, arc, arc);
        }
    }

    private static Font font(Shape.Words w) {
        return switch (w.face()) {
            case TEXT -> Font.font("Inter", w.size());
            case STRONG -> Font.font("Inter", FontWeight.SEMI_BOLD, w.size());
            case MONO -> Font.font("JetBrains Mono", w.size());
        };
    }
}
