package io.clusterdeck.views.fx;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/**
 * Hands values from any thread to the FX thread. The latest wins: values that arrive while one still waits replace it, so
 * that a fast watch never floods the window. The only caller of {@link Platform#runLater}.
 */
public final class Fx<T> implements Consumer<T> {
    private final AtomicReference<@Nullable T> waiting = new AtomicReference<>();
    private final Consumer<? super T> painter;

    /** @param painter called on the FX thread */
    public Fx(Consumer<? super T> painter) {
        this.painter = painter;
    }

    @Override
    public void accept(T value) {
        if (waiting.getAndSet(value) == null) {
            Platform.runLater(this::paint);
        }
    }

    private void paint() {
        T value = waiting.getAndSet(null);
        if (value != null) {
            painter.accept(value);
        }
    }
}
