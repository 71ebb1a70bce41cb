package io.clusterdeck.views.snapshots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Differences.Kind;
import io.clusterdeck.views.Crowd;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Theme;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two states of hundreds of nodes, between which a rack was lost. */
@Tag("window")
class ComparisonViewTest {

    @Test
    void noKindIsLeftOutAndWhatIsNotShownIsCounted() {
        var before = Crowd.of(210).state();
        var nodes = new LinkedHashMap<NodeId, Node>();
        before.nodes().values().stream()
                .filter(Node::isMaster)
                .forEach(n ->
                        nodes.put(n.id(), new NodeLike(n).epoch(n.epoch() + 1).node()));
        var after = new ClusterState(
                before.name(),
                before.at().plusSeconds(60),
                nodes,
                before.views(),
                before.disagreements(),
                before.health(),
                before.owners(),
                before.currentEpoch(),
                before.tick(),
                before.cost());
        var look = Stagehand.look(Theme.LIGHT, "en");
        Set<String> texts = Stagehand.onFx(() -> {
            var view = new ComparisonView(look, Comparison.between(before, after));
            var scene = new Scene(view, 900, 700);
            look.themes().dress(scene);
            view.applyCss();
            view.layout();
            return view.lookupAll(".label").stream()
                    .map(n -> ((Labeled) n).getText())
                    .collect(Collectors.toSet());
        });
        var words = Stagehand.onFx(() -> look.tongue().words());
        assertTrue(texts.contains(words.say(Kind.NODES.title())), texts::toString);
        assertTrue(texts.contains(words.say(Kind.EPOCHS.title())), texts::toString);
        assertEquals(
                1,
                texts.stream()
                        .filter(words.say("snapshots.more", "n", 110)::equals)
                        .count(),
                "said of two kinds alike");
    }
}
