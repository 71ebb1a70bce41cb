package io.clusterdeck.views.parts;

import io.clusterdeck.views.look.Look;
import java.util.Arrays;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/** Values over time as a line. NaN is a gap. Framed: from zero; else around the values. */
public final class Curve extends Region {
    private final Look look;
    private final String color;
    private final boolean framed;
    private final Canvas canvas = new Canvas();
    private double[] values = {};

    /** @param color a token's name @param framed with a ground line, a top line and a tint below the curve */
    public Curve(Look look, String color, boolean framed) {
        this.look = look;
        this.color = color;
        this.framed = framed;
        getChildren().add(canvas);
        setMinSize(0, 0);
        look.themes().themeProperty().subscribe(t -> paint());
    }

    public void show(double[] now) {
        if (!Arrays.equals(values, now)) {
            values = now;
            paint();
        }
    }

    /** The upper end of the scale: the next of 1, 2, 2.5, 5 × a power of ten at or above the highest value. */
    public static double top(double[] values) {
        double most = 0;
        for (double v : values) {
            most = Double.isNaN(v) ? most : Math.max(most, v);
        }
        if (most <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : new double[] {1, 2, 2.5, 5, 10}) {
            if (most <= step * power * 1.0000001) {
                return step * power;
            }
        }
        return 10 * power;
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        paint();
    }

    private void paint() {
        double w = canvas.getWidth();
        double h = canvas.getHeight();
        if (w <= 0 || h <= 0) {
            return;
        }
        var palette = look.themes().palette();
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, w, h);
        double foot = framed ? h - 1 : h - 2;
        double head = framed ? 1 : 2;
        if (framed) {
            g.setFill(palette.of("line2"));
            g.fillRect(0, foot, w, 1);
            g.fillRect(0, Math.round(h / 2), w, 1);
            g.fillRect(0, 0, w, 1);
        }
        if (values.length < 2 || !framed && known() * 4 < values.length) {
            return; // a dash of two values at the end of a small line tells nothing
        }
        double top = framed ? top(values) : high();
        double low = framed ? 0 : low();
        double span = top - low <= 0 ? 1 : top - low;
        Color line = palette.of(color);
        g.setStroke(line);
        g.setLineWidth(framed ? 1.75 : 1.5);
        g.beginPath();
        boolean down = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                down = false;
                continue;
            }
            double x = i * w / (values.length - 1);
            double y = foot - (values[i] - low) / span * (foot - head);
            if (down) {
                g.lineTo(x, y);
            } else {
                g.moveTo(x, y);
            }
            down = true;
        }
        g.stroke();
        if (framed) {
            tint(g, line, w, foot, head, top);
        }
    }

    private void tint(
            javafx.scene.canvas.GraphicsContext g, Color line, double w, double foot, double head, double top) {
        g.setFill(line.deriveColor(0, 1, 1, 0.10));
        double each = w / (values.length - 1);
        g.beginPath();
        boolean open = false;
        double last = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                if (open) {
                    g.lineTo(last, foot);
                    g.closePath();
                }
                open = false;
                continue;
            }
            double x = i * each;
            if (!open) {
                g.moveTo(x, foot);
            }
            g.lineTo(x, foot - values[i] / top * (foot - head));
            open = true;
            last = x;
        }
        if (open) {
            g.lineTo(last, foot);
            g.closePath();
        }
        g.fill();
    }

    private long known() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).count();
    }

    private double high() {
        double most = Double.NEGATIVE_INFINITY;
        for (double v : values) {
            most = Double.isNaN(v) ? most : Math.max(most, v);
        }
        return most * 1.05;
    }

    private double low() {
        double least = Double.POSITIVE_INFINITY;
        for (double v : values) {
            least = Double.isNaN(v) ? least : Math.min(least, v);
        }
        return least * 0.85;
    }
}
