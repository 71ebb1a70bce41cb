package io.clusterdeck.views.topology;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.live.Reading;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Line;
import io.clusterdeck.views.parts.Press;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAction;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A node in two lines: what it is and where, and how it fares. Chosen by a click or Enter. */
final class NodeCard extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass DOWN = PseudoClass.getPseudoClass("down");

    private final Look look;
    private final Live live;
    private final NodeId id;
    private final boolean byHost;
    private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);
    private final Label name = new Label();
    private final Label role = new Label();
    private final Label where = new Label();
    private final Label first = new Label();
    private final Label second = new Label();
    private final Label third = new Label();

    /** @param byHost whether it stands in its host's card, so that the shard is told instead of the host */
    NodeCard(Look look, Live live, NodeId id, boolean byHost) {
        this.look = look;
        this.live = live;
        this.id = id;
        this.byHost = byHost;
        getStyleClass().add("node-card");
        setId("node-" + id.brief());
        name.getStyleClass().add("node-name");
        role.getStyleClass().add("muted");
        where.getStyleClass().add("muted");
        role.setMinWidth(0);
        name.setMinWidth(USE_PREF_SIZE);
        where.setMinWidth(0);
        role.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(role, Priority.ALWAYS);
        var head = new HBox(glyph, name, role, where);
        head.getStyleClass().add("node-head");
        var figures = new Line(16, first, second, third);
        figures.getStyleClass().add("node-figures");
        getChildren().addAll(head, figures);
        Press.on(this, this::choose);
        live.chosenProperty()
                .subscribe(now ->
                        pseudoClassStateChanged(CHOSEN, now.filter(id::equals).isPresent()));
    }

    NodeId node() {
        return id;
    }

    private void choose() {
        live.choose(id);
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... more) {
        if (action == AccessibleAction.FIRE) {
            choose();
        } else {
            super.executeAccessibleAction(action, more);
        }
    }

    void show(ClusterState state, Node node, int shard) {
        var words = look.tongue().words();
        glyph.show(Marks.of(node));
        String roleWord = words.say(node.isMaster() ? "views.role.master" : "views.role.replica");
        role.setText(
                byHost
                        ? words.say(
                                node.isMaster() ? "views.role.master.of" : "views.role.replica.of", "shard", shard + 1)
                        : roleWord);
        var host = node.host().map(Object::toString).orElse(node.address().host());
        var called = live.name(id);
        // its host stands at the other end of the line, or over the card
        name.setText(called.startsWith(host + ":") ? called.substring(host.length() + 1) : called);
        where.setText(byHost ? "" : host);
        where.setManaged(!byHost);
        pseudoClassStateChanged(DOWN, !node.answers());
        if (node.answers()) {
            figures(state, node);
        } else {
            say(absent(state, node), "", "");
        }
        setAccessibleText(called + ", " + roleWord + ", " + where.getText() + ", " + first.getText() + " "
                + second.getText() + " " + third.getText());
    }

    private void figures(ClusterState state, Node node) {
        var words = look.tongue().words();
        var reading = new Reading(node);
        if (node.isMaster()) {
            say(
                    reading.keys().isPresent()
                            ? words.say(
                                    "views.keys.brief",
                                    "n",
                                    Figures.brief(words, reading.keys().getAsLong()))
                            : "",
                    reading.memory().isPresent()
                            ? Figures.size(words, reading.memory().getAsLong())
                            : "",
                    reading.ops().isPresent()
                            ? words.say(
                                    "views.ops.brief",
                                    "n",
                                    Figures.brief(words, reading.ops().getAsLong()))
                            : "");
            return;
        }
        var behind = reading.behind(state);
        say(
                behind.isPresent() ? words.say("views.behind", "size", behind.getAsLong()) : "",
                reading.masterLink()
                        .map(up -> up
                                ? words.say("views.link.up")
                                : reading.masterLinkDownSeconds().isPresent()
                                        ? words.say(
                                                "views.link.down.for",
                                                "t",
                                                1000
                                                        * reading.masterLinkDownSeconds()
                                                                .getAsLong())
                                        : words.say("views.link.down"))
                        .orElse(""),
                "");
    }

    private String absent(ClusterState state, Node node) {
        var words = look.tongue().words();
        if (live.isPast() && node.contact() instanceof Contact.Gone) {
            return words.say("views.contact.lost"); // since when is not kept
        }
        return switch (node.contact()) {
            case Contact.Silent s ->
                words.say("views.contact.silent", "t", Figures.since(words, s.since(), state.at()));
            case Contact.Gone g -> words.say("views.contact.gone", "t", Figures.since(words, g.since(), state.at()));
            case Contact.Refuses r -> words.say(r.why());
            default -> words.say("views.contact.unknown");
        };
    }

    private void say(String one, String two, String three) {
        set(first, one);
        set(second, two);
        set(third, three);
    }

    private static void set(Label label, String words) {
        label.setText(words);
        label.setManaged(!words.isEmpty());
        label.setVisible(!words.isEmpty());
    }
}
