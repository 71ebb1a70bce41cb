package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.Arrangement;
import io.clusterdeck.redis.build.Arrangement.Outcome;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** How many nodes, on which ports, and where each is placed. FX thread. */
final class LayoutModel implements Part {
    private static final String FIRST = "9000";

    final ObjectProperty<Integer> masters = new SimpleObjectProperty<>(3);
    final ObjectProperty<Integer> replicas = new SimpleObjectProperty<>(1);
    /** The first port, or all of them. */
    final StringProperty ports = new SimpleStringProperty(FIRST);
    /** Why a wish was not granted, and what it would become all the same. */
    final ObjectProperty<Optional<Outcome.Refused>> refused = new SimpleObjectProperty<>(Optional.empty());
    /** What is worth saying of the last change. */
    final ObjectProperty<Optional<Say>> note = new SimpleObjectProperty<>(Optional.empty());

    private final ReadOnlyObjectWrapper<Optional<Blueprint>> sketch = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Runnable changed;
    private final Runnable settle;
    /** As it was placed by hand; empty while the program places. */
    private Optional<Arrangement> byHand = Optional.empty();

    private boolean filling;

    /** @param settle waits until what changed is understood */
    LayoutModel(Runnable changed, Runnable settle) {
        this.changed = changed;
        this.settle = settle;
        for (Property<?> p : List.of(masters, replicas, ports)) {
            p.addListener((Observable o) -> reshaped());
        }
    }

    private void reshaped() {
        if (!filling) {
            forget();
            changed.run();
        }
    }

    private void forget() {
        refused.set(Optional.empty());
        if (byHand.isPresent()) {
            byHand = Optional.empty();
            note.set(Optional.of(Say.of("wizard.layout.anew")));
        }
    }

    /**
     * Takes up what the draft says as a whole.
     *
     * @return whether the draft is another one by that: hosts had gone that nodes were placed on
     */
    boolean understood(Understood draft) {
        boolean stray = byHand.isPresent()
                && !draft.hosts().isEmpty()
                && byHand.get().shards().stream()
                        .flatMap(List::stream)
                        .anyMatch(n -> !draft.hosts().contains(n.host()));
        if (stray) {
            forget();
            return true;
        }
        sketch.set(draft.sketch());
        return false;
    }

    /** Hosts, layout and placement as a blueprint; empty while they make none. */
    ReadOnlyObjectProperty<Optional<Blueprint>> sketchProperty() {
        return sketch.getReadOnlyProperty();
    }

    /** As it is now, whatever was read of it so far. */
    Optional<Arrangement> arrangement() {
        settle.run();
        return sketch.get().map(Arrangement::of);
    }

    boolean placedByHand() {
        return byHand.isPresent();
    }

    /** Back to where the program places them. */
    void placeAnew() {
        byHand = Optional.empty();
        refused.set(Optional.empty());
        note.set(Optional.empty());
        changed.run();
    }

    /** @param insist do it although two copies of a shard would be on one host */
    void move(NodeName node, HostName to, boolean insist) {
        arrangement().ifPresent(a -> take(a.move(node, to), insist));
    }

    void swap(NodeName a, NodeName b, boolean insist) {
        arrangement().ifPresent(now -> take(now.swap(a, b), insist));
    }

    void promote(NodeName replica) {
        arrangement().ifPresent(a -> put(a.promote(replica)));
    }

    /** Does what was refused last. */
    void insist() {
        refused.get().flatMap(Outcome.Refused::insisted).ifPresent(this::put);
    }

    private void take(Outcome outcome, boolean insist) {
        switch (outcome) {
            case Outcome.Done done -> put(done.now());
            case Outcome.Refused no -> {
                if (insist && no.insisted().isPresent()) {
                    put(no.insisted().get());
                } else {
                    refused.set(Optional.of(no));
                }
            }
        }
    }

    private void put(Arrangement now) {
        byHand = Optional.of(now);
        refused.set(Optional.empty());
        note.set(Optional.empty());
        changed.run();
    }

    /** A host got another name: its nodes go with it. */
    void renamed(String was, String now) {
        byHand = byHand.map(a -> new Arrangement(
                a.shards().stream()
                        .map(shard -> shard.stream()
                                .map(n -> n.host().value().equals(was) ? new NodeName(new HostName(now), n.port()) : n)
                                .toList())
                        .toList(),
                a.ports()));
    }

    /** The ports of the nodes on one host, as far as they can be known. */
    List<Integer> nodePorts(int hosts) {
        if (byHand.isPresent()) {
            return byHand.get().ports();
        }
        var given = Arrays.stream(ports.get().strip().split("[,\\s]+"))
                .filter(p -> p.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .toList();
        if (given.size() != 1) {
            return given;
        }
        int each = Math.ceilDiv(masters.get() * (1 + replicas.get()), Math.max(1, hosts));
        return IntStream.range(given.getFirst(), given.getFirst() + each)
                .boxed()
                .toList();
    }

    @Override
    public void read(Map<String, Object> tree) {
        filling = true;
        var layout = Tree.map(tree, "layout");
        masters.set(Tree.number(layout, "masters", 3));
        replicas.set(Tree.number(layout, "replicas", 1));
        var given = Tree.texts(layout, "ports");
        var placed = placement(tree);
        byHand = placed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Arrangement(
                        placed,
                        given.stream()
                                .filter(p -> p.matches("\\d{1,5}"))
                                .map(Integer::valueOf)
                                .toList()));
        ports.set(brief(given, Tree.list(tree, "hosts").size()));
        note.set(Optional.empty());
        refused.set(Optional.empty());
        filling = false;
    }

    /** Ports that follow each other, as many as a host needs, are told by the first. */
    private String brief(List<String> given, int hosts) {
        if (given.isEmpty()) {
            return FIRST;
        }
        ports.set(given.getFirst());
        var hand = byHand;
        byHand = Optional.empty();
        boolean row = nodePorts(hosts).stream().map(String::valueOf).toList().equals(given);
        byHand = hand;
        return row ? given.getFirst() : String.join(", ", given);
    }

    private static List<List<NodeName>> placement(Map<String, Object> tree) {
        var shards = new ArrayList<List<NodeName>>();
        for (var shard : Tree.list(tree, "placement")) {
            var nodes = new ArrayList<NodeName>();
            for (var node : Tree.texts(Map.of("nodes", shard), "nodes")) {
                int colon = node.lastIndexOf(':');
                if (colon > 0 && node.substring(colon + 1).matches("\\d{1,5}")) {
                    nodes.add(new NodeName(
                            new HostName(node.substring(0, colon)), Integer.parseInt(node.substring(colon + 1))));
                }
            }
            shards.add(nodes);
        }
        return shards;
    }

    @Override
    public void write(Map<String, Object> tree) {
        var layout = Tree.map(tree, "layout");
        var now = new LinkedHashMap<String, Object>(layout);
        if (byHand.isPresent()) {
            now.put("ports", byHand.get().ports());
        } else {
            var given = Arrays.stream(ports.get().strip().split("[,\\s]+"))
                    .filter(p -> !p.isEmpty())
                    .map(p -> p.matches("\\d{1,9}") ? (Object) Integer.valueOf(p) : p)
                    .toList();
            now.put("ports", given.size() == 1 ? given.getFirst() : given);
        }
        now.put("masters", masters.get());
        now.put("replicas", replicas.get());
        tree.put("layout", now);
        tree.remove("placement");
        byHand.ifPresent(a -> tree.put(
                "placement",
                a.shards().stream()
                        .map(s -> s.stream().map(Object::toString).toList())
                        .toList()));
    }
}
