package io.clusterdeck.views.cables;

import io.clusterdeck.redis.hosts.Cables;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.fx.Asked;
import io.clusterdeck.views.live.Live;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;

/** The last look at the cables, and the one under way. FX thread. */
public final class CablesModel {
    private final Live live;
    private final Asked<Cables> cables = new Asked<>();

    public CablesModel(Live live) {
        this.live = live;
    }

    public ReadOnlyObjectProperty<Optional<Cables>> cablesProperty() {
        return cables.answerProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return cables.failureProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return cables.busyProperty();
    }

    /** Tries every way, afresh. */
    public void look() {
        cables.ask(
                "cables of " + live.specProperty().get().name(),
                () -> live.cluster().cables().look());
    }

    /** Shows what was found; a look under way is given up. */
    public void show(Cables found) {
        cables.show(found);
    }
}
