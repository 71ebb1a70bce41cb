package io.clusterdeck.report;

import io.clusterdeck.say.Bug;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextAttribute;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.AttributedString;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Paints a drawing as PNG. Needs no display and no JavaFX: Java's own two-dimensional graphics, with the window's fonts. */
public final class Raster {

    private static final Pattern STEP = Pattern.compile("([MLCZ])([^MLCZ]*)");

    /** Far above any display; more would only fill the memory. */
    private static final double MOST_PIXELS = 24e6;

    private final Graphics2D to;
    private final Inks inks;
    private final Map<Shape.Face, Font> faces;

    private Raster(Graphics2D to, Inks inks, Map<Shape.Face, Font> faces) {
        this.to = to;
        this.inks = inks;
        this.faces = faces;
    }

    /**
     * @param scale 2 for displays with fine pixels; a drawing that would become enormous is painted smaller. Fails where this computer has
     *     no fonts at all, which Java cannot paint without
     */
    public static byte[] png(Drawing drawing, Inks inks, double scale) throws Failure {
        // asked for before Java's toolkit is loaded: pictures are painted in memory, also beside a window
        System.setProperty("java.awt.headless", "true");
        double fit = Math.sqrt(MOST_PIXELS / (drawing.width() * drawing.height()));
        double by = Math.min(scale, fit);
        var image = new BufferedImage(
                (int) Math.ceil(drawing.width() * by),
                (int) Math.ceil(drawing.height() * by),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics;
        Map<Shape.Face, Font> faces;
        try {
            graphics = image.createGraphics();
            faces = faces();
        } catch (RuntimeException | Error none) {
            throw new NotAllowed(Say.of("report.no-fonts", "why", none), Say.of("report.no-fonts.next"), none);
        }
        try {
            graphics.scale(by, by);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            var raster = new Raster(graphics, inks, faces);
            drawing.shapes().forEach(raster::paint);
        } finally {
            graphics.dispose();
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", bytes);
        } catch (IOException impossible) {
            throw new Bug(Say.of("report.no-picture", "why", impossible), Say.of("report.no-fonts.next"), impossible);
        }
        return bytes.toByteArray();
    }

    private static Map<Shape.Face, Font> faces() {
        var faces = new EnumMap<Shape.Face, Font>(Shape.Face.class);
        faces.put(Shape.Face.TEXT, font("Inter-Regular.otf"));
        faces.put(Shape.Face.STRONG, font("Inter-SemiBold.otf"));
        faces.put(Shape.Face.MONO, font("JetBrainsMono-Regular.ttf"));
        return faces;
    }

    private static Font font(String file) {
        try (var in = Raster.class.getResourceAsStream("/fonts/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no font " + file);
            }
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException | FontFormatException broken) {
            throw new IllegalStateException(file, broken);
        }
    }

    private void paint(Shape shape) {
        switch (shape) {
            case Shape.Box b -> {
                double in = b.line() == Ink.NONE ? 0 : 0.5;
                var box = new RoundRectangle2D.Double(
                        b.x() + in,
                        b.y() + in,
                        b.width() - 2 * in,
                        b.height() - 2 * in,
                        2 * b.radius(),
                        2 * b.radius());
                if (b.fill() != Ink.NONE) {
                    to.setColor(colour(b.fill()));
                    to.fill(box);
                }
                if (b.line() != Ink.NONE) {
                    to.setStroke(new BasicStroke(1));
                    to.setColor(colour(b.line()));
                    to.draw(box);
                }
            }
            case Shape.Stroke s -> {
                float width = (float) s.width();
                to.setStroke(
                        s.dashed()
                                ? new BasicStroke(
                                        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {3, 3}, 0)
                                : new BasicStroke(width));
                to.setColor(colour(s.ink()));
                to.draw(new Line2D.Double(s.x1(), s.y1(), s.x2(), s.y2()));
            }
            case Shape.Words w -> words(w);
            case Shape.Sign s -> {
                to.setColor(colour(s.mark().ink()));
                to.fill(AffineTransform.getTranslateInstance(s.x() - 5, s.y() - 5)
                        .createTransformedShape(path(s.mark().path())));
            }
        }
    }

    private Color colour(Ink ink) {
        return Color.decode(inks.of(ink));
    }

    private void words(Shape.Words w) {
        if (w.text().isEmpty()) {
            return;
        }
        to.setColor(colour(w.ink()));
        var text = withFonts(w);
        var iterator = text.getIterator();
        double width = to.getFontRenderContext() == null
                ? 0
                : new java.awt.font.TextLayout(iterator, to.getFontRenderContext()).getAdvance();
        double x = switch (w.anchor()) {
            case START -> w.x();
            case MIDDLE -> w.x() - width / 2;
            case END -> w.x() - width;
        };
        to.drawString(iterator, (float) x, (float) w.y());
    }

    /** Each run of characters in our font, or where that has no such letter (Chinese) in the computer's. */
    private AttributedString withFonts(Shape.Words w) {
        var ours = faces.getOrDefault(w.face(), new Font(Font.SANS_SERIF, Font.PLAIN, 1))
                .deriveFont((float) w.size());
        var theirs = new Font(
                        w.face() == Shape.Face.MONO ? Font.MONOSPACED : Font.SANS_SERIF,
                        w.face() == Shape.Face.STRONG ? Font.BOLD : Font.PLAIN,
                        1)
                .deriveFont((float) w.size());
        var text = new AttributedString(w.text());
        int at = 0;
        while (at < w.text().length()) {
            int next = at + Character.charCount(w.text().codePointAt(at));
            var font = ours.canDisplay(w.text().codePointAt(at)) ? ours : theirs;
            text.addAttribute(TextAttribute.FONT, font, at, next);
            at = next;
        }
        return text;
    }

    static Path2D path(String data) {
        var path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        var steps = STEP.matcher(data);
        while (steps.find()) {
            var n = steps.group(2).isBlank()
                    ? new double[0]
                    : Pattern.compile("[ ,]+")
                            .splitAsStream(steps.group(2).strip())
                            .mapToDouble(Double::parseDouble)
                            .toArray();
            switch (steps.group(1)) {
                case "M" -> path.moveTo(n[0], n[1]);
                case "L" -> path.lineTo(n[0], n[1]);
                case "C" -> path.curveTo(n[0], n[1], n[2], n[3], n[4], n[5]);
                default -> path.closePath();
            }
        }
        return path;
    }
}
