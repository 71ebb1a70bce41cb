package io.clusterdeck.views.slots;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.SlotWords;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Palette;
import io.clusterdeck.views.parts.Repaint;
import io.clusterdeck.views.parts.Ribbon;
import io.clusterdeck.views.parts.Rich;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Where each slot lies: the map, the shards with their counts, and the slot under the pointer. */
public final class SlotsView extends VBox {
    /** More shards than this are told by number, not by colour. */
    private static final int NAMED = 12;

    private final Look look;
    private final Live live;
    private final FlowPane legend = new FlowPane(20, 6);
    private final SlotMap map;
    private final Ribbon ribbon;
    private final Rich readout = new Rich();
    private List<?> painted = List.of();

    public SlotsView(Look look, Live live) {
        this.look = look;
        this.live = live;
        setId("slots");
        getStyleClass().add("page");
        map = new SlotMap(look, slot -> live.state().owners().of(slot).ifPresent(live::choose));
        ribbon = new Ribbon(look);
        ribbon.onPointer(slot -> map.pointedProperty().set(slot));
        VBox.setVgrow(map, Priority.ALWAYS);
        var scale = look.label("views.slots.scale", "small", "muted");
        scale.setMinWidth(USE_PREF_SIZE);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var told = new HBox(16, readout, gap, scale);
        told.setAlignment(Pos.CENTER_LEFT);
        var foot = new VBox(8, ribbon, told);
        setSpacing(14);
        getChildren().addAll(legend, map, foot);
        map.pointedProperty().subscribe(slot -> point());
        var repaint = new Repaint(this, this::paint);
        live.stateProperty().subscribe(s -> repaint.ask());
        look.tongue().wordsProperty().subscribe(w -> repaint.ask());
        live.chosenProperty().subscribe(c -> point());
    }

    private void paint() {
        var state = live.state();
        var shards = live.shardOfSlot();
        map.show(shards, targets());
        ribbon.show(shards);
        legend(state);
        point();
    }

    /** For each slot on its way the shard that gets it, else {@link Ribbon#NOBODY}. */
    private int[] targets() {
        var state = live.state();
        var targets = new int[SlotRange.SLOTS];
        Arrays.fill(targets, Ribbon.NOBODY);
        for (Node node : state.nodes().values()) {
            node.migrating()
                    .forEach((slot, to) ->
                            targets[slot] = state.node(to).map(live::shardOf).orElse(Ribbon.NOBODY));
            node.importing().keySet().forEach(slot -> targets[slot] = live.shardOf(node));
        }
        return targets;
    }

    private void legend(ClusterState state) {
        var shards = live.shards();
        int moving = state.nodes().values().stream()
                .mapToInt(n -> n.migrating().size())
                .sum();
        int missing = SlotRange.SLOTS - live.tally().owned();
        var key = List.of(
                shards.stream().map(s -> s.master().slotCount()).toList(),
                moving,
                missing,
                look.tongue().words().locale());
        if (key.equals(painted)) {
            return;
        }
        painted = key;
        var words = look.tongue().words();
        int at = 0;
        for (int i = 0; i < shards.size() && shards.size() <= NAMED; i++) {
            if (shards.get(i).master().slotCount() == 0) {
                continue; // a master that lost its slots is no shard
            }
            entry(
                    at++,
                    "shard-" + (i % Palette.SHARDS + 1),
                    words.say(
                            "views.slots.shard",
                            "n",
                            i + 1,
                            "slots",
                            shards.get(i).master().slotCount(),
                            "share",
                            shards.get(i).master().slotCount() / (double) SlotRange.SLOTS));
        }
        if (shards.size() > NAMED) {
            entry(at++, "shard-1", words.say("views.slots.shards", "n", shards.size()));
        }
        if (moving > 0) {
            entry(at++, "swatch-moving", words.say("views.slots.moving", "n", moving));
        }
        if (missing > 0 && !state.nodes().isEmpty()) {
            entry(at++, "swatch-missing", words.say("views.slots.missing", "n", missing));
        }
        legend.getChildren().remove(at, legend.getChildren().size());
    }

    private void entry(int at, String style, String text) {
        if (at == legend.getChildren().size()) {
            legend.getChildren().add(new Entry());
        }
        ((Entry) legend.getChildren().get(at)).show(style, text);
    }

    /** A colour and what it stands for. */
    private static final class Entry extends HBox {
        private final Region swatch = new Region();
        private final Rich said = new Rich("small", "muted");

        Entry() {
            super(8);
            setAlignment(Pos.CENTER_LEFT);
            getChildren().addAll(swatch, said);
        }

        void show(String style, String text) {
            var styles = List.of("swatch", style);
            if (!swatch.getStyleClass().equals(styles)) {
                swatch.getStyleClass().setAll(styles);
            }
            said.say(text);
        }
    }

    private void point() {
        var words = look.tongue().words();
        int slot = map.pointedProperty().get();
        ribbon.mark(slot);
        readout.say(
                slot >= 0
                        ? SlotWords.of(words, live.state(), slot, live::name)
                        : SlotWords.served(words, live.tally()));
        map.setAccessibleText(Rich.plain(readout.wordsProperty().get()));
    }

    /** Points at a slot, as the mouse would. */
    public void pointAt(int slot) {
        map.pointedProperty().set(slot);
    }
}
