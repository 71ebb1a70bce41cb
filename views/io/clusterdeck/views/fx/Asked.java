package io.clusterdeck.views.fx;

import io.clusterdeck.say.Failure;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** What is asked now and then: the last answer, why the last question got none, and whether one is awaited. FX thread. */
public final class Asked<T> {
    private final ReadOnlyObjectWrapper<Optional<T>> answer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private @Nullable Thread asking;

    public ReadOnlyObjectProperty<Optional<T>> answerProperty() {
        return answer.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Asks afresh; a question under way is given up. */
    public void ask(String name, Callable<T> question) {
        stop();
        busy.set(true);
        var mine = new Thread[1];
        mine[0] = Work.begin(
                name,
                question,
                found -> {
                    if (asking == mine[0]) {
                        show(found);
                    }
                },
                why -> {
                    if (asking == mine[0]) {
                        stop();
                        failure.set(Optional.of(why));
                    }
                });
        asking = mine[0];
    }

    /** Shows what was found elsewhere; a question under way is given up. */
    public void show(T found) {
        stop();
        failure.set(Optional.empty());
        answer.set(Optional.of(found));
    }

    /** Shows what was found elsewhere; a question under way goes on, and its answer counts. */
    public void meanwhile(T found) {
        if (busy.get()) {
            answer.set(Optional.of(found));
        } else {
            show(found);
        }
    }

    public void stop() {
        if (asking != null) {
            asking.interrupt();
            asking = null;
        }
        busy.set(false);
    }
}
