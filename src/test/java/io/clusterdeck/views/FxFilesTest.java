package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.ClusterFiles;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import javafx.scene.Scene;
import javafx.stage.Stage;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lies in files is read and written by others than the thread that paints: a home on a disk that hangs must not freeze the window.
 * The JVM itself records who reads and writes.
 */
@Tag("window")
class FxFilesTest {
    private static final List<String> ACCESS = List.of("jdk.FileRead", "jdk.FileWrite", "jdk.FileForce");

    @TempDir
    Path folder;

    private static ClusterSpec cluster(String name) {
        return new ClusterSpec(
                name,
                false,
                false,
                List.of(),
                List.of(new NodeAddress("127.0.0.1", 1)),
                ClusterSpec.Access.DIRECT,
                "",
                List.of());
    }

    @Test
    void whatPaintsTouchesNoFile() throws Exception {
        var home = Home.at(folder.resolve("home"));
        ClusterFiles.write(home, cluster("carts"));
        ClusterFiles.write(home, cluster("orders"));
        var look = Stagehand.look(Theme.LIGHT, "en");
        var file = folder.resolve("fx.jfr");
        try (var recording = new Recording();
                var deck = DeckApp.open(home, new AskModel())) {
            ACCESS.forEach(event ->
                    recording.enable(event).withThreshold(Duration.ZERO).withStackTrace());
            recording.start();
            var kept = deck.clusters();
            Files.readString(folder.resolve("home/carts/cluster.yaml"));
            var stage = Stagehand.onFx(() -> {
                var model = new ShellModel(deck, kept);
                var view = new ShellView(look, model, new AskModel());
                var scene = new Scene(view, 1100, 800);
                look.themes().dress(scene);
                var shown = new Stage();
                shown.setScene(scene);
                shown.show();
                shown.setUserData(view);
                scene.setUserData(model);
                return shown;
            });
            var model = (ShellModel) stage.getScene().getUserData();
            var view = (ShellView) stage.getUserData();
            await().until(() -> Stagehand.onFx(() -> model.open().size()) == 2);
            for (var page : List.of(
                    new Page.Runs(),
                    new Page.Snapshots(),
                    new Page.Audit(),
                    new Page.Settings(),
                    new Page.Adopt(),
                    new Page.Hosts("carts"),
                    new Page.Rescue("carts"),
                    new Page.Cluster("carts"))) {
                Stagehand.fx(() -> model.pageProperty().set(page));
                Stagehand.settle();
            }
            for (var tab : Tab.values()) {
                Stagehand.fx(() -> ((ClusterView) view.page()).turnTo(tab));
                Stagehand.settle();
            }
            // another process turns a switch: that is seen, and read by another thread
            ClusterFiles.write(home, cluster("carts").readOnly(true));
            await().until(() -> Stagehand.onFx(() -> model.open().get("carts").readOnly()));
            Stagehand.fx(() -> {
                model.close();
                stage.close();
            });
            recording.stop();
            recording.dump(file);
        }
        var touched = new TreeSet<String>();
        boolean others = false;
        for (var event : RecordingFile.readAllEvents(file)) {
            boolean kept = path(event).startsWith(home.folder().toString());
            boolean fx = event.getThread() != null
                    && "JavaFX Application Thread".equals(event.getThread().getJavaName());
            others |= kept && !fx;
            if (kept && fx) {
                touched.add(event.getEventType().getName() + " " + path(event) + "\n" + event.getStackTrace());
            }
        }
        assertTrue(others, "what others read was recorded");
        assertEquals("", String.join("\n", touched));
    }

    private static String path(RecordedEvent event) {
        return event.hasField("path") && event.getString("path") != null ? event.getString("path") : "";
    }
}
