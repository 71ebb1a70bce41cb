package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.io.IOException;
import java.nio.file.Path;
import javafx.scene.Scene;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand nodes: the window shows each of them. */
@Tag("window")
class ManyNodesTest {
    private static final int MASTERS = 500;

    @Test
    void eachIsShown() throws IOException {
        var look = Stagehand.look(Theme.DARK, "en");
        var deck = new SampleDeck();
        ClusterState before = Crowd.of(MASTERS).state();
        deck.add(Samples.orders(), before);
        var model = Stagehand.onFx(() -> new ShellModel(deck));
        var scene = Stagehand.onFx(() -> {
            var made = new Scene(new ShellView(look, model, new AskModel()), 1440, 900);
            look.themes().dress(made);
            return made;
        });
        await().until(() -> Stagehand.onFx(() -> model.open().size() == 1));
        var image = Stagehand.onFx(() -> scene.snapshot(null));
        Png.write(image, Path.of("target/pictures/topology-1000-dark-en.png"));
        assertEquals(
                MASTERS,
                Stagehand.onFx(() -> scene.getRoot().lookupAll(".shard-chip").size()));
        var gone = Crowd.of(MASTERS)
                .contact(10_250, new Contact.Gone(Sample.NOW, Say.of("sample.refused")))
                .state();
        assertEquals(1, Stagehand.onFx(() -> {
            model.open().get("orders-prod").take(gone);
            return scene.getRoot().lookupAll(".shard-chip .glyph-gone").size();
        }));
    }
}
