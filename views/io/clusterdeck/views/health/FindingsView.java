package io.clusterdeck.views.health;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Rich;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What is worth knowing, worst first: what it is, the evidence, and the action that helps. */
public final class FindingsView extends VBox {
    private final Look look;
    private final Live live;
    private final VBox list = new VBox(14);
    private final ScrollPane scroll = new ScrollPane(list);
    private List<?> painted = List.of();
    private Optional<String> worst = Optional.empty();

    /** A finding that can't be muted says so in its place. */
    private final java.util.function.Consumer<io.clusterdeck.say.Failure> failed;

    public FindingsView(Look look, Live live) {
        this.failed = failure -> live.act().failed(failure);
        this.look = look;
        this.live = live;
        getStyleClass().add("card");
        setId("findings");
        list.getStyleClass().add("findings-list");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(look.label("views.findings", "card-title"), scroll);
    }

    public void show(List<Finding> findings) {
        var key = List.of(
                findings,
                look.tongue().words().locale(),
                live.readOnly(),
                live.state().nodes().isEmpty());
        if (key.equals(painted)) {
            return;
        }
        painted = key;
        list.getChildren()
                .setAll(
                        findings.isEmpty()
                                ? List.of(content())
                                : findings.stream().map(this::row).toList());
        var first = findings.stream().findFirst().map(f -> f.rule() + f.node());
        if (!first.equals(worst)) {
            worst = first;
            scroll.setVvalue(0); // whoever had scrolled down sees what came up
        }
    }

    private HBox content() {
        boolean known = !live.state().nodes().isEmpty();
        var text = look.label(known ? "views.findings.none" : "views.findings.unknown", "muted");
        text.setWrapText(true);
        return row(known ? Glyph.Kind.DONE : Glyph.Kind.UNKNOWN, text);
    }

    private HBox row(Finding finding) {
        var title = new Rich("strong");
        title.say(look.tongue().say(finding.title()));
        var why = new Rich("muted", "evidence");
        why.say(look.tongue().say(finding.why()));
        var text = new VBox(title, why);
        var wish = finding.remedy().flatMap(Wish::of);
        var row = row(finding.counts() ? Marks.of(finding.level()) : Glyph.Kind.NOTE, text);
        row.setId("finding-" + finding.rule());
        if (!finding.counts()) {
            row.getStyleClass().add("finding-muted");
        }
        if (wish.isPresent() && !live.readOnly() && finding.counts()) {
            var button = new Button(look.tongue().say(caption(finding)));
            button.setOnAction(e -> live.wish(wish.get()));
            button.setMinWidth(USE_PREF_SIZE);
            VBox.setMargin(button, new Insets(4, 0, 2, 0));
            text.getChildren().add(button);
        } else if (!live.isPast()) {
            var next = new Rich("evidence");
            next.say(look.tongue().say(finding.next()));
            text.getChildren().add(next);
        }
        if (finding.rule().startsWith("masters-moved") && !live.isPast() && finding.counts()) {
            text.getChildren().add(look.button("views.remedy.as-is", this::planMasters, "link"));
        }
        if (!live.isPast()) {
            finding.node()
                    .filter(id -> live.state().node(id).isPresent())
                    .ifPresent(id -> text.getChildren().add(about(id)));
            text.getChildren().add(new MuteBar(look, live, finding, failed));
        }
        return row;
    }

    private Button about(NodeId node) {
        var show = new Button(look.tongue().say("views.findings.show", "node", live.name(node)));
        show.getStyleClass().setAll("button", "mute");
        show.setOnAction(e -> live.choose(node));
        return show;
    }

    /** Takes the placement as it is for the planned one; nothing in the cluster changes. */
    private void planMasters() {
        Work.begin(
                "plan the masters as they are",
                () -> {
                    live.cluster().planMasters();
                    return true;
                },
                done -> {},
                failed);
    }

    /** Such as "Start 9000…"; a remedy's word has its words under {@code views.remedy.*}. */
    private io.clusterdeck.say.Say caption(Finding finding) {
        var remedy = finding.remedy().orElse("");
        int colon = remedy.indexOf(':');
        var word = colon < 0 ? remedy : remedy.substring(0, colon);
        var rest = colon < 0 ? "" : remedy.substring(colon + 1);
        var node = word.equals("cure") ? rest : rest.isEmpty() ? "" : live.name(new NodeId(rest));
        return io.clusterdeck.say.Say.of("views.remedy." + word, "node", node);
    }

    private static HBox row(Glyph.Kind kind, javafx.scene.Node text) {
        var glyph = new Glyph(kind);
        HBox.setMargin(glyph, new Insets(5, 0, 0, 0));
        HBox.setHgrow(text, Priority.ALWAYS);
        if (text instanceof javafx.scene.layout.Region r) {
            r.setMinWidth(0);
        }
        return new HBox(12, glyph, text);
    }
}
