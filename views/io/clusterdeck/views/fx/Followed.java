package io.clusterdeck.views.fx;

import io.clusterdeck.say.Failure;
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

    /** @param answered told on the FX thread @param failed told there why there is no answer */
    public void ask(String name, Callable<T> question, Consumer<T> answered, Consumer<Failure> failed) {
        if (busy) {
            next = () -> ask(name, question, answered, failed);
            return;
        }
        busy = true;
        Work.begin(name, question, freeing(answered), freeing(failed));
    }

    /** The next question is asked also where what was told could not be painted. */
    private <A> Consumer<A> freeing(Consumer<A> told) {
        return what -> {
            try {
                told.accept(what);
            } finally {
                free();
            }
        };
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
