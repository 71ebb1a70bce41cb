package io.clusterdeck.views.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Theme;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.skin.VirtualFlow;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever follows an output sees its last line whole. */
@Tag("window")
class ConsoleTest {
    private final ObservableList<String> lines = FXCollections.observableArrayList();
    private final Console<String> console = Stagehand.onFx(() -> new Console<>(lines, l -> l, l -> false));
    private final Scene scene = Stagehand.onFx(() -> {
        var made = new Scene(console, 500, 300);
        Stagehand.look(Theme.LIGHT, "en").themes().dress(made);
        made.snapshot(null);
        return made;
    });

    /** Those after the first ones are too long: the bar below comes with them, and takes room of the last. */
    @ParameterizedTest
    @ValueSource(ints = {12, 42, 2_000})
    void theLastLineIsWhole(int many) {
        Stagehand.fx(() -> {
            lines.setAll(IntStream.range(0, many)
                    .mapToObj(i -> i + " word".repeat(i % 40))
                    .toList());
            scene.snapshot(null);
        });
        Stagehand.settle();
        Stagehand.fx(() -> {
            var flow = (VirtualFlow<?>) console.lookup(".virtual-flow");
            IndexedCell<?> last = flow.getLastVisibleCell();
            assertEquals(many - 1, last.getIndex());
            var bar = console.lookupAll(".scroll-bar").stream()
                    .filter(b -> b.isVisible()
                            && b.getBoundsInParent().getWidth()
                                    > b.getBoundsInParent().getHeight())
                    .findFirst();
            double bottom = bar.map(b -> b.localToScene(b.getLayoutBounds()).getMinY())
                    .orElse(flow.localToScene(flow.getLayoutBounds()).getMaxY());
            assertTrue(last.localToScene(last.getLayoutBounds()).getMaxY() <= bottom + 1);
        });
    }
}
