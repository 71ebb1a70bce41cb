package io.clusterdeck.views.shell;

import io.clusterdeck.deck.paper.RescueCard;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.act.ActSheet;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.ask.AskView;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.ClusterWays;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.find.FindView;
import io.clusterdeck.views.hosts.HostView;
import io.clusterdeck.views.hosts.WaysView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.notice.NoticesView;
import io.clusterdeck.views.paper.AuditView;
import io.clusterdeck.views.paper.RescueView;
import io.clusterdeck.views.paper.SupportView;
import io.clusterdeck.views.parts.Focus;
import io.clusterdeck.views.parts.FocusSeen;
import io.clusterdeck.views.runs.RunsView;
import io.clusterdeck.views.snapshots.SnapshotsModel;
import io.clusterdeck.views.snapshots.SnapshotsView;
import io.clusterdeck.views.wizard.WizardView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.collections.MapChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/** The window's content: navigation at the left, the page beside it, and over both what must be asked. */
public final class ShellView extends StackPane {
    private final Look look;
    private final ShellModel model;
    private final Map<String, ClusterView> clusters = new HashMap<>();
    private final Map<Page.Host, HostView> hosts = new HashMap<>();
    private final Map<String, WaysView> ways = new HashMap<>();
    private final StackPane page = new StackPane();
    private final AskModel questions;
    private final ScrollPane doors;
    private final RunsView runs;
    private final Map<String, WizardView> wizards = new HashMap<>();
    private final SnapshotsView snapshots;
    private final AdoptView adopt;
    private final AuditView audit;
    private final SettingsView settings;

