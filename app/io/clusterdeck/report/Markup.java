package io.clusterdeck.report;

/**
 * Writes HTML and SVG that is also well-formed XML. Elements are closed by it, and every text and attribute is escaped: there is no way to
 * write a string of somebody else's as markup. Attributes go in pairs, {@code m.in("a", inside, "href", url)}. Not for several threads.
 */
public final class Markup {

    /** What stands inside an element. */
    @FunctionalInterface
    public interface Inside {
        void write(Markup to);
    }

    private final StringBuilder out = new StringBuilder();

    /** An element with others in it. Names are ours, never data. */
    public Markup in(String name, Inside inside, String... attributes) {
        open(name, attributes);
        out.append('>');
        inside.write(this);
        out.append("</").append(name).append('>');
        return this;
    }

    /** An element that holds a text. */
    public Markup leaf(String name, String text, String... attributes) {
        return in(name, m -> m.text(text), attributes);
    }

    /** An element that holds nothing, {@code <br/>}. */
    public Markup empty(String name, String... attributes) {
        open(name, attributes);
        out.append("/>");
        return this;
    }

    /** A text as it is. */
    public Markup text(String text) {
        escape(text);
        return this;
    }

    /** Words of ours with their emphasis: {@code ⟨strong⟩} and {@code ⟪monospaced⟫}. */
    public Markup words(String marked) {
        int from = 0;
        String tag = "";
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c != '⟨' && c != '⟪' && c != '⟩' && c != '⟫') {
                continue;
            }
            escape(marked.substring(from, i));
            from = i + 1;
            if (!tag.isEmpty()) {
                out.append("</").append(tag).append('>');
            }
            tag = c == '⟨' ? "strong" : c == '⟪' ? "code" : "";
            if (!tag.isEmpty()) {
                out.append('<').append(tag).append('>');
            }
        }
        escape(marked.substring(from));
        if (!tag.isEmpty()) {
            out.append("</").append(tag).append('>');
        }
        return this;
    }

    /** A new line in the source, for people who read that. */
    public Markup line() {
        out.append('\n');
        return this;
    }

    /** Text of ours in which nothing is escaped: a style sheet. Only this package may. */
    Markup verbatim(String ours) {
        out.append(ours);
        return this;
    }

    private void open(String name, String... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("an attribute without a value in " + name);
        }
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(Plain.allowed(c) ? c : Plain.REPLACED);
            }
        });
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
