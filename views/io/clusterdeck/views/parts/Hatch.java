package io.clusterdeck.views.parts;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/** Slanted stripes: what is missing, or on its way. */
public final class Hatch {
    private Hatch() {}

    public static void fill(GraphicsContext g, double x, double y, double w, double h, Color stripe, Color ground) {
        g.save();
        g.setFill(ground);
        g.fillRect(x, y, w, h);
        g.beginPath();
        g.rect(x, y, w, h);
        g.clip();
        g.setStroke(stripe);
        g.setLineWidth(2);
        for (double at = x - h; at < x + w; at += 7) {
            g.strokeLine(at, y + h, at + h, y);
        }
        g.restore();
    }
}
