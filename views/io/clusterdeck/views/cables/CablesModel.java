package io.clusterdeck.views.cables;

import io.clusterdeck.redis.hosts.Cables;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The last look at the cables, and the one under way. FX thread. */
public final class CablesModel {
    private final Live live;
    private final ReadOnlyObjectWrapper<Optional<Cables>> cables = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private @Nullable Thread looking;

    public CablesModel(Live live) {
        this.live = live;
    }

    public ReadOnlyObjectProperty<Optional<Cables>> cablesProperty() {
        return cables.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Tries every way, afresh. */
    public void look() {
        stop();
        busy.set(true);
        failure.set(Optional.empty());
        var mine = new Thread[1];
        mine[0] = Work.begin(
                "cables of " + live.specProperty().get().name(),
                () -> live.cluster().cables().look(),
                found -> {
                    if (looking == mine[0]) {
                        show(found);
                    }
                },
                why -> {
                    if (looking == mine[0]) {
                        stop();
                        failure.set(Optional.of(why));
                    }
                });
        looking = mine[0];
    }

    /** Shows what was found; a look under way is given up. */
    public void show(Cables found) {
        stop();
        failure.set(Optional.empty());
        cables.set(Optional.of(found));
    }

    private void stop() {
        if (looking != null) {
            looking.interrupt();
            looking = null;
        }
        busy.set(false);
    }
}
