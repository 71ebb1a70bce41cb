package io.clusterdeck.views.shell;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.wizard.DraftsModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.MapChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The left side: clusters with their states, hosts, runs; at its foot what begins something new. */
final class NavView extends VBox {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");

    private final Look look;
    private final ShellModel model;
    private final Consumer<String> delete;
    private final VBox clusters = new VBox(2);
    private final VBox drafts = new VBox(2);
    private final Map<String, Item> draftItems = new HashMap<>();
    private List<DraftsModel.Line> laid = List.of();
    private final VBox hosts = new VBox(2);
    private final Label hostsTitle;
    private final Item runs;
    private final Item snapshots;
    private final Item audit;
    private final Map<String, Item> items = new HashMap<>();
    /** Clusters that share a machine share its entry. */
    private final Map<Page.Host, Item> hostItems = new HashMap<>();

    private final StackPane carried = new StackPane();

    /** @param delete asks whether a draft is to be deleted */
    NavView(Look look, ShellModel model, Consumer<String> delete, Node foot) {
        this.look = look;
        this.model = model;
        this.delete = delete;
        setId("nav");
        getStyleClass().add("nav");
        hostsTitle = look.label("views.nav.hosts", "nav-title");
        runs = new Item(null, () -> model.pageProperty().set(new Page.Runs()));
        runs.name.textProperty().bind(look.tongue().text("views.nav.runs"));
        runs.button.setId("nav-runs");
        snapshots = new Item(null, () -> model.pageProperty().set(new Page.Snapshots()));
        snapshots.name.textProperty().bind(look.tongue().text("views.nav.snapshots"));
        snapshots.button.setId("nav-snapshots");
        audit = new Item(null, () -> model.pageProperty().set(new Page.Audit()));
        audit.name.textProperty().bind(look.tongue().text("desk.audit"));
        audit.button.setId("nav-audit");
        var list = new VBox(
                look.label("views.nav.clusters", "nav-title", "nav-first"),
                clusters,
                drafts,
                hostsTitle,
                hosts,
                look.label("views.nav.work", "nav-title"),
                runs.button,
                snapshots.button,
                audit.button);
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(scroll, carried, foot);
        model.clustersProperty().subscribe(c -> {
            lay();
            layDrafts();
        });
        model.drafts().linesProperty().subscribe(l -> layDrafts());
        model.open().addListener((MapChangeListener<String, Live>) c -> {
            if (c.wasAdded()) {
                c.getValueAdded().stateProperty().subscribe(s -> paint());
            }
        });
        model.open().values().forEach(l -> l.stateProperty().subscribe(s -> paint()));
        model.failures().addListener((MapChangeListener<String, Object>) c -> paint());
        model.runs().allProperty().subscribe(r -> {
            layDrafts();
            paint();
        });
        model.snapshots().allProperty().subscribe(a -> paint());
        model.pageProperty().subscribe(p -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    /** Gives something that comes and goes a place of its own above the foot, which stays where it is. */
    void carry(Optional<Node> one) {
        carried.getChildren().setAll(one.stream().toList());
    }

    private void lay() {
        clusters.getChildren().clear();
        items.clear();
        hostItems.clear();
        var machines = new LinkedHashMap<String, Item>();
        for (ClusterSpec spec : model.clustersProperty().get()) {
            var item = new Item(
                    new Glyph(Glyph.Kind.UNKNOWN), () -> model.pageProperty().set(new Page.Cluster(spec.name())));
            item.name.setText(spec.name());
            item.button.setId("nav-cluster-" + spec.name());
            items.put(spec.name(), item);
            clusters.getChildren().add(item.button);
            for (var h : spec.hosts()) {
                var page = new Page.Host(spec.name(), h.name().value());
                var machine = h.name() + " " + h.address() + " " + h.jump();
                hostItems.put(page, machines.computeIfAbsent(machine, m -> host(page, h)));
            }
        }
        hosts.getChildren().setAll(machines.values().stream().map(i -> i.button).toList());
        hostsTitle.setVisible(!machines.isEmpty());
        hostsTitle.setManaged(!machines.isEmpty());
        paint();
    }

    private void layDrafts() {
        var lines = model.drafts().linesProperty().get().stream()
                .filter(l -> !isBuilt(l.name()))
                .toList();
        if (lines.equals(laid)) { // laid anew they would lose the focus
            return;
        }
        laid = lines;
        drafts.getChildren().clear();
        draftItems.clear();
        for (var line : lines) {
            var item = new Item(
                    new Glyph(Glyph.Kind.UNKNOWN), () -> model.pageProperty().set(new Page.Draft(line.id())));
            item.button.setId("nav-" + line.id());
            item.named(line.name());
            item.button.setOnKeyPressed(e -> {
                if (e.getCode() == KeyCode.DELETE) {
                    delete.accept(line.id());
                }
            });
            draftItems.put(line.id(), item);
            drafts.getChildren().add(item.button);
        }
        paint();
    }

    /** Whether a draft is being built: its cluster stands in the list by then. */
    private boolean isBuilt(String draft) {
        return items.containsKey(draft)
                && model.runs().allProperty().get().stream()
                        .anyMatch(r -> r.ended().isEmpty()
                                && r.plan().on().name().equals(draft)
                                && r.plan().id().value().contains("-build-"));
    }

    private Item host(Page.Host page, HostSpec host) {
        var item = new Item(
                new Glyph(Glyph.Kind.UNKNOWN), () -> model.pageProperty().set(page));
        item.name.setText(host.name().value());
        item.count.getStyleClass().add("mono");
        if (host.local()) {
            item.count.textProperty().bind(look.tongue().text("views.nav.local"));
        } else if (!host.address().equals(host.name().value())) {
            item.count.setText(host.address());
        }
        item.button.setId("nav-host-" + host.name());
        return item;
    }

    private void paint() {
        items.forEach((name, item) -> {
            var live = model.open().get(name);
            item.on(model.pageProperty().get() instanceof Page.Cluster c
                            && c.name().equals(name)
                    || model.pageProperty().get() instanceof Page.Hosts h
                            && h.cluster().equals(name));
            if (item.glyph != null) {
                item.glyph.show(
                        live != null
                                ? Marks.of(live.tally().verdict())
                                : model.failures().containsKey(name) ? Glyph.Kind.GONE : Glyph.Kind.UNKNOWN);
            }
            item.count.setText(
                    live == null || live.state().nodes().isEmpty()
                            ? ""
                            : Integer.toString(live.state().nodes().size()));
        });
        draftItems.forEach((id, item) -> {
            item.on(model.pageProperty().get().equals(new Page.Draft(id)));
            item.name.setText(item.given.isEmpty() ? look.tongue().say("views.nav.unnamed") : item.given);
            item.count.setText(look.tongue().say("views.nav.draft"));
        });
        paintHosts();
        runs.on(model.pageProperty().get() instanceof Page.Runs);
        snapshots.on(model.pageProperty().get() instanceof Page.Snapshots);
        int kept = model.snapshots().allProperty().get().size();
        snapshots.count.setText(kept == 0 ? "" : Integer.toString(kept));
        audit.on(model.pageProperty().get() instanceof Page.Audit);
        long running = model.runs().allProperty().get().stream()
                .filter(r -> r.ended().isEmpty())
                .count();
        int all = model.runs().allProperty().get().size();
        runs.count.setText(
                running > 0
                        ? look.tongue().say("views.nav.running", "n", running)
                        : all == 0 ? "" : Integer.toString(all));
    }

    private void paintHosts() {
        var shown = hostItems.get(model.pageProperty().get());
        var by = new HashMap<Item, List<HostMark>>();
        hostItems.forEach((page, item) -> {
            item.on(item == shown);
            var live = model.open().get(page.cluster());
            if (live != null) {
                by.computeIfAbsent(item, i -> new ArrayList<>()).add(new HostMark(live, page.host()));
            }
        });
        by.forEach((item, marks) -> {
            if (item.glyph != null) {
                item.glyph.show(HostMark.of(marks));
            }
        });
    }

    private static final class Item {
        private final @org.jspecify.annotations.Nullable Glyph glyph;
        private final Label name = new Label();
        private final Label count = new Label();
        private final Button button = new Button();
        private String given = "";

        Item(@org.jspecify.annotations.Nullable Glyph glyph, Runnable onClick) {
            this.glyph = glyph;
            name.setMinWidth(0);
            count.getStyleClass().addAll("tiny", "muted");
            count.setMinWidth(USE_PREF_SIZE);
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            var row = glyph == null ? new HBox(8, name, gap, count) : new HBox(8, glyph, name, gap, count);
            row.setAlignment(Pos.CENTER_LEFT);
            row.prefWidthProperty().bind(button.widthProperty().subtract(16));
            button.setGraphic(row);
            button.getStyleClass().setAll("nav-item");
            button.setMaxWidth(Double.MAX_VALUE);
            button.setOnAction(e -> onClick.run());
            button.accessibleTextProperty()
                    .bind(javafx.beans.binding.Bindings.concat(name.textProperty(), " ", count.textProperty()));
        }

        void named(String name) {
            given = name;
        }

        void on(boolean now) {
            button.pseudoClassStateChanged(ON, now);
        }
    }
}
