package io.clusterdeck.redis.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clusterdeck.redis.snapshot.Exemplar;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotReader;
import io.clusterdeck.report.Markdown;
import io.clusterdeck.words.Words;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Every format as a strict reader of it reads it; no secret in any, and no name of anybody's becomes part of its syntax. */
class ExportsTest {

    private static final Words EN = Words.in(Locale.ENGLISH);

    /** One that means something in each of the formats. */
    private static final String HOSTILE =
            "=x\"]; end %% \\\"}</svg><script>alert(1)</script> | `rm` ${x}\n# y, 'z' &lt; ]]> ⟩⟫";

    private static String text(Format format, Snapshot snapshot, Words words) throws Exception {
        return new String(Exports.of(format, snapshot, words), UTF_8);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PNG", "SLOTS_PNG", "TEXT"}) // painted from the same shapes as SVG; text is of comparisons
    void holdsNoSecret(Format format) throws Exception {
        for (var snapshot : List.of(Exemplar.before(), Exemplar.after())) {
            assertTrue(snapshot.state().nodes().values().stream()
                    .allMatch(n -> n.info().orElseThrow().info().containsValue(Exemplar.SECRET)));
            var bytes = new String(Exports.of(format, snapshot, EN), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains(Exemplar.SECRET), format.word());
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PNG", "SLOTS_PNG", "TEXT"}) // painted from the same shapes as SVG; text is of comparisons
    void tellsInBothLanguages(Format format) throws Exception {
        var english = Exports.of(format, Exemplar.after(), EN);
        var chinese = Exports.of(format, Exemplar.after(), Words.in(Locale.CHINA));
        boolean wordless = format == Format.JSON || format == Format.CSV;
        assertEquals(wordless, java.util.Arrays.equals(english, chinese));
        assertFalse(new String(english, UTF_8).contains("export."), "every key has words");
    }

    @Test
    void theSameStateWritesTheSameBytes() throws Exception {
        for (var format : List.of(Format.JSON, Format.HTML, Format.MARKDOWN, Format.DOT, Format.CSV)) {
            assertTrue(
                    java.util.Arrays.equals(
                            Exports.of(format, Exemplar.before(), EN), Exports.of(format, Exemplar.before(), EN)),
                    format.word());
        }
    }

    @Test
    void jsonIsValidAndComesBack() throws Exception {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ExportsTest.class.getResourceAsStream("/schema/snapshot.schema.json"));
        for (var snapshot : List.of(Exemplar.before(), Exemplar.after(), Exemplar.hostile("a\tb"))) {
            var json = text(Format.JSON, snapshot, EN);
            assertEquals(List.of(), schema.validate(new ObjectMapper().readTree(json)));
            assertEquals(
                    snapshot.taken().why(),
                    SnapshotReader.read(json, "x.json").taken().why());
        }
    }

    static Document strict(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml.replace("<!DOCTYPE html>", ""))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"SVG", "SLOTS_SVG", "HTML"})
    void markupIsWellFormedWhateverItTells(Format format) throws Exception {
        for (var snapshot :
                List.of(Exemplar.before(), Exemplar.after(), Exemplar.hostile(HOSTILE), Exemplar.many(120))) {
            var document = strict(text(format, snapshot, EN));
            assertEquals(0, document.getElementsByTagName("script").getLength());
        }
        var told =
                strict(text(format, Exemplar.hostile("<script>h</script>"), EN)).getDocumentElement();
        assertTrue(told.getTextContent().contains("<script>h</script>"), "told as text");
    }

    @Test
    void theReportNeedsNothingBesideIt() throws Exception {
        var html = text(Format.HTML, Exemplar.after(), EN);
        assertFalse(Pattern.compile("(src|href)=|url\\(|@import").matcher(html).find());
        assertTrue(html.contains("default-src &#39;none&#39;"));
        for (var told : List.of("9004", "10.20.0.175:9001", "6.2.4", "maxmemory", "100–5460", "ops@deck1")) {
            assertTrue(html.contains(told), told);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"PNG", "SLOTS_PNG"})
    void picturesAreRead(Format format) throws Exception {
        var image = ImageIO.read(new ByteArrayInputStream(Exports.of(format, Exemplar.before(), EN)));
        assertEquals(2080, image.getWidth());
        assertTrue(image.getHeight() > 500);
    }

    /** Graphviz itself reads it, and finds our nodes and edges, no more. */
    @Test
    void graphvizDrawsIt() throws Exception {
        for (var snapshot : List.of(Exemplar.after(), Exemplar.hostile(HOSTILE))) {
            var dot = new ProcessBuilder("dot", "-Tjson0")
                    .redirectErrorStream(true)
                    .start();
            try (var in = dot.getOutputStream()) {
                in.write(Exports.of(Format.DOT, snapshot, EN));
            }
            var answer = new String(dot.getInputStream().readAllBytes(), UTF_8);
            assertTrue(dot.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, dot.exitValue(), answer);
            var graph = new ObjectMapper().readTree(answer);
            assertEquals(3, graph.get("_subgraph_cnt").asInt());
            assertEquals(9, graph.get("objects").size(), "three hosts and six nodes");
            assertEquals(3, graph.get("edges").size());
        }
        assertEquals("\"a\\\"b\\\\n\\nc&amp;d\"", DotGraph.quoted("a\"b\\n\nc&d"));
    }

