package io.clusterdeck.views.drill;

import io.clusterdeck.redis.drill.DrillResult;
import io.clusterdeck.redis.drill.TrendDrawing;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Picture;
import java.util.List;
import javafx.scene.layout.Pane;

/** The same drill over time, drawn as wide as its place. */
final class TrendPane extends Pane {
    private final Look look;
    private final List<DrillResult> same;
    private final Picture picture;

    /** @param same the oldest first */
    TrendPane(Look look, List<DrillResult> same) {
        this.look = look;
        this.same = same;
        this.picture = new Picture(look, false);
        setId("drill-trend");
        getChildren().add(picture);
        widthProperty().subscribe(w -> draw());
        var height = TrendDrawing.of(same, look.tongue().words(), 1).height();
        setMinHeight(height);
        setPrefHeight(height);
    }

    private void draw() {
        if (getWidth() > 0) {
            picture.show(TrendDrawing.of(same, look.tongue().words(), getWidth()));
        }
    }
}
