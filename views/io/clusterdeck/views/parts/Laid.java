package io.clusterdeck.views.parts;

import javafx.application.Platform;
import javafx.scene.Scene;

/** Waits for what was changed in a scene to be laid out: where a thing is, is known only then. FX thread. */
final class Laid {
    private Laid() {}

    /** Runs once, after the next layout of the scene. */
    static void out(Scene scene, Runnable then) {
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                then.run();
            }
        });
        Platform.requestNextPulse();
    }
}
