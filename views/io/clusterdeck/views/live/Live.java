package io.clusterdeck.views.live;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.act.ActModel;
import io.clusterdeck.views.events.Event;
import io.clusterdeck.views.events.Events;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.history.History;
import io.clusterdeck.views.look.Names;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** One open cluster as its views share it: the latest state, the chosen node, what happened, the action under way. FX thread. */
public final class Live implements AutoCloseable {
    private static final int EVENTS = 500;

    private final OpenCluster cluster;
    private final ReadOnlyObjectWrapper<ClusterState> state;
    private final ReadOnlyObjectWrapper<Names> names;
    private final ReadOnlyObjectWrapper<ClusterSpec> spec;
    private final ObjectProperty<Optional<NodeId>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final ObservableList<Event> events = FXCollections.observableArrayList();
    private final History history = new History();
    private final ActModel act;
    private final Watch.Subscription subscription;

    public Live(OpenCluster cluster, Runs runs) {
        this.cluster = cluster;
        this.act = new ActModel(cluster, runs);
        var now = cluster.watch().now();
        state = new ReadOnlyObjectWrapper<>(now);
        names = new ReadOnlyObjectWrapper<>(Names.of(now));
        spec = new ReadOnlyObjectWrapper<>(cluster.spec());
        history.add(now);
        subscription = cluster.watch().each(new Fx<>(this::show));
    }

    private void show(ClusterState now) {
        var before = state.get();
        events.addAll(0, Events.between(before, now).reversed());
        if (events.size() > EVENTS) {
            events.remove(EVENTS, events.size());
        }
        history.add(now);
        if (!before.nodes().keySet().equals(now.nodes().keySet())) {
            names.set(Names.of(now));
        }
        if (cluster.spec() != spec.get()) {
            spec.set(cluster.spec());
        }
        state.set(now);
    }

    public ReadOnlyObjectProperty<ClusterState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ClusterState state() {
        return state.get();
    }

    public ReadOnlyObjectProperty<ClusterSpec> specProperty() {
        return spec.getReadOnlyProperty();
    }

    public Names names() {
        return names.get();
    }

    public String name(NodeId id) {
        return names.get().of(id);
    }

    /** The node that the inspector shows. */
    public ObjectProperty<Optional<NodeId>> chosenProperty() {
        return chosen;
    }

    public void choose(NodeId id) {
        chosen.set(Optional.of(id));
    }

    public Optional<Node> chosenNode() {
        return chosen.get().flatMap(state.get()::node);
    }

    /** Newest first. */
    public ObservableList<Event> events() {
        return events;
    }

    public History history() {
        return history;
    }

    public ActModel act() {
        return act;
    }

    public OpenCluster cluster() {
        return cluster;
    }

    /** Whether actions are off because the operator switched them off. */
    public boolean readOnly() {
        return spec.get().readOnly();
    }

    /** Keeps a changed specification: the production mark, the read-only switch. */
    public void keep(ClusterSpec changed, Consumer<Failure> failed) {
        Work.begin(
                "keep " + changed.name(),
                () -> {
                    cluster.keep(changed);
                    return changed;
                },
                spec::set,
                failed);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
