package io.clusterdeck.views.cluster;

import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Chip;
import io.clusterdeck.views.parts.Line;
import io.clusterdeck.views.parts.Repaint;
import io.clusterdeck.views.parts.Rich;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** The cluster's name, its state in a word, and the facts of the whole. */
final class HeaderView extends HBox {
    private final Look look;
    private final Live live;
    private final ClusterWays ways;
    private final Label name = new Label();
    private final Chip chip = new Chip();
    private final Label production;
    private final Label readOnly;
    private final Rich version = new Rich("small", "muted");
    private final Rich size = new Rich("small", "muted");
    private final Rich slots = new Rich("small", "muted");
    private final Rich epoch = new Rich("small", "muted");
    private final Rich seen = new Rich("small", "muted");
    private final CheckMenuItem productionItem = new CheckMenuItem();
    private final CheckMenuItem readOnlyItem = new CheckMenuItem();
    private final Repaint repaint;
    private final MenuItem startAll;
    private final MenuItem stopAll;
    private final MenuItem destroy;

    HeaderView(Look look, Live live, ClusterWays ways) {
        this.look = look;
        this.live = live;
        this.ways = ways;
        getStyleClass().add("head");
        setAlignment(Pos.CENTER_LEFT);
        name.getStyleClass().add("h1");
        name.setMinWidth(USE_PREF_SIZE);
        name.setMaxWidth(360);
        production = look.label("views.production", "tag", "tag-production");
        readOnly = look.label("views.readonly", "tag");
        production.setMinWidth(USE_PREF_SIZE);
        readOnly.setMinWidth(USE_PREF_SIZE);
        var facts = new Line(16, version, size, slots, epoch, seen);
        HBox.setHgrow(facts, Priority.ALWAYS);
        startAll = item("views.act.start.all", () -> live.wish(new Wish.StartAll()));
        stopAll = item("views.act.stop.all", () -> live.wish(new Wish.StopAll()));
        destroy = item("desk.destroy", ways.destroy());
        productionItem.textProperty().bind(look.tongue().text("views.production.switch"));
        readOnlyItem.textProperty().bind(look.tongue().text("views.readonly.switch"));
        productionItem.setOnAction(e -> keep(productionItem.isSelected(), live.readOnly()));
        readOnlyItem.setOnAction(e -> keep(live.specProperty().get().production(), readOnlyItem.isSelected()));
        var actions = new MenuButton();
        actions.setId("cluster-actions");
        actions.textProperty().bind(look.tongue().text("views.actions"));
        actions.setMinWidth(USE_PREF_SIZE);
        actions.getItems()
                .addAll(
                        startAll,
                        stopAll,
                        new SeparatorMenuItem(),
                        productionItem,
                        readOnlyItem,
                        new SeparatorMenuItem(),
                        item("hosts.ways", ways.hosts()),
                        item("desk.rescue", ways.rescue()),
                        item("desk.forget", ways.forget()),
                        destroy);
        getChildren().addAll(name, chip, production, readOnly, facts, find(), actions);
        repaint = new Repaint(this, this::paint);
        live.stateProperty().subscribe(s -> repaint.ask());
        live.specProperty().subscribe(s -> repaint.ask());
        look.tongue().wordsProperty().subscribe(w -> repaint.ask());
    }

    private Button find() {
        var find = look.button("desk.find", ways.find(), "find-open");
        var key = new Label(ways.findKey());
        key.getStyleClass().add("key");
        find.setGraphic(key);
        find.setId("find-open");
        find.setMinWidth(USE_PREF_SIZE);
        return find;
    }

    private MenuItem item(String key, Runnable action) {
        var item = new MenuItem();
        item.textProperty().bind(look.tongue().text(key));
        item.setOnAction(e -> action.run());
        return item;
    }

    private void keep(boolean production, boolean readOnly) {
        var s = live.specProperty().get();
        live.keep(s.production(production).readOnly(readOnly), failure -> {
            repaint.ask(); // the mark in the menu goes back to what is
            ways.failed().accept(failure);
        });
    }

    private void paint() {
        var words = look.tongue().words();
        var state = live.state();
        var spec = live.specProperty().get();
        var tally = live.tally();
        boolean looking = state.nodes().isEmpty() && tally.verdict() == Health.UNKNOWN;
        name.setText(spec.name());
        chip.show(
                Marks.of(tally.verdict()),
                Marks.tone(tally.verdict()),
                words.say("views.verdict." + tally.verdict().name().toLowerCase(java.util.Locale.ROOT)
                        + (looking ? ".none" : "")));
        shown(production, spec.production());
        shown(readOnly, spec.readOnly());
        productionItem.setSelected(spec.production());
        readOnlyItem.setSelected(spec.readOnly());
        startAll.setDisable(spec.readOnly());
        stopAll.setDisable(spec.readOnly());
        destroy.setDisable(spec.readOnly() || spec.sites().stream().noneMatch(NodeSite::ours));
        var nodes = state.nodes().values();
        say(version, tally.versions().isEmpty() ? "" : words.say("views.head.version", "versions", tally.versions()));
        say(
                size,
                nodes.isEmpty()
                        ? ""
                        : words.say(
                                "views.head.size",
                                "shards",
                                live.serving(),
                                "nodes",
                                nodes.size(),
                                "hosts",
                                tally.hosts()));
        int served = tally.served();
        int owned = tally.owned();
        say(
                slots,
                nodes.isEmpty()
                        ? ""
                        : words.say(
                                served == owned ? "views.head.slots" : "views.head.slots.served",
                                "served",
                                served,
                                "covered",
                                owned,
                                "all",
                                SlotRange.SLOTS));
        say(epoch, nodes.isEmpty() ? "" : words.say("views.head.epoch", "epoch", Long.toString(state.currentEpoch())));
        say(
                seen,
                tally.oldest()
                        .map(at -> words.say(
                                tally.answering() == nodes.size() ? "views.head.seen" : "views.head.seen.some",
                                "t",
                                Figures.since(words, at, state.at()),
                                "n",
                                tally.answering(),
                                "of",
                                nodes.size()))
                        .orElse(""));
    }

    private static void shown(Label label, boolean there) {
        label.setVisible(there);
        label.setManaged(there);
    }

    private static void say(Rich rich, String words) {
        rich.say(words);
        rich.setManaged(!words.isEmpty());
    }
}
