package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.Say;
import io.clusterdeck.views.act.Act;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.notice.Notice;
import io.clusterdeck.views.parts.Glyph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes by itself covers nothing that somebody may be about to press, and what was asked for is never covered. */
@Tag("window")
class OverlapsTest {
    private DeskPicturesTest.Desk desk;

    @AfterEach
    void close() {
        Stagehand.fx(() -> desk.model().close());
    }

    @ParameterizedTest
    @CsvSource({"1440,900,1", "1024,700,1", "1440,900,2"})
    void aNoticeCoversNoControl(int width, int height, double scale) {
        desk = DeskPicturesTest.desk(Theme.LIGHT, "en", width, height, scale);
        desk.turn(d -> {
            for (var cluster : List.of("staging", "sessions", "carts", "orders")) {
                d.model()
                        .notices()
                        .tell(Notice.of(Glyph.Kind.DONE, Say.of("desk.forgotten", "cluster", cluster))
                                .more(Say.of("desk.forgotten.why"))
                                .way("desk.undo", () -> {}));
            }
        });
        var notices = Stagehand.onFx(() -> (Region) desk.scene().lookup("#notices"));
        var all = Stagehand.onFx(() -> controls(desk.view(), new ArrayList<>()));
        assertTrue(all.stream().anyMatch(c -> inside(c, notices)), "the notices are shown");
        assertTrue(all.stream().anyMatch(c -> !inside(c, notices)), "so is the rest");
        Stagehand.picture(desk.scene(), "notices-many-%dx%d".formatted(width, height));
        var card = Stagehand.onFx(() -> notices.localToScene(notices.getLayoutBounds()));
        assertEquals(
                List.of(),
                all.stream()
                        .filter(c -> !inside(c, notices) && inner(card).intersects(at(c)))
                        .map(Node::toString)
                        .toList());
    }

    /** Where everything is drawn twice as large, a page that needs more than there is room for is scrolled. */
    @ParameterizedTest
    @CsvSource({"LIGHT,en,1440,900", "DARK,zh,1440,900", "DARK,en,1024,700", "LIGHT,zh,1024,700"})
    void noPageLiesOverTheTabs(Theme theme, String language, int width, int height) {
        desk = Sights.desk(theme, language, width, height, 2);
        var over = new ArrayList<String>();
        for (var sight : Sights.all().entrySet()) {
            desk.turn(sight.getValue());
            Stagehand.picture(desk.scene(), "twice-%s-%dx%d-%s".formatted(sight.getKey(), width, height, language));
            if (Stagehand.onFx(() -> desk.view().page()) instanceof ClusterView view) {
                var tabs = Stagehand.onFx(
                        () -> inner(view.getTop().localToScene(view.getTop().getLayoutBounds())));
                Stagehand.onFx(() -> controls(view.page(), new ArrayList<>())).stream()
                        .filter(c -> tabs.intersects(Stagehand.onFx(() -> at(c))))
                        .forEach(c -> over.add(sight.getKey() + ": " + c));
                var page = Stagehand.onFx(
                        () -> view.page().localToScene(view.page().getLayoutBounds()));
                if (page.getMinY() < tabs.getMaxY()) {
                    over.add(sight.getKey() + " begins above its place");
                }
            }
        }
        assertEquals(List.of(), over);
    }

    /** Where nothing is chosen, and the page has use for the room. */
    @Test
    void anEmptyInspectorTakesNoRoom() {
        desk = Sights.desk(Theme.DARK, "en", 1024, 700, 1);
        desk.turn(Sights.all().get("nodes"));
        desk.turn(d -> d.live().chosenProperty().set(Optional.empty()));
        assertTrue(Stagehand.onFx(() -> desk.scene().lookup("#inspector-toggle").isVisible()));
        desk.turn(d -> d.live()
                .chosenProperty()
                .set(d.live().state().nodes().keySet().stream().findFirst()));
        assertFalse(
                Stagehand.onFx(() -> desk.scene().lookup("#inspector-toggle").isVisible()));
    }

    @Test
    void thePagesSheetIsNotBehindTheWindows() {
        desk = DeskPicturesTest.desk(Theme.DARK, "en", 1440, 900, 1);
        desk.turn(d -> d.model().act().offer(SamplePlans.edits()));
        assertInstanceOf(
                Act.Offered.class,
                Stagehand.onFx(() -> desk.model().act().actProperty().get()));
        desk.turn(d -> d.live().act().offer(SamplePlans.killed()));
        assertInstanceOf(
                Act.None.class,
                Stagehand.onFx(() -> desk.model().act().actProperty().get()));
        Stagehand.fx(() -> assertFalse(desk.scene().lookup("#build-sheet").isVisible()));
    }

    private static List<Node> controls(Node node, List<Node> to) {
        if (node.isVisible()) {
            if (node instanceof ButtonBase || node instanceof TextInputControl) {
                to.add(node);
            }
            if (node instanceof Parent parent) {
                parent.getChildrenUnmodifiable().forEach(c -> controls(c, to));
            }
        }
        return to;
    }

    private static boolean inside(Node node, Node of) {
        for (var at = node; at != null; at = at.getParent()) {
            if (at == of) {
                return true;
            }
        }
        return false;
    }

    private static Bounds at(Node node) {
        var seen = inner(node.localToScene(node.getLayoutBounds()));
        for (var over = node.getParent(); over != null; over = over.getParent()) {
            if (over instanceof ScrollPane pane) {
                seen = common(seen, pane.localToScene(pane.getLayoutBounds()));
            }
        }
        return seen;
    }

    private static Bounds common(Bounds a, Bounds b) {
        double x = Math.max(a.getMinX(), b.getMinX());
        double y = Math.max(a.getMinY(), b.getMinY());
        return new BoundingBox(x, y, Math.min(a.getMaxX(), b.getMaxX()) - x, Math.min(a.getMaxY(), b.getMaxY()) - y);
    }

    /** Without the edge that neighbours share. */
    private static Bounds inner(Bounds b) {
        return new BoundingBox(
                b.getMinX() + 1, b.getMinY() + 1, Math.max(0, b.getWidth() - 2), Math.max(0, b.getHeight() - 2));
    }
}
