package io.clusterdeck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.Hostile;
import io.clusterdeck.words.Words;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Nothing that is written into a report becomes part of its markup, and the pictures are pictures. */
class ReportTest {

    private static Document strict(String xml) throws Exception {
        var builder = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        builder.setEntityResolver((id, system) -> new InputSource(new StringReader("")));
        return builder.parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> hostile() {
        var all = new ArrayList<>(Hostile.values(40));
        all.addAll(List.of(
                "</title><script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "]]>",
                "<!--",
                "&lt;",
                "\u202egnp.exe",
                "\ud83d",
                "</style>"));
        return all;
    }

    @Test
    void everyTextComesBackAsItWas() throws Exception {
        for (var hostile : hostile()) {
            var page = Page.html(
                    Words.in(Locale.ENGLISH),
                    hostile,
                    List.of(),
                    m -> m.leaf("p", hostile, "id", "told", "title", hostile),
                    hostile);
            assertFalse(page.contains("<script"), hostile);
            var told = strict(page).getElementsByTagName("p").item(0);
            assertEquals(expected(hostile), told.getTextContent(), hostile);
            assertEquals(
                    expected(hostile).replace('\n', ' ').replace('\t', ' '),
                    told.getAttributes().getNamedItem("title").getNodeValue());
        }
    }

    /** What may stand in XML stays; the rest is told by a replacement. */
    private static String expected(String text) {
        return text.codePoints()
                .map(c -> Plain.allowed(c) ? c : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void emphasisCannotBeLeftOpenAndIsNoMarkup() throws Exception {
        var m = new Markup();
        m.in("p", p -> p.words("⟨9000⟩ serves ⟪a<b⟫ and ⟨never ends"));
        assertEquals(
                "<p><strong>9000</strong> serves <code>a&lt;b</code> and <strong>never ends</strong></p>",
                m.toString());
        strict(m.toString());
    }

    @Test
    void aDrawingIsOneSvgWhateverIsWrittenInIt() throws Exception {
        var sheet = new Drawing.Sheet();
        for (var hostile : hostile()) {
            sheet.words(10, 20, 300, hostile, Ink.FG, Shape.Face.TEXT, 13);
            sheet.area(0, 0, 10, 10, Ink.S1, hostile);
        }
        for (var mark : Shape.Mark.values()) {
            sheet.sign(20, 20, mark);
        }
        var svg = strict(Svg.text(sheet.drawing(320, 40, "</svg>"), Inks.LIGHT)).getDocumentElement();
        assertEquals("svg", svg.getLocalName());
        assertEquals(0, svg.getElementsByTagName("script").getLength());
        assertEquals(hostile().size(), svg.getElementsByTagName("text").getLength());
        assertEquals(
                Shape.Mark.values().length, svg.getElementsByTagName("path").getLength());
    }

    @Test
    void theSameDrawingIsPainted() throws Exception {
        var sheet = new Drawing.Sheet();
        sheet.box(0, 0, 100, 50, 0, Ink.BG, Ink.NONE);
        sheet.box(10, 10, 20, 20, 0, Ink.S1, Ink.NONE);
        sheet.sign(80, 25, Shape.Mark.OK);
        sheet.words(35, 30, 40, "9000 主", Ink.FG, Shape.Face.MONO, 13);
        var png = Raster.png(sheet.drawing(100, 50, "a test"), Inks.LIGHT, 2);
        var image = ImageIO.read(new ByteArrayInputStream(png));
        assertEquals(200, image.getWidth());
        assertEquals(Integer.decode(Inks.LIGHT.of(Ink.S1)), image.getRGB(40, 40) & 0xffffff);
        assertEquals(Integer.decode(Inks.LIGHT.of(Ink.OK)), image.getRGB(160, 50) & 0xffffff);
        assertEquals(0xffffff, image.getRGB(198, 98) & 0xffffff);
        boolean written = false;
        for (int x = 70; x < 140; x++) {
            written |= (image.getRGB(x, 52) & 0xffffff) != 0xffffff;
        }
        assertTrue(written, "the words are there");
    }

    @Test
    void hugeDrawingsStayWithinTheMemory() throws Exception {
        var png = Raster.png(new Drawing.Sheet().drawing(20_000, 20_000, ""), Inks.LIGHT, 2);
        var image = ImageIO.read(new ByteArrayInputStream(png));
        assertTrue((long) image.getWidth() * image.getHeight() < 25_000_000, image.toString());
    }

    @Test
    void wordsAreFittedWithAnEllipsis() {
        assertEquals("9000", Width.fit("9000", Shape.Face.MONO, 13, 100));
        var fitted = Width.fit("a very long name of a host", Shape.Face.TEXT, 13, 80);
        assertTrue(fitted.endsWith("…") && Width.of(fitted, Shape.Face.TEXT, 13) <= 90, fitted);
    }

    @Test
    void anAttributeNeedsItsValue() {
        assertThrows(IllegalArgumentException.class, () -> new Markup().empty("br", "class"));
    }
}
