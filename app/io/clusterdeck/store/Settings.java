package io.clusterdeck.store;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the operator chose for the window, for all clusters.
 *
 * @param language {@code en}, {@code zh}, or empty to follow the system
 * @param scale of everything in the window, in percent
 * @param tells whether the desktop is told of a cluster that turns bad
 * @param frame where the window was
 * @param page what it showed, as its name; empty for the first cluster
 */
public record Settings(Theme theme, String language, int scale, boolean tells, Frame frame, String page) {

    public static final Settings DEFAULT = new Settings(Theme.DESKTOP, "", 100, true, Frame.NONE, "");

    private static final int LEAST = 100;
    private static final int MOST = 200;

    public enum Theme {
        /** As the desktop has it. */
        DESKTOP,
        LIGHT,
        DARK
    }

    /**
     * The window's place on the desktop.
     *
     * @param x its left side, not a number when it is the desktop's choice; likewise y
     * @param width 0 when it was never shown
     */
    public record Frame(double x, double y, double width, double height, boolean maximized) {
        public static final Frame NONE = new Frame(Double.NaN, Double.NaN, 0, 0, false);

        public boolean placed() {
            return !Double.isNaN(x) && !Double.isNaN(y);
        }
    }

    public Settings {
        scale = Math.clamp(scale, LEAST, MOST);
    }

    public Settings with(Theme theme) {
        return new Settings(theme, language, scale, tells, frame, page);
    }

    /** @param language empty to follow the system */
    public Settings speaking(String language) {
        return new Settings(theme, language, scale, tells, frame, page);
    }

    public Settings scaled(int scale) {
        return new Settings(theme, language, scale, tells, frame, page);
    }

    public Settings notifying(boolean tells) {
        return new Settings(theme, language, scale, tells, frame, page);
    }

    public Settings at(Frame frame) {
        return new Settings(theme, language, scale, tells, frame, page);
    }

    public Settings showing(String page) {
        return new Settings(theme, language, scale, tells, frame, page);
    }

    /** What is missing or makes no sense is as by default. */
    static Settings of(Map<String, Object> tree) {
        var theme = Theme.DESKTOP;
        for (var t : Theme.values()) {
            if (t.name().toLowerCase(Locale.ROOT).equals(tree.get("theme"))) {
                theme = t;
            }
        }
        return new Settings(
                theme,
                tree.get("language") instanceof String language ? language : "",
                (int) number(tree, "scale", LEAST),
                !Boolean.FALSE.equals(tree.get("notify")),
                new Frame(
                        number(tree, "x", Double.NaN),
                        number(tree, "y", Double.NaN),
                        number(tree, "width", 0),
                        number(tree, "height", 0),
                        Boolean.TRUE.equals(tree.get("maximized"))),
                tree.get("page") instanceof String page ? page : "");
    }

    private static double number(Map<String, Object> tree, String name, double otherwise) {
        return tree.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }

    Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("theme", theme.name().toLowerCase(Locale.ROOT));
        tree.put("language", language);
        tree.put("scale", scale);
        tree.put("notify", tells);
        if (frame.placed()) {
            tree.put("x", frame.x());
            tree.put("y", frame.y());
        }
        tree.put("width", frame.width());
        tree.put("height", frame.height());
        tree.put("maximized", frame.maximized());
        tree.put("page", page);
        return tree;
    }
}
