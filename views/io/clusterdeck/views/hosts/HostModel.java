package io.clusterdeck.views.hosts;

import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.fx.Asked;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** One host of a cluster, as last looked at: by hand, and whenever the deck looks by itself. FX thread. */
public final class HostModel implements AutoCloseable {
    private final Live live;
    private final HostName host;
    private final Asked<Machine> machine = new Asked<>();
    private final ReadOnlyObjectWrapper<Optional<Safety>> safety = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Subscription subscription;
    private int judged;

    public HostModel(Live live, HostName host) {
        this.live = live;
        this.host = host;
        subscription = live.cluster().hosts().each(host, new Fx<>(this::show));
    }

    public HostName host() {
        return host;
    }

    public ReadOnlyObjectProperty<Optional<Machine>> machineProperty() {
        return machine.answerProperty();
    }

    /** Why the last look came to nothing. */
    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return machine.failureProperty();
    }

    /** Whether it may be away; empty before it was judged. */
    public ReadOnlyObjectProperty<Optional<Safety>> safetyProperty() {
        return safety.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return machine.busyProperty();
    }

    /** Looks afresh. */
    public void look() {
        machine.ask("look at " + host, () -> live.cluster().hosts().look(host));
    }

    /** Shows what was found; a look under way is given up. */
    public void show(Machine found) {
        machine.show(found);
    }

    /** Judged again when the cluster's shape has changed, not with every tick. */
    public void judge() {
        int shape = live.state().nodes().values().stream()
                .mapToInt(n -> java.util.Objects.hash(
                        n.id(),
                        n.role(),
                        n.master(),
                        n.answers(),
                        n.failed(),
                        n.slotCount(),
                        n.info().isPresent()))
                .sum();
        if (shape == judged) {
            return;
        }
        judged = shape;
        Work.begin(
                "safety of " + host,
                () -> live.cluster().safety().host(host.value()),
                found -> {
                    if (judged == shape) {
                        safety.set(Optional.of(found));
                    }
                },
                unknown -> {});
    }

    @Override
    public void close() {
        machine.stop();
        subscription.close();
    }
}
