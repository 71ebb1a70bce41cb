package io.clusterdeck.views;

import io.clusterdeck.views.fx.Fx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javafx.application.Platform;

/** Starts JavaFX once, with a display or without. */
final class Toolkit {
    private static final CompletableFuture<Boolean> UP = new CompletableFuture<>();
    private static boolean begun;

    private Toolkit() {}

    /** Whether a window can be opened here. A display that does not answer is only found out by trying. */
    static boolean display() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("mac") || os.contains("win")) {
            return true;
        }
        var x11 = System.getenv().getOrDefault("DISPLAY", "");
        if (x11.matches(":\\d+(\\.\\d+)?")) {
            var number = x11.replaceAll("\\..*", "").substring(1);
            return Files.exists(Path.of("/tmp/.X11-unix/X" + number));
        }
        return !x11.isEmpty()
                || !System.getenv().getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    }

    /** To be called before {@link #start}: paints in memory, needs no display and no library for one. */
    static void headless() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
    }

    static synchronized void start() throws InterruptedException {
        if (!begun) {
            begun = true;
            Platform.startup(() -> UP.complete(true));
            Platform.setImplicitExit(false);
        }
        try {
            UP.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Runs on the FX thread and waits. */
    static <T> T onFx(Callable<T> work) throws InterruptedException {
        var done = new CompletableFuture<T>();
        new Fx<Callable<T>>(w -> {
                    try {
                        done.complete(w.call());
                    } catch (Exception failed) {
                        done.completeExceptionally(failed);
                    }
                })
                .accept(work);
        try {
            return done.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
