package io.clusterdeck.views.shell;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.Demo;
import io.clusterdeck.deck.Forgotten;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.act.Act;
import io.clusterdeck.views.act.ActModel;
import io.clusterdeck.views.find.Finder;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.notice.Notice;
import io.clusterdeck.views.notice.Notices;
import io.clusterdeck.views.paper.AuditModel;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.runs.RunsModel;
import io.clusterdeck.views.snapshots.SnapshotsModel;
import io.clusterdeck.views.wizard.DraftsModel;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;

/** What the window stands on: the kept clusters, those that are open, the runs, and the page that is shown. FX thread. */
public final class ShellModel {
    private final Deck deck;
    private final ReadOnlyObjectWrapper<List<ClusterSpec>> clusters = new ReadOnlyObjectWrapper<>(List.of());
    private final ObservableMap<String, Live> open = FXCollections.observableHashMap();
    private final ObservableMap<String, Failure> failures = FXCollections.observableHashMap();
    private final Set<String> opening = new HashSet<>();
    private final RunsModel runs;
    private final SnapshotsModel snapshots;
    private final ActModel act;
    private final DraftsModel drafts;
    private final List<Demo> tried = new CopyOnWriteArrayList<>();
    private final Finder finder = new Finder();
    private final Notices notices = new Notices();
    private final AuditModel audit;
    private final BooleanProperty keys = new SimpleBooleanProperty();
    private final ObjectProperty<Page> page = new SimpleObjectProperty<>(new Page.Doors());

    /** @param kept the deck's clusters: they are read from files, which is not done here */
    public ShellModel(Deck deck, List<ClusterSpec> kept) {
        this.deck = deck;
        runs = new RunsModel(deck.runs());
        snapshots = new SnapshotsModel(deck.archive(), Optional.empty());
        act = new ActModel(runs);
        drafts = new DraftsModel(
                deck, runs, () -> clusters.get().stream().map(ClusterSpec::name).toList());
        audit = new AuditModel(deck.papers(), act::failed);
        show(kept);
        deck.eachClusters(new Fx<>(this::show));
    }

    private void show(List<ClusterSpec> now) {
        clusters.set(List.copyOf(now));
        open.keySet().removeIf(name -> {
            boolean gone = now.stream().noneMatch(s -> s.name().equals(name));
            if (gone) {
                Objects.requireNonNull(open.get(name)).close();
            }
            return gone;
        });
        now.stream()
                .map(ClusterSpec::name)
                .filter(n -> !open.containsKey(n) && !failures.containsKey(n) && !opening.contains(n))
                .forEach(this::open);
        if (page.get() instanceof Page.Doors && !now.isEmpty()) {
            page.set(new Page.Cluster(now.getFirst().name()));
        }
        if (page.get() instanceof Page.Host h
                && now.stream().noneMatch(s -> s.name().equals(h.cluster()))) {
            page.set(new Page.Cluster(h.cluster()));
        }
        if (page.get() instanceof Page.Hosts h
                && now.stream().noneMatch(s -> s.name().equals(h.cluster()))) {
            page.set(new Page.Cluster(h.cluster()));
        }
        if (page.get() instanceof Page.Cluster c
                && now.stream().noneMatch(s -> s.name().equals(c.name()))) {
            page.set(
                    now.isEmpty()
                            ? new Page.Doors()
                            : new Page.Cluster(now.getFirst().name()));
        }
    }

    /** The window's sheet lies over the pages: it goes when one of them asks for something, and what it ran goes on. */
    private Live yieldedTo(Live live) {
        live.act().actProperty().addListener((p, was, now) -> {
            if (was instanceof Act.None) {
                act.close();
            }
        });
        return live;
    }

    /** Opens a kept cluster; again, after a failure. */
    public void open(String name) {
        failures.remove(name);
        opening.add(name);
        Work.<OpenCluster>begin(
                "open " + name,
                () -> recorded(deck.open(name)),
                cluster -> {
                    opening.remove(name);
                    if (!open.containsKey(name)) {
                        open.put(name, yieldedTo(new Live(cluster, runs)));
                    }
                },
                failure -> {
                    opening.remove(name);
                    failures.put(name, failure);
                });
    }

    /** From now on, whichever page is shown: a failover that only views tell of can't be told afterwards. */
    private static OpenCluster recorded(OpenCluster cluster) {
        cluster.timelines();
        return cluster;
    }

    public ReadOnlyObjectProperty<List<ClusterSpec>> clustersProperty() {
        return clusters.getReadOnlyProperty();
    }

    /** How the cluster of a plan is reached by hand, where it is kept. */
    Optional<ByHand> byHand(Plan plan) {
        return Optional.ofNullable(open.get(plan.on().name()))
                .map(live -> new ByHand(live.specProperty().get()));
    }

    /** The open clusters, by name. */
    public ObservableMap<String, Live> open() {
        return open;
    }

    /** Why a cluster could not be opened, by name. */
    public ObservableMap<String, Failure> failures() {
        return failures;
    }

    /** What is done outside of any open cluster: building one. */
    public ActModel act() {
        return act;
    }

    /** The clusters to be, as they were left. */
    public DraftsModel drafts() {
        return drafts;
    }

    /** Opens the wizard on a new draft. */
    public void build() {
        page.set(new Page.Draft(drafts.begin()));
    }

    /** Deletes a draft; where it is shown, what was there before any. */
    public void deleteDraft(String id) {
        drafts.delete(id);
        if (page.get().equals(new Page.Draft(id))) {
            page.set(
                    clusters.get().isEmpty()
                            ? new Page.Doors()
                            : new Page.Cluster(clusters.get().getFirst().name()));
        }
    }

    /** Shows the plan that builds a cluster on this computer. */
    public void tryIt() {
        act.wish("demo", () -> {
            var demo = deck.demo();
            tried.add(demo);
            return demo.plan();
        });
    }

    /** The clusters that were made here only to be tried; they go when the window goes. */
    public List<Demo> tried() {
        return List.copyOf(tried);
    }

    /** The kept states of all clusters. */
    public SnapshotsModel snapshots() {
        return snapshots;
    }

    /** What the palette searches; pages add what can be found on them. */
    public Finder finder() {
        return finder;
    }

    /** What the window tells by itself. */
    public Notices notices() {
        return notices;
    }

    public AuditModel audit() {
        return audit;
    }

    /** Whether the card with every shortcut is open. */
    public BooleanProperty keysProperty() {
        return keys;
    }

    /** Forgets a cluster and says so, with the way back. */
    public void forget(String cluster) {
        Work.begin(
                "forget " + cluster,
                () -> deck.forget(cluster),
                forgotten -> notices.tell(Notice.of(Glyph.Kind.DONE, Say.of("desk.forgotten", "cluster", cluster))
                        .more(Say.of("desk.forgotten.why"))
                        .way("desk.undo", () -> undo(cluster, forgotten))),
                act::failed);
    }

    private void undo(String cluster, Forgotten forgotten) {
        Work.begin(
                "keep " + cluster + " again",
                () -> {
                    forgotten.undo();
                    return cluster;
                },
                name -> page.set(new Page.Cluster(name)),
                act::failed);
    }

    public RunsModel runs() {
        return runs;
    }

    public ObjectProperty<Page> pageProperty() {
        return page;
    }

    /** Ends the watching for this window; the deck stays open. */
    public void close() {
        open.values().forEach(Live::close);
        drafts.close();
    }

    public Deck deck() {
        return deck;
    }
}