    /** A parser of the syntax that we use; Mermaid's own was tried by hand (docs/decisions). */
    @Test
    void mermaidLinesAreWhatMermaidKnows() throws Exception {
        for (var snapshot : List.of(Exemplar.after(), Exemplar.hostile(HOSTILE), Exemplar.many(40))) {
            mermaid(text(Format.MARKDOWN, snapshot, EN));
        }
        assertEquals("a#34;b#59; #60;c#62;", Mermaid.escaped("a\"b; <c>"));
    }

    /** Beyond that many characters or arrows those who draw it say that it is too large. */
    @Test
    void mermaidDrawsAlsoWhatIsLarge() throws Exception {
        for (int shards : new int[] {120, 600, 2000}) {
            var markdown = text(Format.MARKDOWN, Exemplar.many(shards), EN);
            mermaid(markdown);
            var drawing = markdown.substring(markdown.indexOf("flowchart"), markdown.lastIndexOf("```"));
            assertTrue(drawing.length() < 50_000, shards + " shards: " + drawing.length());
            assertTrue(drawing.lines().filter(l -> l.matches(".*-[->.].*>.*")).count() < 500, drawing);
            assertTrue(drawing.lines().filter(l -> l.contains("[\"")).count() >= shards, drawing);
        }
    }

    /** Every drawing in a document, line by line. @return how many there are */
    static int mermaid(String markdown) {
        var id = "n\\d+";
        var label = "\"[^\"\\[\\]{}<>|`\\\\\\n]*(<br/>[^\"\\[\\]{}<>|`\\\\\\n]*)?\"";
        var line = Pattern.compile("flowchart LR"
                + "|  subgraph s\\d+ \\[" + label + "]|  end"
                + "| {2,4}" + id + "(\\[" + label + "]|\\(\\[" + label + "]\\))"
                + "|  s\\d+\\[" + label + "]"
                + "|  " + id + " (-->|-\\.->) " + id
                + "|  style " + id + " stroke:#[0-9a-f]{6}(,stroke-width:2px)?");
        int drawings = 0;
        for (int at = markdown.indexOf("```mermaid\n"); at >= 0; at = markdown.indexOf("```mermaid\n", at + 1)) {
            markdown.substring(at + 11, markdown.indexOf("```\n", at + 11))
                    .lines()
                    .forEach(l -> assertTrue(line.matcher(l).matches(), l));
            drawings++;
        }
        return drawings;
    }

    @Test
    void markdownTablesKeepTheirColumns() throws Exception {
        var markdown = text(Format.MARKDOWN, Exemplar.hostile(HOSTILE), EN);
        assertFalse(markdown.contains("<script"));
        var rows = markdown.lines()
                .filter(l -> l.startsWith("| ") && l.contains("10.20.0"))
                .toList();
        assertEquals(6, rows.size());
        for (var row : rows) {
            assertEquals(12, row.chars().filter(c -> c == '|').count(), row);
        }
        assertEquals("\\# a &#124; b \\`c\\` &lt;d\\>", Markdown.escaped("# a | b `c` <d>"));
    }

    /** Read by a reader of RFC 4180 written for this test: quotes doubled, lines end with CRLF. */
    @Test
    void csvHasTheSameColumnsInEveryLine() throws Exception {
        var lines = csv(text(Format.CSV, Exemplar.hostile(HOSTILE), EN));
        assertEquals(7, lines.size());
        lines.forEach(l -> assertEquals(16, l.size(), l.toString()));
        var host = lines.get(1).get(1);
        assertTrue(host.startsWith("'=x\"]; end"), "no spreadsheet takes it for a formula: " + host);
        assertEquals("0-5460", lines.get(1).get(7));
        assertEquals(Exemplar.id(9000).value(), lines.get(1).getFirst());
    }

    private static List<List<String>> csv(String text) {
        var lines = new ArrayList<List<String>>();
        var line = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\r')) {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\r') {
                    assertEquals('\n', text.charAt(++i));
                    lines.add(List.copyOf(line));
                    line.clear();
                }
            } else {
                cell.append(c);
            }
        }
        assertTrue(cell.isEmpty() && line.isEmpty() && !quoted);
        return lines;
    }

    @Test
    void aFileNameTellsItsFormat() {
        assertEquals(Format.SLOTS_SVG, Format.of("orders.slots.svg").orElseThrow());
        assertEquals(Format.SVG, Format.of("slots.SVG").orElseThrow());
        assertEquals(Format.MARKDOWN, Format.of("/tmp/a.md").orElseThrow());
        assertTrue(Format.of("a.pdf").isEmpty());
        for (var format : Format.SNAPSHOTS) {
            assertEquals(format, Format.of("x" + format.ending()).orElseThrow());
            assertEquals(format, Format.named(format.word()).orElseThrow());
        }
    }
}
