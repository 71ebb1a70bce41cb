package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.redis.aof.AofReport;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.act.Act;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** The way of someone who opens the window for the first time, with real servers: try it, kill, see the failover, start again, check the AOF. */
@Tag("window")
@Tag("local")
class JourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final FxRobot robot = new FxRobot();
    private DeckApp deck;
    private ShellModel model;
    private Stage stage;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        var questions = new AskModel();
        deck = DeckApp.open(Home.at(folder.resolve("home")), questions);
        var look = Stagehand.look(Theme.LIGHT, "en");
        Stagehand.fx(() -> {
            model = new ShellModel(deck, deck.clusters());
            var scene = new Scene(new ShellView(look, model, questions), 980, 900);
            look.themes().dress(scene);
            stage = new Stage();
            stage.setScene(scene);
            stage.show();
        });
    }

    @AfterEach
    void takeAway() throws Exception {
        picture("last");
        Stagehand.fx(() -> {
            stage.close();
            model.close();
        });
        model.runs().endAll();
        for (var demo : model.tried()) {
            demo.stop(state -> {});
        }
        assertEquals(List.of(), deck.clusters());
        deck.close();
    }

    @Test
    void tryKillFailOverStartCheck() throws IOException {
        click("#door-try");
        see("#views-consent-go");
        picture("1-build");
        click("#views-consent-go");
        await().atMost(PATIENCE).until(() -> !model.open().isEmpty());
        var live = model.open().values().iterator().next();
        seen(live, s -> s.nodes().size() == 6 && s.verdict() == Health.OK);
        await().atMost(PATIENCE).until(() -> Stagehand.onFx(() -> !model.runs().anyLive()));
        click("#build-sheet-close");
        see("#topology-shards");

        NodeId victim = live.shards().getFirst().master().id();
        click("#node-" + victim.brief());
        click("#views-act-kill");
        pick("KILL: ends at once, saves nothing");
        see("#views-consent-go");
        picture("2-kill");
        click("#views-consent-go");
        seen(live, s -> s.node(victim).filter(n -> !n.answers()).isPresent());
        seen(
                live,
                s -> s.owners().covered() == 16_384
                        && s.nodes().values().stream()
                                        .filter(Node::isMaster)
                                        .filter(Node::answers)
                                        .count()
                                == 3);
        await("the failover is told")
                .atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() ->
                        live.events().stream().anyMatch(e -> e.what().key().equals("event.master"))));
        picture("3-failed-over");
        await().atMost(PATIENCE).until(() -> Stagehand.onFx(() -> !model.runs().anyLive()));
        click("#cluster-sheet-close");

        click("#views-act-start");
        see("#views-consent-go");
        click("#views-consent-go");
        seen(
                live,
                s -> s.verdict() == Health.OK
                        && s.node(victim)
                                .filter(n -> n.answers() && !n.isMaster())
                                .isPresent());
        await().atMost(PATIENCE).until(() -> Stagehand.onFx(() -> !model.runs().anyLive()));
        click("#cluster-sheet-close");

        click("#views-act-aof");
        see("#views-consent-go");
        click("#views-consent-go");
        await().atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() -> live.act().actProperty().get() instanceof Act.Report));
        picture("4-aof");
        assertEquals(
                AofReport.State.VALID,
                Stagehand.onFx(() ->
                        ((Act.Report) live.act().actProperty().get()).report().state()));
    }

    private void picture(String name) throws IOException {
        var image = Stagehand.onFx(() -> stage.getScene().snapshot(null));
        Png.write(image, Path.of("target/pictures/journey-" + name + ".png"));
    }

    private void pick(String words) {
        await().atMost(PATIENCE).until(() -> robot.lookup(words).tryQuery().isPresent());
        robot.clickOn(words);
    }

    /** Clicks what can be clicked and does not move any more: a page that still grows takes its buttons along. */
    private void click(String id) {
        see(id);
        var at = new AtomicReference<Bounds>();
        await().atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() -> {
                    var node = stage.getScene().lookup(id);
                    var now = node == null ? null : node.localToScene(node.getLayoutBounds());
                    var before = at.getAndSet(now);
                    return now != null && now.equals(before);
                }));
        robot.clickOn(id);
    }

    private void see(String id) {
        await().atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() -> {
                    var node = stage.getScene().lookup(id);
                    return node != null && node.isVisible() && !node.isDisabled();
                }));
    }

    private static void seen(Live live, Predicate<ClusterState> wanted) {
        await().atMost(PATIENCE).until(() -> Stagehand.onFx(() -> wanted.test(live.state())));
    }
}
