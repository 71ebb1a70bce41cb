package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.redis.drill.DrillExports;
import io.clusterdeck.redis.drill.DrillExportsTest;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.timeline.ActedFailovers;
import io.clusterdeck.redis.timeline.FailoverExports;
import io.clusterdeck.say.Failure;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.paper.ExportMenu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuItem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the window exports: in every format, signed and verified, said where; and why not, where it can't be written. */
@Tag("window")
class ExportMenuTest {
    private final List<Failure> failures = new CopyOnWriteArrayList<>();

    @Test
    void writesSignsAndSaysWhere(@TempDir Path folder) throws Exception {
        var kept = ActedFailovers.whole();
        var held = DrillExportsTest.held("20261122-1");
        try (var deck = DeckApp.open(Home.at(folder.resolve("home")), new AskModel())) {
            var archive = deck.archive();
            var menu = Stagehand.onFx(() -> new ExportMenu(
                            Stagehand.look(Theme.LIGHT, "en"), "x", "failovers.export", archive, failures::add)
                    .with("failovers.export.", Format.FAILOVERS, Optional::empty)
                    .with("failovers.export.all.", Format.CHRONICLES, Optional::empty));
            var words = Stagehand.onFx(() -> menu.getItems().stream()
                    .filter(i -> !(i instanceof CheckMenuItem) && i.getText() != null)
                    .map(MenuItem::getText)
                    .toList());
            assertEquals(Format.FAILOVERS.size() + Format.CHRONICLES.size(), words.size());
            assertTrue(words.getFirst().startsWith("Post-mortem"), words::toString);
            var failover = new ExportMenu.Document("f", (format, speech) -> FailoverExports.of(format, kept, speech));
            var drill = new ExportMenu.Document("d", (format, speech) -> DrillExports.of(format, held, speech));
            for (var format : Format.FAILOVERS) {
                written(menu, format, failover, folder.resolve("failover" + format.ending()));
                assertTrue(archive.check(folder.resolve("failover" + format.ending()))
                        .intact());
            }
            for (var format : Format.DRILLS) {
                written(menu, format, drill, folder.resolve("drill" + format.ending()));
                assertTrue(
                        archive.check(folder.resolve("drill" + format.ending())).ours());
            }
            Stagehand.fx(() -> menu.signProperty().set(false));
            written(menu, Format.HTML, failover, folder.resolve("unsigned.html"));
            assertFalse(Files.exists(folder.resolve("unsigned.html.sig")));
            assertEquals(List.of(), failures);
            Stagehand.fx(() -> menu.write(Format.HTML, failover, folder.resolve("no/such/folder.html")));
            await().until(() -> failures.size() == 1);
            assertFalse(Stagehand.onFx(() -> menu.note().isVisible()), "nothing was written");
        }
    }

    private static void written(ExportMenu menu, Format format, ExportMenu.Document what, Path to) {
        Stagehand.fx(() -> menu.write(format, what, to));
        await().until(() -> Stagehand.onFx(() -> menu.note().isVisible()));
        assertTrue(Files.exists(to), to.toString());
    }
}
