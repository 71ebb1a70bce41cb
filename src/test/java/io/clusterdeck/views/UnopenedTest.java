package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.deck.ClusterFiles;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.redis.timeline.TimelineReader;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is kept is recorded while the window is open, whichever page is shown. */
@Tag("window")
class UnopenedTest {

    @Test
    void aFailoverOfAClusterThatNobodyLooksAtIsKept(@TempDir Path folder) throws Exception {
        var home = Home.at(folder.resolve("home"));
        try (var shown = LocalCluster.start(3, 0);
                var other = LocalCluster.start(3, 1)) {
            ClusterFiles.write(home, seenOnly("a", shown));
            ClusterFiles.write(home, seenOnly("b", other));
            var questions = new AskModel();
            try (var deck = DeckApp.open(home, questions)) {
                var model = Stagehand.onFx(() -> new ShellModel(deck, deck.clusters()));
                Stagehand.fx(() -> new ShellView(Stagehand.look(Theme.DARK, "en"), model, questions));
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> Stagehand.onFx(() -> model.open().containsKey("b")
                                && model.open().get("b").state().nodes().values().stream()
                                                .filter(n -> n.answers())
                                                .count()
                                        == 6));
                assertEquals(new Page.Cluster("a"), Stagehand.onFx(model.pageProperty()::get));
                other.kill(0);
                var failovers = home.failovers("b");
                await().atMost(Duration.ofMinutes(2)).until(() -> {
                    for (var name : failovers.names()) {
                        var kept =
                                TimelineReader.read(failovers.read(name), name).timeline();
                        if (kept.outcome() == Outcome.TAKEN_OVER
                                && kept.failed().equals(other.server(0).id())
                                && kept.winner()
                                        .equals(Optional.of(other.server(3).id()))) {
                            return true;
                        }
                    }
                    return false;
                });
                Stagehand.fx(model::close);
            }
        }
    }

    /** Without hosts, and so without logs. */
    private static ClusterSpec seenOnly(String name, LocalCluster cluster) {
        var spec = cluster.spec();
        return new ClusterSpec(name, false, false, List.of(), spec.seeds(), ClusterSpec.Access.DIRECT, "", List.of());
    }
}
