package io.clusterdeck.views.topology;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.health.FindingsView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.SlotWords;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Bar;
import io.clusterdeck.views.parts.Columns;
import io.clusterdeck.views.parts.Repaint;
import io.clusterdeck.views.parts.Ribbon;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.TabBar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The cluster at a glance: who serves what, what is worth knowing, how it went, and where the slots lie. */
public final class TopologyView extends ScrollPane {
    /** How the nodes are grouped. */
    public enum Grouping {
        SHARD,
        HOST,
        SEEN
    }

    private final Look look;
    private final Live live;
    private final TabBar<Grouping> grouping;
    private final Label count = new Label();
    private final TextField filter = new TextField();
    private final Bar bar;
    /** So many shards the filter leaves. */
    private int left;

    /** From more shards on they can be filtered. */
    private static final int FEW = 6;

    /** Above this many shards each gets one line. */
    private static final int CARDS = 36;

    /** Pixels of the page, from which on two cards have room beside each other. */
    private static final int BESIDE = 560;

    /** Pixels of the row above the shards from which on it has room to count them; the header counts them, too. */
    private static final int COUNTED = 660;

    private final Columns shards = new Columns(232, 14, 4);
    private final ChipWall chips;
    private final HostsView hosts;
    private final MatrixView matrix;
    private final IdleView idle;
    private final VBox groups = new VBox();
    private final FindingsView findings;
    private final TrendCard trend;
    private final Ribbon ribbon;
    private final Rich readout = new Rich("small", "muted");
    private final Map<NodeId, ShardCard> cards = new LinkedHashMap<>();
    private List<NodeId> order = List.of();
    private int pointed = -1;

    /** @param onHost shows the page of a host of the cluster, by its name */
    public TopologyView(Look look, Live live, Consumer<String> onHost) {
        this.look = look;
        this.live = live;
        setId("topology");
        grouping = new TabBar<>(look, "views.grouping.", Grouping.values(), Grouping.SHARD, "choices");
        bar = new Bar(List.of(grouping), List.of(filter, count));
        chips = new ChipWall(look, live, this);
        hosts = new HostsView(look, live, onHost);
        matrix = new MatrixView(look, live);
        idle = new IdleView(look, live);
        findings = new FindingsView(look, live);
        trend = new TrendCard(look, live);
        ribbon = new Ribbon(look);
        count.getStyleClass().addAll("small", "muted");
        shards.setId("topology-shards");
        getStyleClass().addAll("page-scroll", "plain-scroll");
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setContent(content());
        ribbon.onPointer(slot -> {
            pointed = slot;
            point();
        });
        grouping.chosenProperty()
                .subscribe(g -> groups.getChildren()
                        .setAll(
                                switch (g) {
                                    case SHARD -> new VBox(shards, chips, idle);
                                    case HOST -> hosts;
                                    case SEEN -> matrix;
                                }));
        var repaint = new Repaint(this, this::paint);
        live.stateProperty().subscribe(s -> repaint.ask());
        look.tongue().wordsProperty().subscribe(w -> repaint.ask());
        grouping.chosenProperty().subscribe(g -> repaint.ask());
        live.chosenProperty().subscribe(c -> point());
    }

    public TabBar<Grouping> grouping() {
        return grouping;
    }

    private VBox content() {
        filter.setId("topology-filter");
        filter.promptTextProperty().bind(look.tongue().text("desk.topology.filter"));
        filter.accessibleTextProperty().bind(look.tongue().text("desk.topology.filter"));
        filter.setPrefWidth(200);
        filter.textProperty().subscribe(t -> paint());
        bar.widthProperty().subscribe(w -> count());
        var lower = live.isPast() ? new HBox(findings) : new HBox(14, findings, trend);
        var page = new VBox();
        findings.setPrefWidth(1);
        trend.setPrefWidth(1);
        HBox.setHgrow(findings, Priority.ALWAYS);
        HBox.setHgrow(trend, Priority.ALWAYS);
        lower.setMinHeight(232);
        lower.setPrefHeight(232);
        VBox.setVgrow(lower, Priority.ALWAYS);
        page.getChildren().setAll(bar, groups, lower, slots());
        if (!live.isPast()) { // the past has no curves to make room for
            fold(page, lower);
        }
        page.getStyleClass().add("page");
        return page;
    }

