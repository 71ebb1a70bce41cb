package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.export.Format;
import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Inks;
import io.clusterdeck.report.Raster;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.report.Svg;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Speech;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Writes failovers in any format: the same bytes for the window and for the command line. */
public final class FailoverExports {
    /** Pixels. */
    private static final double WIDTH = 1040;

    private static final double MARGIN = 20;
    private static final double HEAD = 68;

    /** As fine as the drawings of snapshots. */
    private static final double FINE = 2;

    private FailoverExports() {}

    /** In a format of {@link Format#FAILOVERS}. Fails only where a picture can't be painted on this computer. Takes up to a second for a picture. */
    public static byte[] of(Format format, Kept kept, Speech speech) throws Failure {
        return switch (format) {
            case JSON -> bytes(TimelineJson.text(kept));
            case HTML -> bytes(PostMortem.html(kept, speech));
            case MARKDOWN -> bytes(PostMortemText.markdown(kept, speech));
            case TEXT -> bytes(PostMortemText.text(kept, speech));
            case SVG -> bytes(Svg.text(picture(kept, speech), Inks.LIGHT));
            case PNG -> Raster.png(picture(kept, speech), Inks.LIGHT, FINE);
            case SLOTS_SVG, SLOTS_PNG, DOT, CSV -> throw new IllegalArgumentException(format.word());
        };
    }

    /** All of a cluster, in the order in which they are to be told; in a format of {@link Format#CHRONICLES}. */
    public static byte[] all(Format format, String cluster, List<Kept> all, Speech speech) {
        return switch (format) {
            case JSON -> bytes(Chronicle.json(all));
            case HTML -> bytes(Chronicle.html(cluster, all, speech));
            case MARKDOWN -> bytes(Chronicle.markdown(cluster, all, speech));
            case TEXT -> bytes(Chronicle.text(all, speech));
            case SVG, PNG, SLOTS_SVG, SLOTS_PNG, DOT, CSV -> throw new IllegalArgumentException(format.word());
        };
    }

    /** The timeline as a picture of its own, with what happened, where and when above it. */
    static Drawing picture(Kept kept, Speech speech) {
        var t = kept.timeline();
        var timeline = TimelineDrawing.of(t, kept.measured(), speech, WIDTH - 2 * MARGIN, Instant.now())
                .drawing();
        double width = timeline.width() + 2 * MARGIN;
        double height = HEAD + timeline.height() + MARGIN;
        var sheet = new Drawing.Sheet();
        sheet.box(0, 0, width, height, 0, Ink.BG, Ink.NONE);
        double room = width - 2 * MARGIN;
        sheet.words(MARGIN, 32, room, Headline.of(t, speech), Ink.FG, Face.STRONG, 17);
        var of = speech.say("failovers.report.of", "cluster", t.cluster(), "at", Times.stamp(t.began()));
        sheet.words(MARGIN, 52, room, of, Ink.MUT, Face.TEXT, 12);
        sheet.add(timeline, MARGIN, HEAD);
        return sheet.drawing(width, height, timeline.title());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
