package io.clusterdeck.redis.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Exemplar;
import io.clusterdeck.words.Words;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A failover, before and after, in every format of a comparison: both states are there, what differs is marked and said. */
class ComparisonExportsTest {
    private static final Words EN = Words.in(Locale.ENGLISH);
    private static final Comparison FAILOVER =
            Comparison.between(Exemplar.before().state(), Exemplar.after().state());

    private static String text(Format format, Comparison comparison, Words words) throws Exception {
        return new String(Exports.of(format, comparison, words), UTF_8);
    }

    @Test
    void eachTellsTheFailoverInBothLanguagesAndNoSecret() throws Exception {
        for (var format : Format.COMPARISONS) {
            var english = text(format, FAILOVER, EN);
            assertFalse(english.contains(Exemplar.SECRET), format.word());
            assertFalse(english.contains("export.") || english.contains("diff.kind"), format.word());
            boolean wordless = format == Format.JSON || format == Format.PNG;
            assertTrue(wordless || english.contains("9004"), format.word());
            assertTrue(
                    format == Format.JSON || !english.equals(text(format, FAILOVER, Words.in(Locale.CHINA))),
                    format.word());
        }
        var said = "9004 is a master now; it was a replica of 9000";
        assertTrue(text(Format.MARKDOWN, FAILOVER, EN).contains(said));
        assertTrue(text(Format.TEXT, FAILOVER, EN).contains(said));
        var page = ExportsTest.strict(text(Format.HTML, FAILOVER, EN)).getDocumentElement();
        assertTrue(page.getTextContent().contains(said));
    }

    @Test
    void theDrawingsAreReadAndWhatDiffersIsMarked() throws Exception {
        assertEquals(
                0,
                ExportsTest.strict(text(Format.SVG, FAILOVER, EN))
                        .getElementsByTagName("script")
                        .getLength());
        var html = ExportsTest.strict(text(Format.HTML, FAILOVER, EN));
        assertTrue(html.getElementsByTagNameNS("*", "svg").getLength() > 0, "both states are drawn");
        assertTrue(ImageIO.read(new ByteArrayInputStream(Exports.of(Format.PNG, FAILOVER, EN)))
                        .getWidth()
                > 2000);
        var markdown = text(Format.MARKDOWN, FAILOVER, EN);
        assertEquals(2, ExportsTest.mermaid(markdown));
        assertTrue(markdown.contains("#8800; 9004 master"), "marked in the drawing");
        assertFalse(markdown.contains("#8800; 9005"), "and only what differs");
    }

    @Test
    void nothingThatDiffersIsSaidOnce() throws Exception {
        var same =
                Comparison.between(Exemplar.before().state(), Exemplar.before().state());
        assertTrue(text(Format.TEXT, same, EN).contains("Nothing differs"));
        assertEquals(3, text(Format.TEXT, same, EN).lines().count());
    }
}