    /** Where two cards have no room beside each other, one lies below the other. */
    private void fold(VBox page, HBox lower) {
        var upright = new VBox(14);
        page.widthProperty().subscribe(w -> {
            boolean narrow = w.doubleValue() > 0 && w.doubleValue() < BESIDE;
            if (narrow == upright.getChildren().isEmpty()) {
                (narrow ? lower : upright).getChildren().clear();
                (narrow ? upright : lower).getChildren().setAll(findings, trend);
                page.getChildren().set(2, narrow ? upright : lower);
            }
        });
    }

    private VBox slots() {
        var gap = new Region();
        var gap2 = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox.setHgrow(gap2, Priority.ALWAYS);
        var last = new Label(Integer.toString(SlotRange.SLOTS - 1));
        var first = new Label("0");
        first.getStyleClass().addAll("small", "muted");
        last.getStyleClass().addAll("small", "muted");
        var scale = new HBox(first, gap, look.label("views.slots.word", "small", "muted"), gap2, last);
        return new VBox(4, scale, ribbon, readout);
    }

    private void paint() {
        var state = live.state();
        shown(filter, grouping.chosenProperty().get() == Grouping.SHARD && live.serving() > FEW);
        switch (grouping.chosenProperty().get()) {
            case SHARD -> shards(state);
            case HOST -> hosts.show(state);
            case SEEN -> matrix.show(state);
        }
        count();
        findings.show(state.health());
        trend.show();
        ribbon.show(live.shardOfSlot());
        point();
    }

    private void shards(ClusterState state) {
        var now = live.shards();
        if (live.serving() > 0) {
            now = now.stream().filter(s -> !s.master().slots().isEmpty()).toList();
        }
        idle.show(
                state,
                now.size() == live.shards().size()
                        ? List.of()
                        : live.shards().stream()
                                .filter(s -> s.master().slots().isEmpty())
                                .toList());
        if (filtered()) {
            var wanted = new ShardFilter(filter.getText(), live, look.tongue().words());
            now = now.stream().filter(wanted).toList();
        }
        left = now.size();
        boolean many = now.size() > CARDS;
        shown(shards, !many);
        shown(chips, many);
        if (many) {
            chips.show(now);
            return;
        }
        var ids = now.stream().map(s -> s.master().id()).toList();
        if (!ids.equals(order)) {
            order = ids;
            cards.keySet().retainAll(ids);
            shards.getChildren()
                    .setAll(ids.stream()
                            .map(id -> cards.computeIfAbsent(id, k -> new ShardCard(look, live)))
                            .toList());
        }
        for (int i = 0; i < now.size(); i++) {
            var card = cards.get(ids.get(i));
            if (card != null) {
                card.show(state, now.get(i), live.shardOf(now.get(i).master()));
            }
        }
    }

    private boolean filtered() {
        return filter.isVisible() && !filter.getText().isBlank();
    }

    /** How many there are, which the header tells, too; or how many the filter leaves. */
    private void count() {
        count.setText(look.tongue()
                .say(
                        filtered() ? "views.topology.count.filtered" : "views.topology.count",
                        "left",
                        left,
                        "shards",
                        live.serving(),
                        "nodes",
                        live.state().nodes().size()));
        shown(count, filtered() || bar.getWidth() >= COUNTED);
    }

    private static void shown(Region region, boolean there) {
        region.setVisible(there);
        region.setManaged(there);
    }

    /** Tells of the slot under the pointer; else of the chosen node's first; else of how many are served. */
    private void point() {
        var words = look.tongue().words();
        var state = live.state();
        int slot = pointed >= 0
                ? pointed
                : live.chosenNode()
                        .filter(n -> !n.slots().isEmpty())
                        .map(n -> n.slots().getFirst().from())
                        .orElse(-1);
        ribbon.mark(slot);
        if (slot < 0) {
            readout.say(SlotWords.served(words, live.tally()));
            return;
        }
        readout.say(SlotWords.of(words, state, slot, live::name));
    }
}
