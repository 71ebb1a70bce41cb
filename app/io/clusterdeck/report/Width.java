package io.clusterdeck.report;

import io.clusterdeck.report.Shape.Face;

/**
 * How wide a text will be, about: a drawing is laid out where there are no fonts. Counted generously from Inter and JetBrains Mono, so
 * that what is said to fit does fit in the faces that stand in for them, too.
 */
public final class Width {

    private Width() {}

    public static double of(String text, Face face, double size) {
        return size * text.codePoints().mapToDouble(c -> share(c, face)).sum();
    }

    /** The text, or as much of it as fits with an ellipsis; in one line. */
    public static String fit(String text, Face face, double size, double most) {
        var line = Plain.line(text);
        if (of(line, face, size) <= most) {
            return line;
        }
        var fitted = new StringBuilder();
        double used = size;
        for (int c : line.codePoints().toArray()) {
            used += size * share(c, face);
            if (used > most) {
                break;
            }
            fitted.appendCodePoint(c);
        }
        return fitted.toString().stripTrailing() + "…";
    }

    private static double share(int c, Face face) {
        if (c >= 0x1100 && Character.isIdeographic(c) || c >= 0x3000 && c <= 0x30ff || c >= 0xff00 && c <= 0xffef) {
            return 1.02;
        }
        if (c > 0xffff) {
            return 1.3;
        }
        if (face == Face.MONO) {
            return 0.61;
        }
        double narrow = "iljtfrI.,:;'|!()[] /".indexOf(c) >= 0
                ? 0.36
                : Character.isUpperCase(c) || c == 'm' || c == 'w' ? 0.76 : 0.61;
        return face == Face.STRONG ? narrow * 1.05 : narrow;
    }
}
