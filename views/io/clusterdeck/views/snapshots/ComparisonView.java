package io.clusterdeck.views.snapshots;

import io.clusterdeck.redis.export.ComparisonDrawing;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Differences;
import io.clusterdeck.redis.snapshot.Differences.Kind;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Picture;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.Wrapped;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Insets;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Two states side by side with what differs marked, and below it every difference in a sentence. */
final class ComparisonView extends ScrollPane {
    /** So many of a kind are shown; exports have all. */
    private static final int MOST = 100;

    ComparisonView(Look look, Comparison comparison) {
        setId("comparison");
        getStyleClass().addAll("page-scroll", "plain-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        var picture = new Picture(look, true);
        picture.show(ComparisonDrawing.of(comparison, look.tongue().words()));
        var frame = new VBox(picture);
        frame.getStyleClass().add("picture-frame");
        var page = new VBox(16, frame);
        page.getStyleClass().add("page");
        var words = look.tongue().words();
        if (comparison.same()) {
            page.getChildren().add(look.label("snapshots.same", "card-title"));
        } else {
            var counts = new Rich("small", "muted");
            counts.say(words.say(
                    "snapshots.counts",
                    "roles",
                    comparison.roles().size(),
                    "slots",
                    comparison.slotsMoved(),
                    "nodes",
                    comparison.came().size() + comparison.went().size(),
                    "config",
                    comparison.config().size()));
            page.getChildren().add(counts);
        }
        var kinds = new FlowPane(28, 20);
        var differences =
                Differences.of(comparison).stream().collect(Collectors.groupingBy(Differences.Difference::kind));
        Arrays.stream(Kind.values()).filter(differences::containsKey).forEach(kind -> {
            var list = new VBox(6, look.label(kind.title().key(), "section-title"));
            var all = differences.getOrDefault(kind, List.of());
            all.stream().limit(MOST).forEach(d -> {
                var what = new Rich();
                what.say(words.say(d.what()));
                HBox.setHgrow(what, Priority.ALWAYS);
                var glyph = new Glyph(Marks.of(d.level()));
                HBox.setMargin(glyph, new Insets(4, 0, 0, 0));
                list.getChildren().add(new HBox(10, glyph, what));
            });
            if (all.size() > MOST) {
                list.getChildren()
                        .add(new Wrapped(words.say("snapshots.more", "n", all.size() - MOST), "small", "muted"));
            }
            list.prefWidthProperty().bind(page.widthProperty().subtract(40));
            kinds.getChildren().add(list);
        });
        page.getChildren().add(kinds);
        setContent(page);
    }
}
