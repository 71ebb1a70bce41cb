package io.clusterdeck.views.failover;

import static org.awaitility.Awaitility.await;

import io.clusterdeck.redis.timeline.ActedFailovers;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Theme;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class TimelinePaneTest {
    private Stage stage;

    /** Whoever waits for the next stage sees that the window lives. */
    @Test
    void oneThatGoesOnGrowsWhereNothingNewIsKnown() {
        var look = Stagehand.look(Theme.LIGHT, "en");
        Stagehand.fx(() -> {
            var pane = new TimelinePane(look);
            var scene = new Scene(new StackPane(pane), 980, 700);
            look.themes().dress(scene);
            stage = new Stage();
            stage.setScene(scene);
            stage.show();
            pane.show(ActedFailovers.running(Instant.now().minusMillis(7_200)).timeline(), Optional.empty());
        });
        var first = texts();
        await().until(() -> !texts().equals(first));
    }

    private List<String> texts() {
        return Stagehand.onFx(() -> stage.getScene().getRoot().lookupAll("*").stream()
                .filter(Text.class::isInstance)
                .map(n -> ((Text) n).getText())
                .toList());
    }

    @AfterEach
    void close() {
        Stagehand.fx(stage::close);
    }
}
