package io.clusterdeck.views.health;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
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
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * One finding, kept as long as it lasts: its figures change each second, exactly while somebody presses its button or types a note to
 * mute it. FX thread.
 */
final class FindingRow extends HBox {
    private final Look look;
    private final Live live;
    private final Glyph glyph = new Glyph(Glyph.Kind.NOTE);
    private final Rich title = new Rich("strong");
    private final Rich why = new Rich("muted", "evidence");
    private final Rich next = new Rich("evidence");
    private final Button act = new Button();
    private final Button about = new Button();
    private final Button asIs;
    private final MuteBar mute;
    private List<?> shown = List.of();

    FindingRow(Look look, Live live) {
        super(12);
        this.look = look;
        this.live = live;
        mute = new MuteBar(look, live, this::failed);
        act.setMinWidth(USE_PREF_SIZE);
        VBox.setMargin(act, new Insets(4, 0, 2, 0));
        about.getStyleClass().setAll("button", "link");
        about.setMinWidth(USE_PREF_SIZE);
        asIs = look.button("views.remedy.as-is", this::planMasters, "link");
        asIs.setMinWidth(USE_PREF_SIZE);
        HBox.setMargin(glyph, new Insets(5, 0, 0, 0));
        HBox.setHgrow(mute, Priority.ALWAYS);
        var text = new VBox(title, why);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        if (!live.isPast()) {
            var more = new HBox(16, about, asIs, mute);
            more.setAlignment(Pos.CENTER_LEFT);
            text.getChildren().addAll(act, next, more);
        }
        getChildren().addAll(glyph, text);
    }

    void show(Finding finding) {
        var node = finding.node().filter(id -> live.state().node(id).isPresent());
        var key = List.of(finding, look.tongue().words().locale(), live.readOnly(), node.map(live::name));
        if (key.equals(shown)) {
            return;
        }
        shown = key;
        setId("finding-" + finding.rule());
        glyph.show(finding.counts() ? Marks.of(finding.level()) : Glyph.Kind.NOTE);
        getStyleClass().setAll(finding.counts() ? List.of() : List.of("finding-muted"));
        title.say(look.tongue().say(finding.title()));
        why.say(look.tongue().say(finding.why()));
        if (!live.isPast()) {
            deeds(finding, node);
        }
    }

    private void deeds(Finding finding, Optional<NodeId> node) {
        var wish = finding.remedy().flatMap(Wish::of).filter(w -> may(w) && finding.counts());
        there(act, wish.isPresent());
        there(next, wish.isEmpty());
        wish.ifPresent(w -> {
            act.setText(look.tongue().say(caption(finding)));
            act.setOnAction(e -> live.wish(w));
        });
        next.say(look.tongue().say(finding.next()));
        there(about, node.isPresent());
        node.ifPresent(id -> {
            about.setText(look.tongue().say("views.findings.show", "node", live.name(id)));
            about.setOnAction(e -> live.choose(id));
        });
        there(asIs, finding.rule().startsWith("masters-moved") && finding.counts());
        mute.show(finding);
    }

    /** Who only looks may also where nothing may be changed. */
    private boolean may(Wish wish) {
        return wish instanceof Wish.CheckAof ? !live.isPast() : !live.readOnly();
    }

    private static void there(Node part, boolean so) {
        part.setVisible(so);
        part.setManaged(so);
    }

    /** Such as "Start 9000…"; a remedy's word has its words under {@code views.remedy.*}. */
    private Say caption(Finding finding) {
        var remedy = finding.remedy().orElse("");
        int colon = remedy.indexOf(':');
        var word = colon < 0 ? remedy : remedy.substring(0, colon);
        var rest = colon < 0 ? "" : remedy.substring(colon + 1);
        var node = word.equals("cure") ? rest : rest.isEmpty() ? "" : live.name(new NodeId(rest));
        return Say.of("views.remedy." + word, "node", node);
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
                this::failed);
    }

    private void failed(Failure failure) {
        live.act().failed(failure);
    }
}
