package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javafx.scene.Scene;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand nodes: the window shows each of them, and tells how long a repaint took. */
@Tag("window")
class ManyNodesTest {
    private static final int MASTERS = 500;

    /** CPU time of this thread: what others do on this computer does not count. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Sample many() {
        var s = new Sample("orders-prod");
        for (int i = 0; i < MASTERS; i++) {
            int from = i * SlotRange.SLOTS / MASTERS;
            int to = (i + 1) * SlotRange.SLOTS / MASTERS - 1;
            s.master(10_000 + i, 1 + i % 40, new SlotRange(from, to), 40_000, 90_000_000, 900);
            s.replica(20_000 + i, 1 + (i + 1) % 40, 10_000 + i, 0);
        }
        return s;
    }

    @Test
    void eachIsShown() throws IOException {
        var look = Stagehand.look(Theme.DARK, "en");
        var deck = new SampleDeck();
        ClusterState before = many().state();
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
        var gone = many().contact(10_250, new Contact.Gone(Sample.NOW, Say.of("sample.refused")))
                .state();
        long took = Stagehand.onFx(() -> {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                long began = cpu();
                model.open().get("orders-prod").take(i % 2 == 0 ? gone : before);
                least = Math.min(least, cpu() - began);
            }
            return least;
        });
        System.out.printf("repaint of 1000 nodes: %.1f ms%n", took / 1e6);
        assertEquals(1, Stagehand.onFx(() -> {
            model.open().get("orders-prod").take(gone);
            return scene.getRoot().lookupAll(".shard-chip .glyph-gone").size();
        }));
    }
}
