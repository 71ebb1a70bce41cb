package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.Arrangement;
import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Palette;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A node on its host: dragged by the mouse, moved with the arrow keys, everything else in its menu. */
final class NodeTile extends HBox {
    static final PseudoClass OVER = PseudoClass.getPseudoClass("over");
    private static final PseudoClass DRAGGED = PseudoClass.getPseudoClass("dragged");

    final NodeName node;
    private final ContextMenu menu;

    /** @param next told the node that goes to the next host (1) or the one before (-1), and whether it is insisted on */
    NodeTile(
            Look look,
            LayoutModel model,
            Arrangement now,
            NodeName node,
            List<HostName> hosts,
            BiConsumer<Integer, Boolean> next) {
        super(7);
        this.node = node;
        boolean master = now.master(node);
        int shard = now.shard(node);
        setId("tile-" + node);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().addAll("wizard-node", "edge-" + (shard % Palette.SHARDS + 1));
        var dot = new Region();
        dot.getStyleClass().addAll(master ? "wizard-master" : "wizard-replica", "dot-" + (shard % Palette.SHARDS + 1));
        var port = new Label(Integer.toString(node.port()));
        port.getStyleClass().add("node-name");
        port.setMinWidth(USE_PREF_SIZE);
        var role = new Label(
                look.tongue().say(master ? "views.role.master.of" : "views.role.replica.of", "shard", shard + 1));
        role.getStyleClass().add("muted");
        role.setMinWidth(0);
        HBox.setHgrow(role, Priority.ALWAYS);
        role.setMaxWidth(Double.MAX_VALUE);
        var grip = new Region();
        grip.getStyleClass().add("grip");
        getChildren().addAll(dot, port, role, grip);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setAccessibleText(look.tongue().say("wizard.node", "node", node, "role", role.getText(), "host", node.host()));
        setAccessibleHelp(look.tongue().say("wizard.layout.how"));
        menu = menu(look, model, now, hosts);
        setOnContextMenuRequested(e -> menu.show(this, e.getScreenX(), e.getScreenY()));
        setOnKeyPressed(e -> key(e, model, now, next));
        drag(model);
    }

    private void showMenu() {
        var at = localToScreen(getWidth() / 2, getHeight());
        menu.show(this, at.getX(), at.getY());
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... more) {
        if (action == AccessibleAction.FIRE || action == AccessibleAction.SHOW_MENU) {
            showMenu();
        } else {
            super.executeAccessibleAction(action, more);
        }
    }

    private void key(KeyEvent e, LayoutModel model, Arrangement now, BiConsumer<Integer, Boolean> next) {
        switch (e.getCode()) {
            case LEFT -> next.accept(-1, e.isAltDown());
            case RIGHT -> next.accept(1, e.isAltDown());
            case ENTER, SPACE -> showMenu();
            case M -> {
                if (!now.master(node)) {
                    model.promote(node);
                }
            }
            default -> {
                return;
            }
        }
        e.consume();
    }

    private ContextMenu menu(Look look, LayoutModel model, Arrangement now, List<HostName> hosts) {
        var menu = new ContextMenu();
        hosts.stream()
                .filter(h -> !h.equals(node.host()))
                .forEach(h -> menu.getItems()
                        .add(item(look.tongue().say("wizard.node.move", "host", h), () -> model.move(node, h, false))));
        var places = new Menu(look.tongue().say("wizard.node.swap"));
        now.shards().stream()
                .flatMap(List::stream)
                .filter(n -> !n.equals(node) && now.shard(n) != now.shard(node))
                .forEach(n -> places.getItems().add(item(n.toString(), () -> model.swap(node, n, false))));
        if (!places.getItems().isEmpty()) {
            menu.getItems().add(places);
        }
        if (!now.master(node)) {
            menu.getItems()
                    .add(item(
                            look.tongue().say("wizard.node.promote", "shard", now.shard(node) + 1),
                            () -> model.promote(node)));
        }
        return menu;
    }

    private static MenuItem item(String words, Runnable action) {
        var item = new MenuItem(words);
        item.setMnemonicParsing(false);
        item.setOnAction(e -> action.run());
        return item;
    }

    /** Dropped on another node the two change places; dropped on a host it goes there. */
    private void drag(LayoutModel model) {
        setOnDragDetected(e -> {
            pseudoClassStateChanged(DRAGGED, true);
            startFullDrag();
            e.consume();
        });
        setOnMousePressed(e -> requestFocus());
        setOnMouseReleased(e -> pseudoClassStateChanged(DRAGGED, false));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_ENTERED, e -> over(e, true));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_EXITED, e -> over(e, false));
        addEventHandler(MouseDragEvent.MOUSE_DRAG_RELEASED, e -> {
            if (e.getGestureSource() instanceof NodeTile from
                    && from != this
                    && !from.node.host().equals(node.host())) {
                model.swap(from.node, node, e.isAltDown());
                e.consume();
            }
        });
    }

    private void over(MouseDragEvent e, boolean now) {
        pseudoClassStateChanged(OVER, now && e.getGestureSource() != this);
    }
}
