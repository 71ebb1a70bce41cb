package io.clusterdeck.redis.export;

import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.report.Inks;
import io.clusterdeck.report.Raster;
import io.clusterdeck.report.Svg;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Speech;
import java.nio.charset.StandardCharsets;

/** Writes a snapshot in any format: the same bytes for the window and for the command line. */
public final class Exports {

    /** Two pixels for one of the drawing: sharp on fine displays and on paper. */
    private static final double FINE = 2;

    private Exports() {}

    /** Fails only where a picture can't be painted on this computer. Takes up to a second for a picture. */
    public static byte[] of(Format format, Snapshot snapshot, Speech speech) throws Failure {
        var state = snapshot.state();
        return switch (format) {
            case JSON -> bytes(SnapshotJson.text(snapshot));
            case HTML -> bytes(HtmlReport.text(snapshot, speech));
            case SVG -> bytes(Svg.text(TopologyDrawing.of(state, speech), Inks.LIGHT));
            case PNG -> Raster.png(TopologyDrawing.of(state, speech), Inks.LIGHT, FINE);
            case SLOTS_SVG -> bytes(Svg.text(SlotDrawing.of(state, speech), Inks.LIGHT));
            case SLOTS_PNG -> Raster.png(SlotDrawing.of(state, speech), Inks.LIGHT, FINE);
            case MARKDOWN -> bytes(MarkdownReport.text(snapshot, speech));
            case DOT -> bytes(DotGraph.text(state, speech));
            case CSV -> bytes(NodesCsv.text(state));
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
