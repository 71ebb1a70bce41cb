package io.clusterdeck.views;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.look.Themes;
import io.clusterdeck.views.look.Tongue;
import io.clusterdeck.views.parts.Columns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.stage.Window;

/** Starts JavaFX without a display, and looks at scenes as a careful person would. */
public final class Stagehand {
    private static final Pattern RAW_KEY =
            Pattern.compile("(views|wizard|build|sample|health|plan|nodes|failover|aof)\\.[a-z.-]+.*");
    private static final List<String> COMPLAINTS = Collections.synchronizedList(new ArrayList<>());
    private static final Logger CSS = Logger.getLogger("javafx.css");
    private static boolean started;

    private Stagehand() {}

    static synchronized void start() {
        if (started) {
            return;
        }
        started = true;
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        CSS.addHandler(new Handler() {
            @Override
            public void publish(LogRecord complaint) {
                COMPLAINTS.add(complaint.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        var up = new CompletableFuture<Boolean>();
        try {
            Platform.startup(() -> up.complete(true));
        } catch (IllegalStateException alreadyUp) {
            up.complete(true);
        }
        up.join();
        Platform.setImplicitExit(false);
    }

    /** What JavaFX complained about in style sheets since the last call. */
    public static List<String> complaints() {
        synchronized (COMPLAINTS) {
            var all = List.copyOf(COMPLAINTS);
            COMPLAINTS.clear();
            return all;
        }
    }

    public static <T> T onFx(Callable<T> work) {
        start();
        if (Platform.isFxApplicationThread()) {
            try {
                return work.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        var done = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done.orTimeout(60, TimeUnit.SECONDS).join();
    }

    public static void fx(Runnable work) {
        onFx(() -> {
            work.run();
            return true;
        });
    }

    /** Lets what was handed to the FX thread, and what that asked of workers and handed back, be laid out: a slow
     * machine may not have come to its next frame. */
    public static void settle() {
        for (int i = 0; i < 5; i++) {
            Thread.yield();
            fx(() -> List.copyOf(Window.getWindows()).forEach(w -> {
                w.getScene().getRoot().applyCss();
                w.getScene().getRoot().layout();
            }));
        }
    }

    public static Look look(Theme theme, String language) {
        return onFx(() -> new Look(
                new Tongue(language.equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH),
                new Themes(Optional.of(theme))));
    }

    /** Saves how a scene looks under target/pictures. */
    public static void picture(Scene scene, String name) {
        var image = onFx(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            return scene.snapshot(null);
        });
        try {
            Png.write(image, Path.of("target/pictures", name + ".png"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Texts that are cut off, hang out, or are no words. Lays the scene out first. FX thread. */
    public static List<String> flaws(Scene scene) {
        var flaws = new ArrayList<String>();
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        look(scene.getRoot(), scene, false, flaws);
        return flaws;
    }

    private static void look(Node node, Scene scene, boolean scrolled, List<String> flaws) {
        if (!node.isVisible() || node.getOpacity() == 0) {
            return;
        }
        switch (node) {
            case Labeled labeled -> labeled(labeled, flaws);
            case TextFlow flow -> {
                if (flow.getHeight() + 1 < flow.prefHeight(flow.getWidth())) {
                    flaws.add("too low: " + text(flow));
                }
                if (RAW_KEY.matcher(text(flow)).matches()) {
                    flaws.add("no words: " + text(flow));
                }
            }
            default -> {}
        }
        if (node instanceof Text text && !scrolled && !text.getText().isBlank()) {
            var bounds = text.localToScene(text.getLayoutBounds());
            if (bounds.getMaxX() > scene.getWidth() + 1
                    || bounds.getMaxY() > scene.getHeight() + 1
                    || bounds.getMinX() < -1
                    || bounds.getMinY() < -1) {
                flaws.add("outside: " + text.getText());
            }
            if (text.getParent() instanceof TextFlow flow) {
                var frame = flow.localToScene(flow.getLayoutBounds());
                if (bounds.getMaxX() > frame.getMaxX() + 1) {
                    flaws.add("hangs out: " + text.getText());
                }
            }
        }
        if (node instanceof Columns columns) {
            columns.getChildrenUnmodifiable().forEach(c -> within(c, c, flaws));
        }
        if (node instanceof Parent parent && !(node instanceof TextInputControl)) {
            boolean inside = scrolled || node instanceof ScrollPane;
            parent.getChildrenUnmodifiable().forEach(c -> look(c, scene, inside, flaws));
        }
    }

    /** What is wider than its column lies over the next. */
    private static void within(Node node, Node column, List<String> flaws) {
        if (!node.isVisible() || node instanceof ScrollPane) {
            return;
        }
        double over = node.localToScene(node.getLayoutBounds()).getMaxX()
                - column.localToScene(column.getLayoutBounds()).getMaxX();
        if (node instanceof Control && over > 1) {
            flaws.add("over the next column: " + node);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(c -> within(c, column, flaws));
        }
    }

    private static void labeled(Labeled labeled, List<String> flaws) {
        if (labeled.getText() == null || labeled.getText().isEmpty()) {
            return;
        }
        if (RAW_KEY.matcher(labeled.getText()).matches()) {
            flaws.add("no words: " + labeled.getText());
        }
        for (Node child : labeled.getChildrenUnmodifiable()) {
            if (child instanceof Text shown
                    && shown.getStyleClass().contains("text")
                    && !shown.getText().equals(labeled.getText())) {
                flaws.add("cut off: " + labeled.getText() + " to " + shown.getText());
            }
        }
    }

    private static String text(TextFlow flow) {
        var all = new StringBuilder();
        flow.getChildren().forEach(c -> all.append(c instanceof Text t ? t.getText() : ""));
        return all.toString();
    }
}
