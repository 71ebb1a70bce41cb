package io.clusterdeck.views.hosts;

import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.hosts.Neighbour;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.fx.Asked;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** One host of a cluster, as last looked at: by hand, and whenever the deck looks by itself. FX thread. */
public final class HostModel implements AutoCloseable {
    private final Live live;
    private final HostName host;
    private final Supplier<Map<Neighbour, Live>> beside;
    private final Asked<Machine> machine = new Asked<>();
    private final ReadOnlyObjectWrapper<Optional<Safety>> safety = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Subscription subscription;
    private int judged;

    /** @param beside the other open clusters with nodes on the same machine */
    public HostModel(Live live, HostName host, Supplier<Map<Neighbour, Live>> beside) {
        this.live = live;
        this.host = host;
        this.beside = beside;
        subscription = live.cluster().hosts().each(host, new Fx<>(machine::meanwhile));
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

    /** Judged again when the answer may be another, not with every tick. */
    public void judge() {
        var others = beside.get();
        int shape =
                live.safety() + others.values().stream().mapToInt(Live::safety).sum();
        if (shape == judged) {
            return;
        }
        judged = shape;
        Work.begin(
                "safety of " + host,
                () -> {
                    var all = live.cluster().safety().host(host.value());
                    for (var other : others.entrySet()) {
                        var there = other.getKey();
                        all = all.and(
                                there.cluster(),
                                other.getValue()
                                        .cluster()
                                        .safety()
                                        .host(there.host().value()));
                    }
                    return all;
                },
                found -> {
                    if (judged == shape) {
                        safety.set(Optional.of(found));
                    }
                },
                unknown -> {
                    if (judged == shape) {
                        safety.set(Optional.of(new Safety(Safety.Answer.UNKNOWN, List.of(unknown.what()), Map.of())));
                        judged = 0; // to be asked once more
                    }
                });
    }

    @Override
    public void close() {
        machine.stop();
        subscription.close();
    }
}