    public ShellView(Look look, ShellModel model, AskModel questions) {
        this.look = look;
        this.model = model;
        getStyleClass().add("shell");
        var entries = new DoorsView(look, model::build, () -> turn(new Page.Adopt()), model::tryIt);
        doors = new ScrollPane(entries);
        doors.setFitToWidth(true);
        doors.setFitToHeight(true);
        doors.getStyleClass().add("plain-scroll");
        runs = new RunsView(look, model.runs());
        snapshots = new SnapshotsView(look, model.snapshots(), model.runs(), Optional.empty());
        adopt = new AdoptView(look, new AdoptModel(model.deck(), spec -> turn(new Page.Cluster(spec.name()))));
        var sheet = new ActSheet(look, model.act(), "build-sheet", model::byHand);
        StackPane.setAlignment(sheet, Pos.CENTER_RIGHT);
        var frame = new BorderPane(new StackPane(page, sheet));
        frame.getStyleClass().add("frame");
        frame.setTop(new LeftoversBar(look, model.deck(), model.act()::failed));
        var nav = new NavFold(
                look,
                frame,
                new NavView(look, model, this::askToDelete, new NavFoot(look, model)),
                new NoticesView(look, model.notices()),
                model);
        this.questions = questions;
        audit = new AuditView(look, model.audit(), model.notices().to());
        settings = new SettingsView(
                look,
                model.notices(),
                () -> model.keysProperty().set(true),
                new SupportView(
                        look,
                        model.deck().papers(),
                        model.act()::failed,
                        model.notices().to()));
        model.finder().add(new ShellFinds(look, model, this::at, this::bring)::all);
        getChildren()
                .addAll(
                        frame,
                        nav.over(),
                        new KeysView(look, model.keysProperty()),
                        new FindView(look, model.finder()),
                        new AskView(look, questions));
        new ShellKeys(look, model, this::shiftTab).on(this);
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                FocusSeen.in(scene, () -> Focus.into(page));
            }
        });
        model.open().addListener((MapChangeListener<String, Live>) c -> {
            forget(c.getKey());
            turn();
        });
        model.failures().addListener((MapChangeListener<String, Failure>) c -> turn());
        model.pageProperty().subscribe(p -> turn());
        look.tongue().wordsProperty().subscribe(w -> {
            getStyleClass().removeAll("lang-zh", "lang-en");
            getStyleClass().add(look.tongue().chinese() ? "lang-zh" : "lang-en");
            turn();
        });
    }

    /** Tells when a cluster turns bad. @param desktop told the title and the reason, where the operator wants that */
    public void tellVerdicts(BiConsumer<Say, Say> desktop) {
        new Verdicts(model, model.notices(), this::turnTo, desktop);
    }

    /** Says what closing means while something runs, and asks. */
    public void askToClose(Runnable close) {
        questions.ask("views.ask.close", "views.ask.close.why", "views.ask.close.yes", close);
    }

    private void turnTo(String cluster, Tab tab) {
        at(cluster).ifPresent(view -> view.turnTo(tab));
    }

    /** Turns to the page of a cluster; empty where it is not open yet. */
    private Optional<ClusterView> at(String cluster) {
        turn(new Page.Cluster(cluster));
        return page() instanceof ClusterView view ? Optional.of(view) : Optional.empty();
    }

    private void bring() {
        turn(new Page.Snapshots());
        snapshots.bring();
    }

    private void shiftTab(int by) {
        if (page() instanceof ClusterView view) {
            var tabs = Tab.values();
            int now = view.tabs().chosenProperty().get().ordinal();
            view.turnTo(tabs[Math.floorMod(now + by, tabs.length)]);
            view.tabs().focusChosen(); // what had it may be gone with its page
        }
    }

    private void turn(Page to) {
        model.pageProperty().set(to);
    }

    private void turn() {
        Node now = switch (model.pageProperty().get()) {
            case Page.Doors d -> doors;
            case Page.Runs r -> runs;
            case Page.Draft d -> wizard(d.id());
            case Page.Snapshots s -> snapshots;
            case Page.Adopt a -> adopt;
            case Page.Audit a -> audit;
            case Page.Settings s -> settings;
            case Page.Rescue r -> rescue(r.cluster());
            case Page.Cluster c -> cluster(c.name());
            case Page.Host h -> host(h);
            case Page.Hosts h -> hosts(h.cluster());
        };
        if (model.pageProperty().get() instanceof Page.Audit) {
            model.audit().read();
        }
        if (!page.getChildren().equals(List.of(now))) { // laid anew it would lose the focus
            Focus.turn(page, now);
        }
    }

    private Node wizard(String id) {
        return model.drafts()
                .open(id)
                .<Node>map(draft -> wizards.computeIfAbsent(
                        id,
                        i -> new WizardView(look, draft, () -> askToDelete(id), name -> turn(new Page.Cluster(name)))))
                .orElse(doors);
    }

    private void askToDelete(String draft) {
        questions.ask("wizard.delete.ask", "wizard.delete.why", "wizard.delete.yes", () -> {
            wizards.remove(draft);
            model.deleteDraft(draft);
        });
    }

    private Node host(Page.Host page) {
        var live = model.open().get(page.cluster());
        var spec = live == null
                ? Optional.<HostSpec>empty()
                : live.specProperty().get().hosts().stream()
                        .filter(h -> h.name().value().equals(page.host()))
                        .findFirst();
        if (live == null || spec.isEmpty()) {
            return cluster(page.cluster());
        }
        return hosts.computeIfAbsent(
                page,
                p -> new HostView(
                        look, live, spec.get(), () -> List.copyOf(model.open().values()), node -> {
                            live.choose(node);
                            turn(new Page.Cluster(page.cluster()));
                        }));
    }

    private Node hosts(String cluster) {
        var live = model.open().get(cluster);
        return live == null
                ? cluster(cluster)
                : ways.computeIfAbsent(
                        cluster, c -> new WaysView(look, live, host -> turn(new Page.Host(cluster, host.value()))));
    }

    private void forget(String cluster) {
        ways.remove(cluster);
        Optional.ofNullable(clusters.remove(cluster)).ifPresent(ClusterView::close);
        hosts.entrySet().removeIf(e -> {
            boolean gone = e.getKey().cluster().equals(cluster);
            if (gone) {
                e.getValue().close();
            }
            return gone;
        });
    }

    private Node cluster(String name) {
        var live = model.open().get(name);
        if (live != null) {
            return clusters.computeIfAbsent(name, n -> new ClusterView(look, live, ways(n), () -> history(live)));
        }
        var failure = model.failures().get(name);
        return failure == null ? NotYet.opening(look, name) : NotYet.failed(look, failure, () -> model.open(name));
    }

    private SnapshotsView history(Live live) {
        var kept = new SnapshotsModel(
                model.deck().archive(), Optional.of(live.specProperty().get().name()));
        return new SnapshotsView(look, kept, model.runs(), Optional.of(live));
    }

    private ClusterWays ways(String name) {
        return new ClusterWays(
                model.finder()::open,
                Keys.FIND.shown(),
                () -> turn(new Page.Hosts(name)),
                host -> turn(new Page.Host(name, host)),
                model.deck().archive(),
                () -> turn(new Page.Rescue(name)),
                () -> model.forget(name),
                () -> model.act().wish("destroy " + name, () -> model.deck().destroy(name, false)),
                model.act()::failed);
    }

    private Node rescue(String name) {
        var live = model.open().get(name);
        if (live == null) {
            return NotYet.opening(look, name);
        }
        return new RescueView(
                look,
                new RescueCard(live.specProperty().get(), live.state(), Instant.now()),
                model.deck().archive(),
                model.act()::failed,
                () -> turn(new Page.Cluster(name)));
    }

    /** The page that is shown. */
    public Node page() {
        return page.getChildren().getFirst();
    }
}
