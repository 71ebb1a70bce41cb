package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Repaint;
import io.clusterdeck.views.parts.Rich;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The chosen node: what it is, what can be done to it, how it fares, where its process is, and what it says itself. */
public final class InspectorView extends ScrollPane {
    private final Look look;
    private final Live live;
    private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final Rich trouble = new Rich("small");
    private final VBox troubleFrame = new VBox(trouble);
    private final VBox node;
    private final VBox nothing;
    private final List<Consumer<Node>> parts = new ArrayList<>();

    /**
     * @param logs opens the log of the chosen node
     * @param hosts shows the hosts of the cluster and how one signs in there
     */
    public InspectorView(Look look, Live live, Runnable logs, Runnable hosts) {
        this.look = look;
        this.live = live;
        setId("inspector");
        getStyleClass().addAll("inspector", "plain-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        title.getStyleClass().addAll("mono", "inspector-title");
        title.setMinWidth(0);
        subtitle.getStyleClass().add("muted");
        subtitle.setWrapText(true);
        trouble.getStyleClass().add("trouble");
        var head = new HBox(10, glyph, title);
        head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        troubleFrame.getStyleClass().add("trouble-frame");
        node = new VBox(head, subtitle, troubleFrame);
        if (live.isPast()) { // what was can be read, not asked and not changed
            part(new NowFacts(look, live), NowFacts::show);
        } else {
            part(new Actions(look, live, logs, hosts), Actions::show);
            part(new NowFacts(look, live), NowFacts::show);
            part(new WithoutIt(look, live), WithoutIt::show);
            part(new ProcessFacts(look, live), ProcessFacts::show);
            part(new RawView(look, live), RawView::show);
        }
        node.getStyleClass().add("inspector-body");
        var hint = look.label("views.inspect.nothing", "muted");
        hint.setWrapText(true);
        nothing = new VBox(6, look.label("views.inspect.nothing.title", "card-title"), hint);
        nothing.getStyleClass().add("inspector-body");
        var repaint = new Repaint(this, this::paint);
        live.stateProperty().subscribe(s -> repaint.ask());
        live.chosenProperty().subscribe(c -> repaint.ask());
        live.specProperty().subscribe(c -> repaint.ask());
        look.tongue().wordsProperty().subscribe(w -> repaint.ask());
    }

    private <T extends Region> void part(T part, BiConsumer<T, Node> show) {
        node.getChildren().add(part);
        parts.add(n -> show.accept(part, n));
    }

    private void paint() {
        Optional<Node> chosen = live.chosenNode();
        var content = chosen.isPresent() ? node : nothing;
        if (getContent() != content) {
            setContent(content);
        }
        chosen.ifPresent(this::paint);
    }

    private void paint(Node n) {
        var words = look.tongue().words();
        glyph.show(Marks.of(n));
        title.setText(n.address().toString());
        int shard = live.shardOf(n) + 1;
        subtitle.setText(words.say(
                n.isMaster() && n.slots().isEmpty()
                        ? "views.inspect.idle"
                        : n.isMaster() ? "views.inspect.master" : "views.inspect.replica",
                "shard",
                shard,
                "host",
                n.host().map(Object::toString).orElse(n.address().host())));
        var what = trouble(n);
        trouble.say(what);
        troubleFrame.setVisible(!what.isEmpty());
        troubleFrame.setManaged(!what.isEmpty());
        parts.forEach(p -> p.accept(n));
    }

    private String trouble(Node n) {
        var words = look.tongue().words();
        var at = live.state().at();
        return switch (n.contact()) {
            case Contact.Gone g -> words.say("views.trouble.gone", "since", Figures.clock(g.since()), "why", g.why());
            case Contact.Silent s -> words.say("views.trouble.silent", "t", Figures.since(words, s.since(), at));
            case Contact.Refuses r -> words.say("views.trouble.refuses", "why", r.why());
            case Contact.Unknown u -> words.say("views.contact.unknown");
            case Contact.Answers a -> {
                var by = n.suspectedBy().stream().sorted().map(live::name).toList();
                yield by.isEmpty()
                        ? ""
                        : words.say(n.failed() ? "views.trouble.failed" : "views.trouble.suspected", "by", by);
            }
        };
    }
}
