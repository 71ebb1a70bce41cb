package io.clusterdeck.views.shell;

import io.clusterdeck.say.Failure;
import io.clusterdeck.views.act.ActSheet;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.ask.AskView;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.hosts.HostView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import io.clusterdeck.views.runs.RunsView;
import io.clusterdeck.views.snapshots.SnapshotsModel;
import io.clusterdeck.views.snapshots.SnapshotsView;
import io.clusterdeck.views.wizard.WizardView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.MapChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The window's content: navigation at the left, the page beside it, and over both what must be asked. */
public final class ShellView extends StackPane {
    private final Look look;
    private final ShellModel model;
    private final Map<String, ClusterView> clusters = new HashMap<>();
    private final Map<Page.Host, HostView> hosts = new HashMap<>();
    private final StackPane page = new StackPane();
    private final AskModel questions;
    private final DoorsView doors;
    private final RunsView runs;
    private final Map<String, WizardView> wizards = new HashMap<>();
    private final SnapshotsView snapshots;
    private final AdoptView adopt;

    public ShellView(Look look, ShellModel model, AskModel questions) {
        this.look = look;
        this.model = model;
        getStyleClass().add("shell");
        doors = new DoorsView(look, model::build, () -> turn(new Page.Adopt()), model::tryIt);
        runs = new RunsView(look, model.runs());
        snapshots = new SnapshotsView(look, model.snapshots(), model.runs(), Optional.empty());
        adopt = new AdoptView(look, new AdoptModel(model.deck(), spec -> turn(new Page.Cluster(spec.name()))));
        var sheet = new ActSheet(look, model.act(), "build-sheet");
        StackPane.setAlignment(sheet, Pos.CENTER_RIGHT);
        var frame = new BorderPane(new StackPane(page, sheet));
        frame.setTop(new LeftoversBar(look, model.deck(), model.act()::failed));
        frame.setLeft(new NavView(look, model, this::askToDelete, foot()));
        this.questions = questions;
        getChildren().addAll(frame, new AskView(look, questions));
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

    /** Says what closing means while something runs, and asks. */
    public void askToClose(Runnable close) {
        questions.ask("views.ask.close", "views.ask.close.why", "views.ask.close.yes", close);
    }

    private VBox foot() {
        var foot = new VBox(
                look.button("views.build.open", model::build, "primary"),
                look.button("views.adopt.open", () -> turn(new Page.Adopt())),
                new SettingsMenu(look));
        foot.getStyleClass().add("nav-foot");
        model.deck().note().ifPresent(note -> {
            var label = new Wrapped("", "small", "warn-text");
            label.textProperty()
                    .bind(Bindings.createStringBinding(
                            () -> look.tongue().say(note), look.tongue().wordsProperty()));
            foot.getChildren().addFirst(label);
        });
        return foot;
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
            case Page.Cluster c -> cluster(c.name());
            case Page.Host h -> host(h);
        };
        if (!page.getChildren().equals(List.of(now))) { // laid anew it would lose the focus
            page.getChildren().setAll(now);
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
                ? java.util.Optional.<io.clusterdeck.ssh.HostSpec>empty()
                : live.specProperty().get().hosts().stream()
                        .filter(h -> h.name().value().equals(page.host()))
                        .findFirst();
        if (live == null || spec.isEmpty()) {
            return cluster(page.cluster());
        }
        return hosts.computeIfAbsent(
                page,
                p -> new HostView(look, live, spec.get(), node -> {
                    live.choose(node);
                    turn(new Page.Cluster(page.cluster()));
                }));
    }

    private void forget(String cluster) {
        clusters.remove(cluster);
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
            return clusters.computeIfAbsent(
                    name, n -> new ClusterView(look, live, model.act()::failed, () -> history(live)));
        }
        var failure = model.failures().get(name);
        return failure == null ? opening(name) : failed(name, failure);
    }

    private SnapshotsView history(Live live) {
        var kept = new SnapshotsModel(
                model.deck().archive(), Optional.of(live.specProperty().get().name()));
        return new SnapshotsView(look, kept, model.runs(), Optional.of(live));
    }

    private Node opening(String name) {
        var turning = new ProgressIndicator();
        turning.setMaxSize(28, 28);
        return message(
                turning,
                look.tongue().say("views.opening", "name", name),
                look.tongue().say("views.opening.why"));
    }

    private Node failed(String name, Failure failure) {
        var box = message(
                new Glyph(Glyph.Kind.BAD),
                look.tongue().say(failure.what()),
                look.tongue().say(failure.next()));
        box.getChildren().add(look.button("views.again", () -> model.open(name)));
        return box;
    }

    private static VBox message(Node mark, String title, String text) {
        var head = new Label(title);
        head.getStyleClass().add("h2");
        head.setWrapText(true);
        var body = new Label(text);
        body.getStyleClass().addAll("muted", "wrapped");
        body.setWrapText(true);
        var box = new VBox(12, mark, head, body);
        box.setAlignment(Pos.CENTER);
        box.setMaxWidth(520);
        return box;
    }

    /** The page that is shown. */
    public Node page() {
        return page.getChildren().getFirst();
    }
}
