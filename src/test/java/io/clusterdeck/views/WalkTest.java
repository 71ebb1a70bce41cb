package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.look.Theme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;

/** A walk through everything that the window shows: no text is cut, no control is without a name, the focus is seen wherever it is. */
@Tag("window")
class WalkTest {
    /** More controls than any page has: a walk by Tab that has not come round by then never does. */
    private static final int STEPS = 150;

    private DeskPicturesTest.Desk desk;
    private Stage stage;

    private void open(Theme theme, String language, int width, int height, double scale) {
        desk = Sights.desk(theme, language, width, height, scale);
        Stagehand.fx(() -> {
            stage = new Stage();
            stage.setScene(desk.scene());
            stage.setWidth(width);
            stage.setHeight(height);
            stage.show();
        });
    }

    @AfterEach
    void close() {
        Stagehand.fx(() -> {
            desk.model().close();
            Optional.ofNullable(stage).ifPresent(Stage::close);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1024,700,1,LIGHT,en",
        "1024,700,1,DARK,zh",
        "1440,900,2,DARK,en",
        "1440,900,2,LIGHT,zh",
        "1024,700,2,LIGHT,en"
    })
    void everyPageIsWhole(int width, int height, double scale, Theme theme, String language) {
        open(theme, language, width, height, scale);
        var flaws = new LinkedHashSet<String>();
        Stagehand.complaints();
        for (var sight : Sights.all().entrySet()) {
            desk.turn(sight.getValue());
            var here = new ArrayList<String>();
            Stagehand.fx(() -> {
                here.addAll(Stagehand.flaws(desk.scene()));
                nameless(desk.scene()).forEach(n -> here.add("no name: " + n));
                Reach.mouseOnly(desk.scene()).forEach(n -> here.add("by mouse only: " + n));
            });
            here.addAll(Stagehand.complaints());
            here.forEach(flaw -> flaws.add(sight.getKey() + ": " + flaw));
            if (!here.isEmpty()) {
                Stagehand.picture(desk.scene(), "walk-%s-%dx%d-%s".formatted(sight.getKey(), width, height, language));
            }
        }
        assertEquals("", String.join("\n", flaws));
    }

    /** From control to control, on every page, as Tab goes. */
    @Test
    void tabGoesRoundInSight() {
        open(Theme.LIGHT, "en", 1024, 700, 1);
        var hidden = new LinkedHashSet<String>();
        for (var sight : Sights.all().entrySet()) {
            desk.turn(sight.getValue());
            var seen = new HashSet<Node>();
            while (seen.size() < STEPS && seen.add(Stagehand.onFx(this::tab))) {
                late(() -> Ring.outOfSight(desk.scene(), desk.scene().getFocusOwner()))
                        .ifPresent(why -> hidden.add(sight.getKey() + ": " + why));
            }
            assertTrue(seen.size() > 1, sight.getKey() + ": Tab reaches " + seen);
            assertTrue(seen.size() < STEPS, sight.getKey() + ": Tab does not come round");
        }
        assertEquals("", String.join("\n", hidden));
    }

    /** What has the focus is scrolled into sight by the next frame, for which a busy machine takes its time: what is wrong still then. */
    private static Optional<String> late(Supplier<Optional<String>> wrong) {
        try {
            await().atMost(Duration.ofSeconds(2))
                    .pollDelay(Duration.ZERO) // asked at once: most are right, and there are hundreds
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> Stagehand.onFx(wrong::get).isEmpty());
            return Optional.empty();
        } catch (ConditionTimeoutException never) {
            return Stagehand.onFx(wrong::get);
        }
    }

    /** Of each kind of control that the window has, in each state: the pixels tell, and stand out. */
    @ParameterizedTest
    @EnumSource
    void everyKindShowsTheFocus(Theme theme) {
        desk = Sights.desk(theme, "en", 1024, 700, 1);
        var hidden = new LinkedHashSet<String>();
        var kinds = new HashSet<String>();
        for (var sight : Sights.all().entrySet()) {
            desk.turn(sight.getValue());
            Stagehand.fx(() -> each(desk.scene().getRoot(), n -> {
                boolean within = n.getParent() instanceof Spinner<?>; // that has the focus itself
                if (wants(n) && !within && !n.isDisabled() && Ring.inView(n) && kinds.add(kind(n))) {
                    Ring.missingOn(desk.scene(), n).ifPresent(why -> hidden.add(sight.getKey() + ": " + why));
                }
            }));
        }
        assertTrue(kinds.size() > 50, kinds.size() + " kinds");
        assertEquals("", String.join("\n", hidden));
    }

    private static String kind(Node node) {
        return node.getClass() + " " + node.getStyleClass() + " " + node.getPseudoClassStates();
    }

    /** Where no Tab took it: JavaFX does not mark that. */
    @ParameterizedTest
    @EnumSource
    void theFocusIsSeenWhereAPageWasTurnedByKey(Theme theme) {
        open(theme, "en", 1024, 700, 1);
        var hidden = new LinkedHashSet<String>();
        for (var sight : Sights.all().entrySet()) {
            new FxRobot().type(KeyCode.F12); // as any key that turns to something
            desk.turn(sight.getValue());
            late(this::unseen).ifPresent(why -> hidden.add(sight.getKey() + ": " + why));
        }
        assertEquals("", String.join("\n", hidden));
    }

    /** A spinner's field, asked for the focus, hands it on to the spinner: then nothing is said of it. */
    private Optional<String> unseen() {
        var owner = desk.scene().getFocusOwner();
        if (owner == null) {
            return Optional.of("nothing has the focus");
        }
        return owner.isFocused() ? Ring.missing(desk.scene(), owner) : Optional.empty();
    }

    private Node tab() {
        var from = Optional.ofNullable(desk.scene().getFocusOwner())
                .orElse(desk.scene().getRoot());
        from.requestFocusTraversal(TraversalDirection.NEXT);
        return desk.scene().getFocusOwner();
    }

    // ---- who can not see it, hears it

    private static List<String> nameless(Scene scene) {
        Set<Node> labelled = new HashSet<>();
        each(scene.getRoot(), n -> {
            if (n instanceof Label label && label.getLabelFor() != null) {
                labelled.add(label.getLabelFor());
            }
        });
        var nameless = new ArrayList<String>();
        each(scene.getRoot(), n -> {
            if (wants(n) && !named(n) && !labelled.contains(n)) {
                nameless.add(Ring.told(n));
            }
        });
        return nameless;
    }

    private static boolean wants(Node node) {
        return node.isFocusTraversable()
                && (node instanceof ButtonBase
                        || node instanceof TextInputControl
                        || node instanceof ComboBoxBase<?>
                        || node instanceof ListView<?>
                        || node instanceof TableView<?>
                        || !(node instanceof Control));
    }

    private static boolean named(Node node) {
        return node.getAccessibleText() != null && !node.getAccessibleText().isBlank()
                || node instanceof Labeled labeled
                        && labeled.getText() != null
                        && !labeled.getText().isBlank();
    }

    private static void each(Node node, Consumer<Node> to) {
        if (!node.isVisible()) {
            return;
        }
        to.accept(node);
        if (node instanceof Parent parent && !(node instanceof TextInputControl)) {
            parent.getChildrenUnmodifiable().forEach(c -> each(c, to));
        }
    }
}
