package io.clusterdeck.store;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the operator chose for the window, for all clusters.
 *
 * @param language {@code en}, {@code zh}, or empty to follow the system
 * @param width of the window, 0 when it was never shown
 */
public record Settings(Theme theme, String language, double width, double height, boolean maximized) {

    public static final Settings DEFAULT = new Settings(Theme.DESKTOP, "", 0, 0, false);

    public enum Theme {
        /** As the desktop has it. */
        DESKTOP,
        LIGHT,
        DARK
    }

    public Settings with(Theme theme) {
        return new Settings(theme, language, width, height, maximized);
    }

    public Settings speaking(String language) {
        return new Settings(theme, language, width, height, maximized);
    }

    public Settings sized(double width, double height, boolean maximized) {
        return new Settings(theme, language, width, height, maximized);
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
                tree.get("width") instanceof Number width ? width.doubleValue() : 0,
                tree.get("height") instanceof Number height ? height.doubleValue() : 0,
                Boolean.TRUE.equals(tree.get("maximized")));
    }

    Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("theme", theme.name().toLowerCase(Locale.ROOT));
        tree.put("language", language);
        tree.put("width", width);
        tree.put("height", height);
        tree.put("maximized", maximized);
        return tree;
    }
}
