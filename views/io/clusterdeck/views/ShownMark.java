package io.clusterdeck.views;

import io.clusterdeck.views.fx.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.application.Platform;
import javafx.scene.Scene;
import org.slf4j.LoggerFactory;

/** Creates the file that {@code -Dclusterdeck.shown=FILE} names once a scene was painted: whoever measures the start waits for it. */
final class ShownMark implements Runnable {

    private final Scene scene;
    private final Path file;
    private boolean laidOut;

    private ShownMark(Scene scene, Path file) {
        this.scene = scene;
        this.file = file;
    }

    static void on(Scene scene) {
        var file = System.getProperty("clusterdeck.shown");
        if (file != null) {
            scene.addPostLayoutPulseListener(new ShownMark(scene, Path.of(file)));
        }
    }

    /** The first pulse lays out and hands over to the renderer; when the next one comes, the first frame is on the screen. */
    @Override
    public void run() {
        if (!laidOut) {
            laidOut = true;
            Platform.requestNextPulse();
            return;
        }
        scene.removePostLayoutPulseListener(this);
        Work.begin(
                "mark the window as shown",
                () -> Files.createFile(file),
                done -> {},
                failure -> LoggerFactory.getLogger(ShownMark.class).warn("{} was not written", file));
    }
}
