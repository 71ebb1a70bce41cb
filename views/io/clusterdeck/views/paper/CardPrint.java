package io.clusterdeck.views.paper;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.print.PrinterJob;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;

/** A sheet on as many pages as it needs, cut between its parts. FX thread. */
final class CardPrint {
    private static final double SHARP = 2;

    private final VBox sheet;

    CardPrint(VBox sheet) {
        this.sheet = sheet;
    }

    /** Where each page ends, in the sheet's pixels: behind the last part that fits, within a part only when that alone is longer. */
    static List<Double> ends(List<Double> bottoms, double height, double page) {
        var ends = new ArrayList<Double>();
        double from = 0;
        while (from < height - 0.5) {
            double limit = from + page;
            double end = limit;
            for (double bottom : bottoms) {
                if (bottom > from + 1 && bottom <= limit) {
                    end = bottom;
                }
            }
            end = Math.min(end == limit && height <= limit ? height : end, height);
            ends.add(end);
            from = end;
        }
        return ends;
    }

    void on(PrinterJob job) {
        var layout = job.getJobSettings().getPageLayout();
        double scale = layout.getPrintableWidth() / sheet.getWidth();
        double page = layout.getPrintableHeight() / scale;
        var bottoms = sheet.getChildren().stream()
                .map(n -> n.getBoundsInParent().getMaxY() + 4)
                .toList();
        double from = 0;
        boolean printed = true;
        for (double end : ends(bottoms, sheet.getHeight(), page)) {
            var view = new ImageView(picture(from, end));
            view.setPreserveRatio(true);
            view.setFitWidth(layout.getPrintableWidth());
            printed &= job.printPage(view);
            from = end;
        }
        if (printed) {
            job.endJob();
        }
    }

    private WritableImage picture(double from, double to) {
        sheet.getStyleClass().add("print"); // black on white, in a dark window as well
        var what = new SnapshotParameters();
        what.setFill(Color.WHITE);
        what.setTransform(javafx.scene.transform.Transform.scale(SHARP, SHARP));
        what.setViewport(new Rectangle2D(0, from * SHARP, sheet.getWidth() * SHARP, (to - from) * SHARP));
        var picture = sheet.snapshot(what, null);
        sheet.getStyleClass().remove("print");
        return picture;
    }
}
