package io.clusterdeck.views;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.collections.MapChangeListener;
import javafx.scene.Scene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A picture of the window on one cluster; needs no display. */
final class Picture {
    private static final Logger LOG = LoggerFactory.getLogger(Picture.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** What stands behind the picture. */
    private record Set(ShellModel model, Scene scene, CompletableFuture<Live> seen) {}

    private Picture() {}

    /** Waits until every node of the cluster was seen, at most 15 s. */
    static void save(Deck deck, String cluster, Look look, Path file, int width, int height)
            throws InterruptedException, IOException {
        var set = Toolkit.onFx(() -> {
            var model = new ShellModel(deck, deck.clusters());
            model.pageProperty().set(new Page.Cluster(cluster));
            var scene = new Scene(new ShellView(look, model, new AskModel()), width, height);
            look.themes().dress(scene);
            var seen = new CompletableFuture<Live>();
            model.open().addListener((MapChangeListener<String, Live>) c -> {
                if (c.getKey().equals(cluster) && c.wasAdded()) {
                    wait(c.getValueAdded(), seen);
                }
            });
            var live = model.open().get(cluster);
            if (live != null) {
                wait(live, seen);
            }
            return new Set(model, scene, seen);
        });
        try {
            set.seen().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            LOG.warn("not every node of {} was seen within {}; the picture shows what was", cluster, PATIENCE);
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
        var image = Toolkit.onFx(() -> {
            set.scene().getRoot().applyCss();
            set.scene().getRoot().layout();
            return set.scene().snapshot(null);
        });
        Png.write(image, file);
        Toolkit.onFx(() -> {
            set.model().close();
            return true;
        });
    }

    private static void wait(Live live, CompletableFuture<Live> seen) {
        live.stateProperty().subscribe(state -> {
            if (!state.nodes().isEmpty()
                    && state.nodes().values().stream()
                            .allMatch(n -> n.answers() && n.info().isPresent())
                    && live.history().seconds() >= 3) {
                seen.complete(live);
            }
        });
    }
}
