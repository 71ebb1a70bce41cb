package io.clusterdeck.redis.export;

import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.ComparisonJson;
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

    /** In a format of {@link Format#SNAPSHOTS}. Fails only where a picture can't be painted on this computer. Takes up to a second for a picture. */
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
            case TEXT -> throw new IllegalArgumentException(format.word());
        };
    }

    /** Two states compared, in a format of {@link Format#COMPARISONS}. Fails only where a picture can't be painted on this computer. */
    public static byte[] of(Format format, Comparison comparison, Speech speech) throws Failure {
        return switch (format) {
            case JSON -> bytes(ComparisonJson.text(comparison));
            case HTML -> bytes(new ComparisonReport(comparison, speech).html());
            case SVG -> bytes(Svg.text(ComparisonDrawing.of(comparison, speech), Inks.LIGHT));
            case PNG -> Raster.png(ComparisonDrawing.of(comparison, speech), Inks.LIGHT, FINE);
            case MARKDOWN -> bytes(new ComparisonReport(comparison, speech).markdown());
            case TEXT -> bytes(new ComparisonReport(comparison, speech).text());
            case SLOTS_SVG, SLOTS_PNG, DOT, CSV -> throw new IllegalArgumentException(format.word());
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
