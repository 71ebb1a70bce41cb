package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.export.Format;
import io.clusterdeck.report.Inks;
import io.clusterdeck.report.Raster;
import io.clusterdeck.report.Svg;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Speech;
import java.nio.charset.StandardCharsets;

/** Writes how a drill went in any format: the same bytes for the window and for the command line. */
public final class DrillExports {
    /** As fine as the drawings of snapshots. */
    private static final double FINE = 2;

    private DrillExports() {}

    /** In a format of {@link Format#DRILLS}. Fails only where a picture can't be painted on this computer. Takes up to a second for a picture. */
    public static byte[] of(Format format, DrillResult result, Speech speech) throws Failure {
        return switch (format) {
            case JSON -> bytes(ResultJson.text(result));
            case HTML -> bytes(new DrillReport(result, speech).html());
            case MARKDOWN -> bytes(new DrillReport(result, speech).markdown());
            case SVG -> bytes(Svg.text(DrillDrawing.of(result, speech), Inks.LIGHT));
            case PNG -> Raster.png(DrillDrawing.of(result, speech), Inks.LIGHT, FINE);
            case TEXT, SLOTS_SVG, SLOTS_PNG, DOT, CSV -> throw new IllegalArgumentException(format.word());
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
