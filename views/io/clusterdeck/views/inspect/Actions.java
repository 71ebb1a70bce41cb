package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.failover.Needs;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** What can be done to the chosen node. Each opens the sheet that shows the plan first. */
final class Actions extends VBox {
    static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(120));

    private final Look look;
    private final Live live;
    private final Button start;
    private final Button restart;
    private final Button stop;
    private final Button aof;
    private final Button log;
    private final MenuButton kill;
    private final MenuButton failover;
    private final Label off = new Label();
    private final Button where;
    private List<?> menu = List.of();

    /** @param hosts shows the hosts of the cluster and how one signs in there */
    Actions(Look look, Live live, Runnable logs, Runnable hosts) {
        this.look = look;
        this.live = live;
        start = button("views.act.start", Wish.Start::new);
        restart = button("views.act.restart", Wish.Restart::new);
        stop = button("views.act.stop", Wish.Stop::new);
        aof = button("views.act.aof", Wish.CheckAof::new);
        log = look.button("views.act.logs", logs);
        kill = menu("views.act.kill", "danger-text");
        failover = menu("views.act.failover");
        kill.getItems().add(item("views.act.kill.kill", id -> new Wish.Kill(id, new Signal.Kill())));
        kill.getItems().add(item("views.act.kill.term", id -> new Wish.Kill(id, new Signal.Term())));
        kill.getItems().add(new SeparatorMenuItem());
        for (var pause : PAUSES) {
            kill.getItems()
                    .add(item(
                            "views.act.kill.stop",
                            id -> new Wish.Kill(id, new Signal.Stop(pause)),
                            "t",
                            pause.toMillis()));
        }
        off.getStyleClass().addAll("small", "muted");
        off.setWrapText(true);
        var buttons = new FlowPane(8, 8, start, restart, kill, stop, aof, failover, log);
        getStyleClass().add("actions");
        where = look.button("hosts.ways", hosts, "link");
        getChildren().addAll(buttons, off, where);
    }

    private Button button(String key, Function<NodeId, Wish> wish) {
        return look.button(key, () -> wish(wish));
    }

    private MenuButton menu(String key, String... styles) {
        var menu = new MenuButton();
        menu.textProperty().bind(look.tongue().text(key));
        menu.getStyleClass().addAll(styles);
        menu.setId(key.replace('.', '-'));
        menu.setMinWidth(USE_PREF_SIZE);
        return menu;
    }

    private MenuItem item(String key, Function<NodeId, Wish> wish, Object... args) {
        var item = new MenuItem();
        item.textProperty().bind(look.tongue().text(key, args));
        item.setOnAction(e -> wish(wish));
        return item;
    }

    private void wish(Function<NodeId, Wish> wish) {
        live.chosenProperty().get().ifPresent(id -> live.wish(wish.apply(id)));
    }

    void show(Node node) {
        boolean runs = !(node.contact() instanceof Contact.Gone);
        boolean free = !live.readOnly();
        shown(start, !runs);
        shown(restart, runs);
        shown(stop, runs);
        shown(kill, runs);
        var unmatched = live.cluster().unmatched(node);
        for (ButtonBase button : List.of(start, restart, stop, kill)) {
            button.setDisable(!free || unmatched.isPresent());
        }
        aof.setDisable(live.isPast() || unmatched.isPresent()); // it only looks
        log.setDisable(unmatched.isPresent());
        var heirs = (node.isMaster() ? live.replicasOf(node) : List.of(node))
                .stream().filter(Node::answers).toList();
        failover(heirs);
        failover.setDisable(!free || heirs.stream().noneMatch(Actions::canTakeOver));
        var why = unmatched.filter(u -> free).map(this::unmatched).orElseGet(() -> why(node, free, heirs));
        off.setText(why);
        off.setVisible(!why.isEmpty());
        off.setManaged(!why.isEmpty());
        shown(where, unmatched.isPresent());
    }

    private static boolean canTakeOver(Node heir) {
        return Stream.of(How.values()).anyMatch(how -> Needs.missing(heir, how).isEmpty());
    }

    /** Only what needs its host is off. */
    private String unmatched(Failure why) {
        return look.tongue().say("adopt.off", "why", why.what(), "next", why.next());
    }

    private String why(Node node, boolean free, List<Node> heirs) {
        var words = look.tongue().words();
        if (!free) {
            return words.say("views.act.off.readonly");
        }
        for (var heir : heirs) {
            var missing = Needs.missing(heir, How.GRACEFUL);
            if (missing.isPresent()) {
                return words.say("views.act.off.refused", "node", live.name(heir.id()), "command", missing.get());
            }
        }
        if (heirs.isEmpty() && node.isMaster()) {
            return words.say("views.act.off.alone");
        }
        if (!node.refused().isEmpty()) {
            return words.say(
                    "views.act.off.commands",
                    "commands",
                    node.refused().keySet().stream().sorted().toList());
        }
        return "";
    }

    private void failover(List<Node> heirs) {
        var key = List.of(
                heirs.stream().map(h -> List.of(h.id(), h.refused().keySet())).toList(),
                look.tongue().words().locale());
        if (key.equals(menu)) {
            return;
        }
        menu = key;
        var items = new ArrayList<MenuItem>();
        for (How how : How.values()) {
            for (var heir : heirs) {
                var id = heir.id();
                var item = new MenuItem(look.tongue()
                        .say(
                                "views.act.failover." + how.name().toLowerCase(java.util.Locale.ROOT),
                                "node",
                                live.name(id)));
                item.setOnAction(e -> live.wish(new Wish.Failover(id, how)));
                item.setDisable(Needs.missing(heir, how).isPresent());
                items.add(item);
            }
            if (how == How.GRACEFUL) {
                items.add(new SeparatorMenuItem());
            }
        }
        failover.getItems().setAll(items);
    }

    private static void shown(ButtonBase button, boolean there) {
        button.setVisible(there);
        button.setManaged(there);
    }
}
