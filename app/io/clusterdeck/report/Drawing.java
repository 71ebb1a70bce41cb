package io.clusterdeck.report;

import io.clusterdeck.report.Shape.Anchor;
import io.clusterdeck.report.Shape.Face;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture as data: shapes, later ones over earlier ones. {@link Svg} writes it, {@link Raster} paints it, and a view can show it, so that
 * all three are the same picture.
 *
 * @param title what it shows, for who cannot see it
 */
public record Drawing(double width, double height, String title, List<Shape> shapes) {

    public Drawing {
        shapes = List.copyOf(shapes);
    }

    /** Gathers shapes. Not for several threads. */
    public static final class Sheet {
        private final List<Shape> shapes = new ArrayList<>();

        public void box(double x, double y, double width, double height, double radius, Ink fill, Ink line) {
            shapes.add(new Shape.Box(x, y, width, height, radius, fill, line, ""));
        }

        /** A box that tells something when one points at it. */
        public void area(double x, double y, double width, double height, Ink fill, String tip) {
            shapes.add(new Shape.Box(x, y, width, height, 0, fill, Ink.NONE, tip));
        }

        public void stroke(double x1, double y1, double x2, double y2, Ink ink, double width) {
            shapes.add(new Shape.Stroke(x1, y1, x2, y2, ink, width, false));
        }

        public void dashes(double x1, double y1, double x2, double y2, Ink ink, double width) {
            shapes.add(new Shape.Stroke(x1, y1, x2, y2, ink, width, true));
        }

        /** Writes what fits into {@code most}, then an ellipsis; answers with how wide that is, about. */
        public double words(double x, double y, double most, String text, Ink ink, Face face, double size) {
            var fitted = Width.fit(text, face, size, most);
            shapes.add(new Shape.Words(x, y, fitted, ink, face, size, Anchor.START));
            return Width.of(fitted, face, size);
        }

        /** The same, ending at {@code x}. */
        public double wordsTo(double x, double y, double most, String text, Ink ink, Face face, double size) {
            var fitted = Width.fit(text, face, size, most);
            shapes.add(new Shape.Words(x, y, fitted, ink, face, size, Anchor.END));
            return Width.of(fitted, face, size);
        }

        public void sign(double x, double y, Shape.Mark mark) {
            shapes.add(new Shape.Sign(x, y, mark));
        }

        /** All of another drawing, so far to the right and down. */
        public void add(Drawing other, double right, double down) {
            other.shapes().forEach(shape -> shapes.add(moved(shape, right, down)));
        }

        private static Shape moved(Shape shape, double right, double down) {
            return switch (shape) {
                case Shape.Box b ->
                    new Shape.Box(
                            b.x() + right,
                            b.y() + down,
                            b.width(),
                            b.height(),
                            b.radius(),
                            b.fill(),
                            b.line(),
                            b.tip());
                case Shape.Stroke s ->
                    new Shape.Stroke(
                            s.x1() + right,
                            s.y1() + down,
                            s.x2() + right,
                            s.y2() + down,
                            s.ink(),
                            s.width(),
                            s.dashed());
                case Shape.Words w ->
                    new Shape.Words(w.x() + right, w.y() + down, w.text(), w.ink(), w.face(), w.size(), w.anchor());
                case Shape.Sign s -> new Shape.Sign(s.x() + right, s.y() + down, s.mark());
            };
        }

        public Drawing drawing(double width, double height, String title) {
            return new Drawing(width, height, title, shapes);
        }
    }
}
