package io.clusterdeck.views.drill;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.redis.probe.Probe;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.TabBar;
import java.util.Optional;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Before, during and after: what a loss would do, the drills that rehearse it, and how they went. */
public final class RehearseView extends VBox {
    private final StackPane page = new StackPane();
    private final TabBar<Part> parts;
    private final WeakestView weakest;
    private final LibraryView library;
    private final ResultsView results;
    private final MeasuringView measuring;

    /** @param archive writes the reports */
    public RehearseView(Look look, Live live, Archive archive) {
        setId("rehearse");
        getStyleClass().add("page");
        setSpacing(12);
        parts = new TabBar<>(look, "rehearse.part.", Part.values(), Part.WEAKEST, "choices");
        weakest = new WeakestView(look, live);
        library = new LibraryView(look, live);
        results = new ResultsView(look, live, archive);
        measuring = new MeasuringView(look);
        VBox.setVgrow(page, Priority.ALWAYS);
        page.setMinHeight(0);
        getChildren().addAll(parts, measuring, page);
        parts.chosenProperty().subscribe(part -> page.getChildren().setAll(view(part)));
        parts.chosenProperty().addListener((p, was, part) -> {
            if (part == Part.RESULTS) {
                results.read(); // others hold drills, too
            }
        });
        var show = new Fx<Optional<Probe>>(now -> {
            measuring.show(now);
            if (now.isEmpty()) {
                results.read();
            }
        });
        var drills = live.cluster().drills().live();
        // for as long as the cluster is open, as everything that its page subscribes to
        drills.each(show);
        drills.now().ifPresent(p -> measuring.show(Optional.of(p)));
    }

    private Region view(Part part) {
        return switch (part) {
            case WEAKEST -> weakest;
            case LIBRARY -> library;
            case RESULTS -> results;
        };
    }

    /** Turns to one of its parts. */
    public void turnTo(Part part) {
        parts.chosenProperty().set(part);
    }

    /** The part that has the drills. */
    public LibraryView library() {
        return library;
    }

    /** The part that shows a drill while it is measured. */
    public MeasuringView measuring() {
        return measuring;
    }
}
