package io.clusterdeck.report;

/** One thing that is drawn. Lengths are pixels of the drawing at 100 %. */
public sealed interface Shape {

    /** A rectangle. @param tip told when one points at it, empty for none */
    record Box(double x, double y, double width, double height, double radius, Ink fill, Ink line, String tip)
            implements Shape {}

    /** A straight line. */
    record Stroke(double x1, double y1, double x2, double y2, Ink ink, double width, boolean dashed) implements Shape {}

    /** One line of text. @param y of its base line */
    record Words(double x, double y, String text, Ink ink, Face face, double size, Anchor anchor) implements Shape {}

    /** A state as a small shape, told apart without colour, too. @param x of its middle @param y of its middle */
    record Sign(double x, double y, Mark mark) implements Shape {}

    /** The faces of the window. */
    enum Face {
        TEXT,
        STRONG,
        MONO
    }

    /** Which end of a text lies at its x. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** The signs of the window; their outlines lie within 10 by 10. */
    enum Mark {
        OK(Ink.OK, Outline.DISC),
        RING(
                Ink.OK,
                Outline.DISC
                        + "M5 1.8C6.77 1.8 8.2 3.23 8.2 5C8.2 6.77 6.77 8.2 5 8.2C3.23 8.2 1.8 6.77 1.8 5C1.8 3.23 3.23 1.8 5 1.8Z"),
        NOTE(
                Ink.MUT,
                Outline.DISC
                        + "M5 1.5C6.93 1.5 8.5 3.07 8.5 5C8.5 6.93 6.93 8.5 5 8.5C3.07 8.5 1.5 6.93 1.5 5C1.5 3.07 3.07 1.5 5 1.5Z"),
        WARN(Ink.WARN, "M5 0.5L10 9.5L0 9.5Z"),
        BAD(Ink.BAD, "M5 0L10 5L5 10L0 5Z"),
        GONE(Ink.BAD, "M1.4 0L5 3.6L8.6 0L10 1.4L6.4 5L10 8.6L8.6 10L5 6.4L1.4 10L0 8.6L3.6 5L0 1.4Z"),
        SILENT(Ink.WARN, "M1 0L4 0L4 10L1 10ZM6 0L9 0L9 10L6 10Z"),
        UNKNOWN(
                Ink.MUT,
                "M5 0C7.76 0 10 2.24 10 5L8.5 5C8.5 3.07 6.93 1.5 5 1.5ZM5 10C2.24 10 0 7.76 0 5L1.5 5C1.5 6.93 3.07 8.5 5 8.5Z"),
        PLUS(Ink.OK, "M4 0L6 0L6 4L10 4L10 6L6 6L6 10L4 10L4 6L0 6L0 4L4 4Z"),
        MINUS(Ink.BAD, "M0 4L10 4L10 6L0 6Z"),
        CHANGED(Ink.ACC, "M0 3L6 3L6 0L10 5L6 10L6 7L0 7Z");

        private final Ink ink;
        private final String path;

        Mark(Ink ink, String path) {
            this.ink = ink;
            this.path = path;
        }

        public Ink ink() {
            return ink;
        }

        /** Its outline as path data (SVG 1.1, section 8.3): absolute moves, lines and cubic curves only, for simple readers. */
        public String path() {
            return path;
        }
    }

    /** What signs share. */
    final class Outline {
        private static final String DISC =
                "M5 0C7.76 0 10 2.24 10 5C10 7.76 7.76 10 5 10C2.24 10 0 7.76 0 5C0 2.24 2.24 0 5 0Z";

        private Outline() {}
    }
}
