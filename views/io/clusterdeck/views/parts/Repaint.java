package io.clusterdeck.views.parts;

import javafx.scene.Node;

/** Paints a view when something changed, but only while it is part of a scene; else once, when it becomes so. */
public final class Repaint {
    private final Node view;
    private final Runnable paint;
    private boolean due = true;

    public Repaint(Node view, Runnable paint) {
        this.view = view;
        this.paint = paint;
        view.sceneProperty().subscribe(scene -> {
            if (scene != null && due) {
                now();
            }
        });
    }

    /** Something changed. */
    public void ask() {
        if (view.getScene() == null) {
            due = true;
        } else {
            now();
        }
    }

    private void now() {
        due = false;
        paint.run();
    }
}
