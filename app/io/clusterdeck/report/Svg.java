package io.clusterdeck.report;

import java.util.Locale;
import java.util.function.Function;

/** Writes a drawing as SVG 1.1: a file of its own, or a part of an HTML page that follows the page's colours. */
public final class Svg {

    private static final String TEXT =
            "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif";
    private static final String MONO = "'JetBrains Mono', Consolas, Menlo, 'DejaVu Sans Mono', monospace";

    private Svg() {}

    /** A whole file. */
    public static String text(Drawing drawing, Inks inks) {
        var m = new Markup();
        m.verbatim("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        write(m, drawing, inks::of, "width", number(drawing.width()), "height", number(drawing.height()));
        return m.line().toString();
    }

    /** Within a {@link Page}: as wide as its place, at most {@code most} pixels. */
    public static void within(Markup page, Drawing drawing, double most) {
        write(
                page,
                drawing,
                ink -> ink == Ink.NONE ? "none" : "var(--cd-" + ink.token() + ")",
                "style",
                "width: 100%; max-width: " + number(Math.min(most, drawing.width())) + "px; height: auto");
    }

    private static void write(Markup to, Drawing drawing, Function<Ink, String> colour, String... size) {
        var attributes = new String[size.length + 8];
        attributes[0] = "xmlns";
        attributes[1] = "http://www.w3.org/2000/svg";
        attributes[2] = "viewBox";
        attributes[3] = "0 0 " + number(drawing.width()) + " " + number(drawing.height());
        attributes[4] = "role";
        attributes[5] = "img";
        attributes[6] = "font-family";
        attributes[7] = TEXT;
        System.arraycopy(size, 0, attributes, 8, size.length);
        to.in(
                "svg",
                svg -> {
                    svg.leaf("title", Plain.line(drawing.title())).line();
                    drawing.shapes().forEach(shape -> {
                        shape(svg, shape, colour);
                        svg.line();
                    });
                },
                attributes);
    }

    private static void shape(Markup to, Shape shape, Function<Ink, String> colour) {
        switch (shape) {
            case Shape.Box b -> {
                // a line of one pixel lies within the box, on whole pixels
                double in = b.line() == Ink.NONE ? 0 : 0.5;
                to.in(
                        "rect",
                        m -> {
                            if (!b.tip().isEmpty()) {
                                m.leaf("title", b.tip());
                            }
                        },
                        "x",
                        number(b.x() + in),
                        "y",
                        number(b.y() + in),
                        "width",
                        number(b.width() - 2 * in),
                        "height",
                        number(b.height() - 2 * in),
                        "rx",
                        number(b.radius()),
                        "style",
                        "fill: " + colour.apply(b.fill()) + "; stroke: " + colour.apply(b.line()));
            }
            case Shape.Stroke s ->
                to.empty(
                        "line",
                        "x1",
                        number(s.x1()),
                        "y1",
                        number(s.y1()),
                        "x2",
                        number(s.x2()),
                        "y2",
                        number(s.y2()),
                        "stroke-width",
                        number(s.width()),
                        "style",
                        "stroke: " + colour.apply(s.ink()) + (s.dashed() ? "; stroke-dasharray: 3 3" : ""));
            case Shape.Words w -> words(to, w, colour.apply(w.ink()));
            case Shape.Sign s ->
                to.empty(
                        "path",
                        "d",
                        s.mark().path(),
                        "transform",
                        "translate(" + number(s.x() - 5) + " " + number(s.y() - 5) + ")",
                        "style",
                        "fill: " + colour.apply(s.mark().ink()) + "; fill-rule: evenodd");
        }
    }

    private static void words(Markup to, Shape.Words w, String colour) {
        to.leaf(
                "text",
                w.text(),
                "x",
                number(w.x()),
                "y",
                number(w.y()),
                "font-size",
                number(w.size()),
                "font-family",
                w.face() == Shape.Face.MONO ? MONO : TEXT,
                "font-weight",
                w.face() == Shape.Face.STRONG ? "600" : "400",
                "text-anchor",
                w.anchor().name().toLowerCase(Locale.ROOT),
                "style",
                "fill: " + colour);
    }

    private static String number(double n) {
        return n == Math.rint(n) ? Long.toString((long) n) : String.format(Locale.ROOT, "%.2f", n);
    }
}
