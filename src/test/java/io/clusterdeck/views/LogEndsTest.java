package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.MergedLogs;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.logs.LogsModel;
import io.clusterdeck.views.logs.LogsView;
import io.clusterdeck.views.logs.MergedModel;
import io.clusterdeck.views.logs.MergedView;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log of which no more lines will come does not look as if nothing happened any more. */
@Tag("window")
class LogEndsTest {
    private static final NodeId NODE = Sample.id(9000);

    private final CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();
    private volatile boolean cut;
    private volatile boolean logless;
    private final Live live = Stagehand.onFx(() -> new Live(cluster(), new RunsModel(new SampleRuns())));

    /** Followed until a test ends it. */
    private final class Log implements Following {
        @Override
        public boolean alive() {
            return !cut && !end.isDone();
        }

        @Override
        public boolean over() {
            return end.isDone();
        }

        @Override
        public Optional<Failure> end() throws InterruptedException {
            try {
                return end.get();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public void close() {
            end.complete(Optional.empty());
        }
    }

    private OpenCluster cluster() {
        var sample = new SampleDeck().add(Samples.orders(), Sample.orders().state());
        return (OpenCluster) Proxy.newProxyInstance(
                LogEndsTest.class.getClassLoader(),
                new Class<?>[] {OpenCluster.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "log" -> log(args[2]);
                    case "logs" -> (MergedLogs) (id, back, to) -> followed();
                    default -> method.invoke(sample, args);
                });
    }

    @SuppressWarnings("unchecked")
    private Following log(Object to) {
        Nowhere.log((Consumer<LogLine>) to);
        return new Log();
    }

    private MergedLogs.Followed followed() throws Failure {
        if (logless) {
            throw new NotAllowed(
                    Say.of("deck.no-log", "node", "h1"), Say.of("deck.no-log.next", "conf", "/r/redis.conf"));
        }
        return new MergedLogs.Followed(new Log(), Optional.empty());
    }

    private void lost() {
        end.complete(Optional.of(
                new Unreachable(Say.of("ssh.let-go", "host", "h1"), Say.of("ssh.let-go.next", "host", "h1"))));
    }

    private static void until(Callable<Boolean> so) {
        await().atMost(Duration.ofMinutes(1)).until(() -> Stagehand.onFx(so));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void theLogOfANodeSaysWhy(String language) {
        var look = Stagehand.look(Theme.LIGHT, language);
        var model = Stagehand.onFx(() -> new LogsModel(live));
        var scene = Stagehand.onFx(() -> {
            var made = new Scene(new LogsView(look, live, model), 1500, 300);
            look.themes().dress(made);
            model.open(NODE);
            return made;
        });
        until(() -> model.stateProperty().get() instanceof LogsModel.State.Open
                && !model.lines().isEmpty());
        assertFalse(Stagehand.onFx(() -> scene.lookup("#log-ended").isVisible()));
        lost();
        until(() -> scene.lookup("#log-ended").isVisible());
        Stagehand.picture(scene, "log-ended-light-" + language);
        assertEquals(List.of(), Stagehand.onFx(() -> Stagehand.flaws(scene)));
    }

    @Test
    void soDoLogsByOneClock() {
        var model = Stagehand.onFx(() -> new MergedModel(live));
        Stagehand.fx(() -> model.follow(Set.of(NODE)));
        until(() -> model.openingProperty().get() == 0);
        assertTrue(Stagehand.onFx(() -> model.troubles().isEmpty()));
        lost();
        until(() -> model.troubles().containsKey(NODE));
        assertEquals(
                "logs.ended", Stagehand.onFx(() -> model.troubles().get(NODE).key()));
    }

    private static Scene dressed(Look look, Parent root) {
        return Stagehand.onFx(() -> {
            var made = new Scene(root, 1100, 500);
            look.themes().dress(made);
            return made;
        });
    }

    /** Where no node has a log file, or none is read any more, that is one line, not one a node. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void whatIsAlikeIsToldOnce(String language) {
        var look = Stagehand.look(Theme.LIGHT, language);
        var view = Stagehand.onFx(() -> new MergedView(look, live));
        var scene = dressed(look, view);
        until(() -> view.model().openingProperty().get() == 0);
        lost();
        int all = live.state().nodes().size();
        until(() -> view.model().troubles().size() == all);
        Stagehand.settle();
        var told = Stagehand.onFx(() -> scene.lookup("#logs-troubles").lookupAll(".label").stream()
                .map(l -> ((Labeled) l).getText())
                .toList());
        assertEquals(1, told.size(), told::toString);
        live.state()
                .nodes()
                .keySet()
                .forEach(id -> assertTrue(told.getFirst().contains(live.name(id)), told::toString));
        Stagehand.picture(scene, "logs-alike-light-" + language);
        assertEquals(List.of(), Stagehand.onFx(() -> Stagehand.flaws(scene)));
    }

    /** CONFIG SET knows no logfile: who reads that no node writes one is told how to give one. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void whereNoNodeWritesALogHowToGiveOneIsSaid(String language) {
        logless = true;
        var look = Stagehand.look(Theme.LIGHT, language);
        var view = Stagehand.onFx(() -> new MergedView(look, live));
        var scene = dressed(look, view);
        int all = live.state().nodes().size();
        until(() -> view.model().troubles().size() == all);
        Stagehand.settle();
        var told = Stagehand.onFx(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            return ((Labeled) scene.lookup("#logs-empty")).getText();
        });
        assertEquals(look.tongue().say("logs.none.no-log"), told);
        Stagehand.picture(scene, "logs-none-light-" + language);
        assertEquals(List.of(), Stagehand.onFx(() -> Stagehand.flaws(scene)));
    }

    /** While its host is away a log stands still as if the node had nothing to tell. */
    @Test
    void whatIsInterruptedSaysSo() {
        var merged = Stagehand.onFx(() -> new MergedModel(live));
        var one = Stagehand.onFx(() -> new LogsModel(live));
        Stagehand.fx(() -> {
            merged.follow(Set.of(NODE));
            one.open(NODE);
        });
        until(() -> merged.openingProperty().get() == 0 && one.stateProperty().get() instanceof LogsModel.State.Open);
        cut = true;
        Stagehand.fx(() -> live.take(Samples.healthy()));
        assertEquals(
                "logs.interrupted",
                Stagehand.onFx(() -> merged.troubles().get(NODE).key()));
        assertTrue(Stagehand.onFx(() -> one.stateProperty().get() instanceof LogsModel.State.Interrupted));
        cut = false;
        Stagehand.fx(() -> live.take(Sample.orders().state()));
        assertTrue(Stagehand.onFx(() -> merged.troubles().isEmpty()));
        assertTrue(Stagehand.onFx(() -> one.stateProperty().get() instanceof LogsModel.State.Open));
    }

    /** One that was closed is no trouble. */
    @Test
    void whoLeavesIsToldNothing() {
        var model = Stagehand.onFx(() -> new LogsModel(live));
        Stagehand.fx(() -> model.open(NODE));
        until(() -> model.stateProperty().get() instanceof LogsModel.State.Open);
        Stagehand.fx(model::close);
        await().atMost(Duration.ofMinutes(1)).until(end::isDone);
        assertTrue(Stagehand.onFx(() -> model.stateProperty().get() instanceof LogsModel.State.Closed));
    }
}
