package io.clusterdeck.report;

/** Texts of others without what no document should hold. */
public final class Plain {

    /** Stands for what was taken out. */
    static final int REPLACED = 0xfffd;

    private Plain() {}

    /**
     * Whether a character may stand in XML 1.0 and does not change how its neighbours are read: no control character but tab and line
     * feed, no half of a pair, none that turns the direction of what follows (Unicode Standard Annex 9).
     */
    public static boolean allowed(int c) {
        boolean control = c < 0x20 && c != '\t' && c != '\n' || c >= 0x7f && c <= 0x9f;
        boolean half = c >= 0xd800 && c <= 0xdfff;
        boolean turns = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x2028 || c == 0x2029;
        return !control && !half && !turns && c != 0xfffe && c != 0xffff;
    }

    /** In one line, other characters replaced. */
    public static String line(String text) {
        return text.codePoints()
                .map(c -> c == '\t' || c == '\n' || c == '\r' ? ' ' : allowed(c) ? c : REPLACED)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Words without the marks of emphasis. */
    public static String words(String marked) {
        return marked.replaceAll("[⟨⟩⟪⟫]", "");
    }
}
