package io.clusterdeck.redis.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.snapshot.Exemplar;
import io.clusterdeck.words.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** A failover in every format in which it is handed on: whole, without a secret, without anything that is fetched from elsewhere. */
class FailoverExportsTest {
    private static final Words EN = Words.in(Locale.ENGLISH);

    private static String text(Format format, Kept kept, Words words) throws Exception {
        return new String(FailoverExports.of(format, kept, words), UTF_8);
    }

    private static Document strict(String text) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        text.replace("<!DOCTYPE html>\n", "").getBytes(UTF_8)));
    }

    /** To be looked at. */
    private static void keep(String name, byte[] content) throws IOException {
        Files.write(Files.createDirectories(Path.of("target/pictures")).resolve(name), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void thePostMortemDrawsBothStatesAndNamesEveryDifference(String language) throws Exception {
        var words = Words.in(Locale.of(language));
        var html = text(Format.HTML, ActedFailovers.whole(), words);
        keep("post-mortem-" + language + ".html", html.getBytes(UTF_8));
        var svgs = strict(html).getElementsByTagNameNS("http://www.w3.org/2000/svg", "svg");
        assertTrue(svgs.getLength() > 2, "the timeline, both topologies, signs before the differences");
        var drawn = "";
        for (int i = 0; i < svgs.getLength(); i++) {
            drawn += svgs.item(i).getTextContent();
        }
        assertEquals(2, drawn.split("orders-prod", -1).length - 2, "both states by name, and once in the title");
        var markdown = text(Format.MARKDOWN, ActedFailovers.whole(), words);
        assertEquals(2, markdown.split("```mermaid", -1).length - 1);
        for (var whole : List.of(html, markdown)) {
            assertTrue(whole.contains("6,204"), "measured is said in each");
            assertFalse(whole.contains(Exemplar.SECRET));
            assertFalse(whole.contains("failovers.") || whole.contains("diff."), "a key instead of words");
        }
        assertTrue(html.contains(words.say("failovers.report.changes")));
        if (language.equals("en")) {
            var said = "9004 is a master now; it was a replica of 9000";
            assertTrue(strict(html).getDocumentElement().getTextContent().contains(said));
            assertTrue(markdown.contains(said));
        }
    }

    /** Nobody is to take silence for "nothing was lost". */
    @Test
    void whatWasNotMeasuredIsSaidInEachForm() throws Exception {
        var taken = ActedFailovers.taken();
        var unmeasured = Kept.of(taken.timeline());
        for (var format : List.of(Format.HTML, Format.MARKDOWN, Format.TEXT)) {
            assertTrue(text(format, unmeasured, EN).contains("not measured"), format.word());
            assertTrue(text(format, unmeasured, EN).contains("had acknowledged and not yet passed on"), format.word());
            assertFalse(text(format, taken, EN).contains("not measured"), format.word());
        }
        var uncounted = new Kept(
                taken.timeline(),
                Optional.of(new Measured(List.of(), -1, List.of(), List.of())),
                Optional.empty(),
                Optional.empty());
        assertTrue(text(Format.MARKDOWN, uncounted, EN).contains("not measured"));
    }

    /** Where no state was kept, or one that cannot be read, the reason stands in its place. */
    @Test
    void statesThatAreMissingAreSaid() throws Exception {
        var whole = ActedFailovers.whole();
        var cases = Map.of(
                "No snapshot of before or after was kept", Kept.of(whole.timeline()),
                "No snapshot of before was kept",
                        new Kept(whole.timeline(), Optional.empty(), Optional.empty(), whole.after()),
                "No snapshot of afterwards was kept",
                        new Kept(whole.timeline(), Optional.empty(), whole.before(), Optional.empty()),
                "clusterdeck/snapshot/9",
                        new Kept(
                                whole.timeline(),
                                Optional.empty(),
                                Optional.of("{\"schema\":\"clusterdeck/snapshot/9\"}"),
                                whole.after()));
        for (var each : cases.entrySet()) {
            assertTrue(text(Format.HTML, each.getValue(), EN).contains(each.getKey()), each.getKey());
            assertTrue(text(Format.MARKDOWN, each.getValue(), EN).contains(each.getKey()), each.getKey());
        }
    }

    @Test
    void nothingIsFetchedFromElsewhere() throws Exception {
        var html = text(Format.HTML, ActedFailovers.whole(), EN);
        var named = Pattern.compile("https?://[^\"' ]*")
                .matcher(html)
                .results()
                .map(m -> m.group())
                .distinct()
                .sorted()
                .toList();
        assertEquals(List.of("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"), named);
        for (var word : List.of("<script", " src=", " href=", "@import", "url(")) {
            assertFalse(html.contains(word), word);
        }
        assertTrue(html.contains("default-src &#39;none&#39;"));
    }

    @Test
    void namesOfOthersAreNoMarkup() throws Exception {
        var kept = ActedFailovers.whole();
        var t = kept.timeline();
        var hostile = "<script>alert(1)</script> [x](http://evil) `a` | b";
        var named = new Kept(
                new Timeline(
                        t.id(),
                        hostile,
                        t.kind(),
                        t.outcome(),
                        t.began(),
                        t.ended(),
                        t.failed(),
                        t.winner(),
                        t.epoch(),
                        t.why(),
                        t.terms(),
                        t.members(),
                        t.clocks(),
                        t.stages(),
                        t.facts(),
                        t.notes()),
                kept.measured(),
                kept.before(),
                kept.after());
        var page = strict(text(Format.HTML, named, EN));
        assertEquals(0, page.getElementsByTagNameNS("*", "script").getLength());
        assertTrue(page.getDocumentElement().getTextContent().contains(hostile));
        strict(text(Format.SVG, named, EN));
        var markdown = text(Format.MARKDOWN, named, EN);
        assertFalse(markdown.contains("<script>") || markdown.contains("[x](http"), markdown);
        assertFalse(new String(FailoverExports.all(Format.MARKDOWN, hostile, List.of(named), EN), UTF_8)
                .contains("<script>"));
    }

    @Test
    void theTimelineIsAPictureOfItsOwn() throws Exception {
        for (var kept : List.of(ActedFailovers.whole(), ActedFailovers.stuck(), ActedFailovers.running())) {
            var svg = text(Format.SVG, kept, EN);
            var drawn = strict(svg).getDocumentElement();
            assertTrue(drawn.getTextContent().contains(kept.timeline().cluster()), svg);
            var png = FailoverExports.of(Format.PNG, kept, EN);
            keep("timeline-" + kept.timeline().outcome() + ".png", png);
            assertTrue(ImageIO.read(new ByteArrayInputStream(png)).getWidth() >= 2080);
        }
    }

    /** A replica that moved costs no service, and its lane says where it went; while votes come in, who asks is on its lane. */
    @Test
    void aMoveAndAnElectionThatGoesOnAreDrawn() throws Exception {
        var moved = text(Format.SVG, ActedFailovers.migrated(), EN);
        assertTrue(strict(moved).getDocumentElement().getTextContent().contains("moves to 9000"), moved);
        var told = text(Format.MARKDOWN, ActedFailovers.migrated(), EN);
        assertFalse(told.contains("without a serving master"), told);
        assertTrue(told.contains("cluster-migration-barrier"), told);
        var voting = ActedFailovers.voting();
        assertEquals(1, voting.timeline().votes());
        assertEquals(2, voting.timeline().needed());
        assertTrue(text(Format.SVG, voting, EN).contains("asks for votes"));
        assertTrue(text(Format.SVG, ActedFailovers.stuck(), EN).contains("data too old"));
    }

    /** Every format of the lists is written, every other one refused; the JSON is what its published schema says. */
    @Test
    void everyFormatIsWritten() throws Exception {
        var all = List.of(ActedFailovers.whole(), ActedFailovers.stuck());
        for (var format : Format.values()) {
            if (Format.FAILOVERS.contains(format)) {
                assertTrue(FailoverExports.of(format, all.getFirst(), EN).length > 200, format.word());
            } else {
                assertThrows(IllegalArgumentException.class, () -> FailoverExports.of(format, all.getFirst(), EN));
            }
            if (Format.CHRONICLES.contains(format)) {
                assertTrue(FailoverExports.all(format, "orders", all, EN).length > 50, format.word());
            } else {
                assertThrows(IllegalArgumentException.class, () -> FailoverExports.all(format, "orders", all, EN));
            }
        }
        assertTrue(
                Arrays.asList(new String(FailoverExports.all(Format.TEXT, "orders", all, EN), UTF_8).split("\n"))
                        .get(1)
                        .endsWith("[" + all.get(1).timeline().id() + "]"),
                "each by its id");
        var schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, b -> b.schemas(FailoverExportsTest::published))
                .getSchema(FailoverExportsTest.class.getResourceAsStream("/schema/failovers.schema.json"));
        var written = new ObjectMapper().readTree(FailoverExports.all(Format.JSON, "orders", all, EN));
        assertEquals(List.of(), schema.validate(written));
        ((com.fasterxml.jackson.databind.node.ObjectNode) written.get(1)).remove("stages");
        assertFalse(schema.validate(written).isEmpty());
    }

    /** By the name with which the others refer to it. */
    private static String published(String id) {
        try (var in = FailoverExportsTest.class.getResourceAsStream("/schema/failover.schema.json")) {
            return id.equals("urn:clusterdeck:failover:1") ? new String(in.readAllBytes(), UTF_8) : null;
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
