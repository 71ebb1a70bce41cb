package io.clusterdeck.views.live;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.events.Event;
import io.clusterdeck.redis.events.Events;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Names;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.act.ActModel;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.history.History;
import io.clusterdeck.views.runs.RunsModel;
import io.clusterdeck.words.Words;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** One open cluster as its views share it: the latest state, the chosen node, what happened, the action under way. FX thread. */
public final class Live implements AutoCloseable {
    private static final int EVENTS = 500;

    private final @Nullable OpenCluster cluster;
    private final ReadOnlyObjectWrapper<ClusterState> state;
    private final ReadOnlyObjectWrapper<Names> names;
    private final ReadOnlyObjectWrapper<ClusterSpec> spec;
    private final ObjectProperty<Optional<NodeId>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final ObservableList<Event> events = FXCollections.observableArrayList();
    private final History history = new History();
    private final ActModel act;
    private final ShardOrder order = new ShardOrder();
    private final ConcurrentLinkedQueue<Event> happened = new ConcurrentLinkedQueue<>();
    private @Nullable Shown folded;
    private Shown shown;
    private final Watch.Subscription subscription;

    public Live(OpenCluster cluster, RunsModel runs) {
        this.cluster = cluster;
        this.act = new ActModel(runs);
        var now = cluster.watch().now();
        state = new ReadOnlyObjectWrapper<>(now);
        shown = fold(now);
        names = new ReadOnlyObjectWrapper<>(shown.names());
        spec = new ReadOnlyObjectWrapper<>(cluster.spec());
        history.add(now);
        chooseFirst();
        var paint = new Fx<Shown>(this::show);
        subscription = cluster.watch().each(state -> paint.accept(fold(state)));
    }

    /** A state that was: nothing moves, nothing can be done. */
    private Live(ClusterState past, RunsModel runs) {
        cluster = null;
        act = new ActModel(runs);
        state = new ReadOnlyObjectWrapper<>(past);
        shown = fold(past);
        names = new ReadOnlyObjectWrapper<>(shown.names());
        spec = new ReadOnlyObjectWrapper<>(new ClusterSpec(
                past.name(), false, true, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of()));
        history.add(past);
        subscription = () -> {};
    }

    /** A state as it was kept, for the views that show what is. */
    public static Live past(ClusterState state, RunsModel runs) {
        return new Live(state, runs);
    }

    /** Whether it shows what was, not what is. */
    public boolean isPast() {
        return cluster == null;
    }

    private synchronized Shown fold(ClusterState now) {
        var before = folded;
        happened.addAll(Events.between(before == null ? now : before.state(), now));
        folded = Shown.of(now, order, before);
        return folded;
    }

    /** Takes a state at once, as the watch would hand it over. */
    public void take(ClusterState now) {
        show(fold(now));
    }

    private void show(Shown now) {
        for (var event = happened.poll(); event != null; event = happened.poll()) {
            events.addFirst(event);
        }
        if (events.size() > EVENTS) {
            events.remove(EVENTS, events.size());
        }
        history.add(now.state());
        names.set(now.names());
        if (cluster != null && cluster.spec() != spec.get()) {
            spec.set(cluster.spec());
        }
        shown = now;
        state.set(now.state());
        chooseFirst();
    }

    /** So that the inspector has something to show: the first master. */
    private void chooseFirst() {
        if (chosen.get().isEmpty() && !shown.shards().isEmpty()) {
            choose(shown.shards().getFirst().master().id());
        }
    }

    /** The shards in an order that lasts while slots move and masters change: a shard keeps its number and its colour. */
    public List<Shard> shards() {
        return shown.shards();
    }

    public Tally tally() {
        return shown.tally();
    }

    /** How many of them serve slots. */
    public int serving() {
        return shown.serving();
    }

    /** Another when a node came, went, failed, changed its role, its master or its number of slots. */
    public int shape() {
        return shown.shape();
    }

    /** Another when a node's, or a host's, {@link io.clusterdeck.redis.safety.Safety} may be another. */
    public int safety() {
        return shown.safety();
    }

    /** For each slot the number of its shard in {@link #shards()}, from 0, or −1; not to be written to. The same while nothing moved. */
    public int[] shardOfSlot() {
        return shown.shardOfSlot();
    }

    /** A master's replicas, by address. */
    public List<Node> replicasOf(Node master) {
        var number = shown.numbers().get(master.id());
        return number == null ? List.of() : shards().get(number).replicas();
    }

    /** The number of a master's or replica's shard, from 0; −1 where it has none. */
    public int shardOf(Node node) {
        return shown.numbers().getOrDefault(node.master().orElse(node.id()), -1);
    }

    /** Asks for an action; its sheet opens. */
    public void wish(Wish wish) {
        act.wish(wish.getClass().getSimpleName(), () -> wish.ask(cluster()), () -> wish.after(cluster()));
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

    /** Not for the past, which nobody can ask. */
    public OpenCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("the past of " + spec.get().name());
        }
        return cluster;
    }

    /** Whether actions are off because the operator switched them off. */
    public boolean readOnly() {
        return spec.get().readOnly();
    }

    /**
     * Why something that needs these commands is off on all of these nodes, in a sentence: the cluster is read-only, or they refuse one;
     * empty where it can be tried.
     */
    public String off(Words words, Collection<NodeId> nodes, List<String> commands) {
        if (readOnly()) {
            return words.say("views.act.off.readonly");
        }
        var refused = nodes.stream()
                .flatMap(id -> state().node(id).stream())
                .map(n -> n.refuses(commands))
                .toList();
        return refused.isEmpty() || refused.stream().anyMatch(Optional::isEmpty)
                ? ""
                : words.say(
                        "views.act.off.commands",
                        "commands",
                        refused.stream()
                                .flatMap(Optional::stream)
                                .distinct()
                                .sorted()
                                .toList());
    }

    /** Keeps a changed specification: the production mark, the read-only switch. */
    public void keep(ClusterSpec changed, Consumer<Failure> failed) {
        Work.begin(
                "keep " + changed.name(),
                () -> {
                    cluster().keep(changed);
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
