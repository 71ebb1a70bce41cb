package io.clusterdeck.views.look;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.List;

/** One of the two ways the window is coloured. */
public enum Theme {
    LIGHT("light"),
    DARK("dark");

    private final String word;
    private final Palette palette;

    Theme(String word) {
        this.word = word;
        this.palette = Palette.read("/css/tokens-" + word + ".css");
    }

    /** The colours for what is painted pixel by pixel; the same as the style sheets'. */
    public Palette palette() {
        return palette;
    }

    String base() {
        return (this == DARK ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet();
    }

    /** To be set on a scene, in this order: colours, their names in modena and ControlsFX, our own rules. */
    public List<String> sheets() {
        return List.of(
                sheet("tokens-" + word),
                sheet("bridge"),
                sheet("clusterdeck"),
                sheet("failover"),
                sheet("hosts"),
                sheet("snapshots"),
                sheet("desk"),
                sheet("focus"));
    }

    private static String sheet(String name) {
        var url = Theme.class.getResource("/css/" + name + ".css");
        if (url == null) {
            throw new IllegalStateException("no style sheet " + name);
        }
        return url.toExternalForm();
    }
}
