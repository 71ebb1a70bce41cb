package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.look.Theme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
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
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            stage.close();
        });
    }

    @ParameterizedTest
    @CsvSource({"1024,700,1,LIGHT,en", "1024,700,1,DARK,zh", "1440,900,2,DARK,en", "1440,900,2,LIGHT,zh"})
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
    void theFocusIsSeenWhereverItIs() {
        open(Theme.LIGHT, "en", 1024, 700, 1);
        var hidden = new LinkedHashSet<String>();
        for (var sight : Sights.all().entrySet()) {
            desk.turn(sight.getValue());
            var seen = new HashSet<Node>();
            while (seen.size() < STEPS && seen.add(Stagehand.onFx(this::tab))) {
                Stagehand.onFx(() -> unseen(desk.scene().getFocusOwner()))
                        .ifPresent(why -> hidden.add(sight.getKey() + ": " + why));
            }
            assertTrue(seen.size() > 1, sight.getKey() + ": Tab reaches " + seen);
            assertTrue(seen.size() < STEPS, sight.getKey() + ": Tab does not come round");
        }
        assertEquals("", String.join("\n", hidden));
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
                nameless.add(told(n));
            }
        });
        return nameless;
    }

    private static String told(Node node) {
        return node.getClass().getSimpleName() + " #" + node.getId() + " " + node.getStyleClass();
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

    // ---- the focus

    /** Why one does not see that it has the focus, if one does not. */
    private Optional<String> unseen(Node node) {
        if (!node.isFocused()) {
            return Optional.empty(); // a spinner's field: asked for the focus, it hands it on to the spinner
        }
        node.applyCss();
        var at = node.localToScene(node.getLayoutBounds());
        if (at.getMaxX() < 1
                || at.getMaxY() < 1
                || at.getMinX() > desk.scene().getWidth() - 1
                || at.getMinY() > desk.scene().getHeight() - 1) {
            return Optional.of("out of sight: " + told(node) + " at " + at);
        }
        var with = painted(node);
        var states = List.of("focused", "focus-visible");
        var set = states.stream()
                .map(PseudoClass::getPseudoClass)
                .filter(node.getPseudoClassStates()::contains)
                .toList();
        set.forEach(s -> node.pseudoClassStateChanged(s, false));
        node.applyCss();
        var without = painted(node);
        set.forEach(s -> node.pseudoClassStateChanged(s, true));
        node.applyCss();
        return with.equals(without) ? Optional.of("no ring: " + told(node)) : Optional.empty();
    }

    /** How it and all in it are painted. */
    private static List<Object> painted(Node node) {
        var all = new ArrayList<Object>();
        each(node, n -> {
            if (n instanceof Region region) {
                all.add(Optional.ofNullable(region.getBackground()));
                all.add(Optional.ofNullable(region.getBorder()));
            }
            if (n instanceof Labeled labeled) {
                all.add(labeled.isUnderline());
            }
            all.add(Optional.ofNullable(n.getEffect()));
        });
        return all;
    }
}
