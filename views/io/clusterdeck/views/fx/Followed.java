package io.clusterdeck.views.fx;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked again whenever something changes. One question at a time: the latest that came meanwhile is asked when the answer is
 * there, those between are left out. So many changes cost no more than the questions can be answered. FX thread.
 */
public final class Followed<T> {
    private boolean busy;
    private @Nullable Runnable next;

    /** @param answered told on the FX thread; without an answer it is not told */
    public void ask(String name, Callable<T> question, Consumer<T> answered) {
        if (busy) {
            next = () -> ask(name, question, answered);
            return;
        }
        busy = true;
        Work.begin(
                name,
                question,
                found -> {
                    answered.accept(found);
                    free();
                },
                unknown -> free());
    }

    private void free() {
        busy = false;
        var waiting = next;
        next = null;
        if (waiting != null) {
            waiting.run();
        }
    }
}
