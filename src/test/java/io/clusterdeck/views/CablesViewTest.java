package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.cables.CablesView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import javafx.scene.Scene;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The matrix of the ways between hosts: painted when there is another answer, and of many hosts no more than can be read. */
@Tag("window")
class CablesViewTest {
    private Scene scene;

    private CablesView view() {
        return Stagehand.onFx(() -> {
            var look = Stagehand.look(Theme.LIGHT, "en");
            var live = new Live(
                    new SampleDeck().add(Samples.orders(), Sample.orders().state()), new RunsModel(new SampleRuns()));
            var made = new CablesView(look, live);
            scene = new Scene(made, 1200, 800);
            look.themes().dress(scene);
            scene.getRoot().applyCss();
            return made;
        });
    }

    private int cells() {
        return Stagehand.onFx(() -> scene.getRoot().lookupAll(".cables-cell").size());
    }

    @Test
    void aLookUnderWayLeavesWhatIsShown() {
        var view = view();
        Stagehand.fx(() -> {
            view.model().show(HostSamples.cables(3));
            var cell = scene.lookup(".cables-cell");
            view.model().look();
            assertTrue(view.model().busyProperty().get());
            assertSame(cell, scene.lookup(".cables-cell"));
        });
    }

    @Test
    void ofManyHostsThoseWithTroubleAreDrawn() {
        var view = view();
        Stagehand.fx(() -> view.model().show(HostSamples.cables(41)));
        assertEquals(16, cells(), "h1 and h2, h3 and h41");
        assertTrue(Stagehand.onFx(() -> scene.lookup("#cables-others").isVisible()));
        Stagehand.fx(() -> view.model().show(HostSamples.cables(40)));
        assertEquals(1600, cells());
        assertTrue(Stagehand.onFx(() -> !scene.lookup("#cables-others").isVisible()));
    }
}
