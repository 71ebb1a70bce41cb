package io.clusterdeck.views.cluster;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.views.health.FindingsView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Repaint;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.Turning;
import javafx.geometry.Pos;
import javafx.scene.layout.VBox;

/** What stands there until a first node has answered: who is asked, by which way, and what is known of why nobody answers. */
final class LookingView extends VBox {
    private final Look look;
    private final Live live;
    private final Rich asked = new Rich("muted");
    private final FindingsView findings;

    LookingView(Look look, Live live) {
        super(16);
        this.look = look;
        this.live = live;
        setId("looking");
        setAlignment(Pos.CENTER);
        asked.setMaxWidth(480);
        asked.getStyleClass().add("centered");
        findings = new FindingsView(look, live).whole();
        findings.setMaxSize(560, USE_PREF_SIZE);
        getChildren().addAll(new Turning(28), look.label("views.looking", "h2"), asked, findings);
        var repaint = new Repaint(this, this::paint);
        live.stateProperty().subscribe(s -> repaint.ask());
        live.specProperty().subscribe(s -> repaint.ask());
        look.tongue().wordsProperty().subscribe(w -> repaint.ask());
    }

    private void paint() {
        var spec = live.specProperty().get();
        var addresses = spec.seeds().stream()
                .map(NodeAddress::toString)
                .distinct()
                .limit(6)
                .toList();
        asked.say(look.tongue()
                .say(
                        spec.access() == ClusterSpec.Access.THROUGH_HOSTS
                                ? "views.looking.through"
                                : "views.looking.direct",
                        "addresses",
                        addresses.isEmpty() ? "–" : addresses));
        var found = live.state().health();
        findings.show(found);
        findings.setVisible(!found.isEmpty());
        findings.setManaged(!found.isEmpty());
    }
}
