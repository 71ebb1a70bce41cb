package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.ClusterFiles;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.console.ConsoleLine;
import io.clusterdeck.views.console.ConsoleView;
import io.clusterdeck.views.hosts.HostView;
import io.clusterdeck.views.logs.MergedView;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Console, merged logs and the page of a host over real servers, as the operator uses them. */
@Tag("window")
class ConsoleAndLogsTest {

    @TempDir
    Path folder;

    private LocalCluster cluster;
    private DeckApp deck;
    private ShellModel model;
    private ShellView view;
    private Scene scene;

    @BeforeEach
    void begin() throws Exception {
        cluster = LocalCluster.start(3, 0);
        var home = Home.at(folder.resolve("home"));
        ClusterFiles.write(home, cluster.spec());
        var questions = new AskModel();
        deck = DeckApp.open(home, questions);
        var look = Stagehand.look(Theme.DARK, "en");
        Stagehand.fx(() -> {
            model = new ShellModel(deck, deck.clusters());
            view = new ShellView(look, model, questions);
            scene = new Scene(view, 1280, 800);
            look.themes().dress(scene);
        });
        until(() -> model.open().size() == 1
                && model.open().values().iterator().next().state().nodes().values().stream()
                                .filter(n -> n.answers())
                                .count()
                        == 3);
    }

    @AfterEach
    void end() {
        Stagehand.fx(model::close);
        deck.close();
        cluster.close();
    }

    private static void until(Callable<Boolean> so) {
        await().atMost(Duration.ofSeconds(90)).until(() -> Stagehand.onFx(so));
    }

    private <T> T tab(Tab tab, Class<T> kind) {
        return Stagehand.onFx(() -> {
            ((ClusterView) view.page()).turnTo(tab);
            scene.getRoot().applyCss(); // as a window does: a page that scrolls has its contents from then on
            return kind.cast(((ClusterView) view.page()).page());
        });
    }

    private void type(String field, String text) {
        Stagehand.fx(() -> {
            var input = (TextField) scene.lookup(field);
            input.setText(text);
            if (field.equals("#console-ask")) {
                input.getOnAction().handle(new javafx.event.ActionEvent(input, input));
            } else {
                Event.fireEvent(
                        input, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
            }
        });
    }

    private static void says(ConsoleView console, Predicate<ConsoleLine> line) {
        until(() -> !console.model().busyProperty().get()
                && console.model().lines().stream().anyMatch(line));
    }

    private static boolean answer(ConsoleLine line, String text) {
        return line instanceof ConsoleLine.Answer a && a.line().text().equals(text);
    }

    @Test
    void readsAtOnceChangesOnceUnlockedAndAsksBeforeItIsDangerous() throws Exception {
        var console = tab(Tab.CONSOLE, ConsoleView.class);
        until(() -> !console.model().completing("clus").isEmpty());
        type("#console-input", "get foo");
        says(console, l -> l instanceof ConsoleLine.Hop || answer(l, "(nil)"));
        type("#console-input", "set foo bar");
        says(console, l -> l instanceof ConsoleLine.Failed f && f.what().key().equals("console.locked"));
        assertEquals("0", cluster.call(2, "DBSIZE"), "nothing was sent");
        Stagehand.fx(() -> ((Button) scene.lookup("#console-lock")).fire());
        type("#console-input", "set foo bar");
        says(console, l -> answer(l, "\"OK\""));
        assertEquals("1", cluster.call(2, "DBSIZE"), "12182 is the third master's slot");
        assertTrue(
                Stagehand.onFx(() -> console.model().lines().stream()
                        .anyMatch(l -> l instanceof ConsoleLine.Hop h
                                && h.say().args().get("slot").equals(12182))),
                "the redirection is shown");
        type("#console-input", "monitor");
        says(console, l -> l instanceof ConsoleLine.Failed f && f.what().key().equals("console.never"));
        type("#console-input", "auth hunter2");
        Stagehand.fx(() -> console.model()
                .nodeProperty()
                .set(java.util.Optional.of(cluster.server(2).id())));
        type("#console-input", "flushall");
        until(() -> console.model().confirmProperty().get().isPresent());
        type("#console-ask", "yes");
        says(console, l -> l instanceof ConsoleLine.Failed f && f.what().key().equals("console.not-confirmed"));
        assertEquals("1", cluster.call(2, "DBSIZE"), "nothing was flushed");
        type("#console-input", "flushall");
        until(() -> console.model().confirmProperty().get().isPresent());
        type("#console-ask", "flushall");
        until(() -> cluster.call(2, "DBSIZE").equals("0"));
        var kept = folder.resolve("home").resolve(cluster.spec().name());
        var audit = Files.readString(kept.resolve("audit.jsonl"));
        assertTrue(audit.contains("set foo bar") && audit.contains("flushall"), audit);
        await().until(() -> Files.readString(kept.resolve("console.history")).contains("flushall"));
        assertFalse(Files.readString(kept.resolve("console.history")).contains("hunter2"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void anUnlockedConsoleStaysAtItsNode() {
        var console = tab(Tab.CONSOLE, ConsoleView.class);
        var live = model.open().values().iterator().next();
        var third = cluster.server(2).id();
        Stagehand.fx(() -> {
            live.choose(third);
            ((Button) scene.lookup("#console-lock")).fire();
        });
        type("#console-input", "multi");
        says(console, l -> answer(l, "\"OK\""));
        type("#console-input", "set foo within");
        says(console, l -> answer(l, "\"QUEUED\""));
        Stagehand.fx(() -> {
            var all = live.state();
            live.take(without(all, cluster.server(0).id()));
            live.take(all);
            live.choose(cluster.server(1).id());
        });
        assertEquals(
                java.util.Optional.of(third), Stagehand.onFx(console.model().nodeProperty()::get));
        Stagehand.fx(console.model().lines()::clear);
        type("#console-input", "del foo");
        says(console, l -> answer(l, "\"QUEUED\""));
        Stagehand.fx(() -> ((ComboBox<NodeId>) scene.lookup("#console-node"))
                .setValue(cluster.server(1).id()));
        says(console, l -> l instanceof ConsoleLine.Failed f && f.what().key().equals("console.multi-left"));
        assertEquals("0", cluster.call(2, "EXISTS", "foo"));
        Stagehand.fx(() -> {
            assertTrue(console.model().unlockedProperty().get());
            live.take(without(live.state(), cluster.server(1).id()));
            assertFalse(console.model().unlockedProperty().get(), "its node is gone: it is another one now");
        });
    }

    private static ClusterState without(ClusterState all, NodeId gone) {
        var nodes = new LinkedHashMap<>(all.nodes());
        nodes.remove(gone);
        return new ClusterState(
                all.name(),
                all.at(),
                nodes,
                all.views(),
                all.disagreements(),
                all.health(),
                all.owners(),
                all.currentEpoch(),
                all.tick(),
                all.cost());
    }

    @Test
    void logsOfAllNodesByOneClock() throws Exception {
        var logs = tab(Tab.LOGS, MergedView.class);
        until(() ->
                logs.model().entries().stream().map(e -> e.node()).distinct().count() == 3);
        var times = Stagehand.onFx(
                () -> logs.model().entries().stream().map(e -> e.at()).toList());
        assertEquals(times.stream().sorted(Comparator.naturalOrder()).toList(), times);
        Stagehand.fx(() -> logs.model()
                .follow(List.of(cluster.server(0).id()).stream().collect(java.util.stream.Collectors.toSet())));
        assertEquals(1, Stagehand.onFx(() -> (int)
                logs.model().entries().stream().map(e -> e.node()).distinct().count()));
        Stagehand.fx(() -> logs.model().pausedProperty().set(true));
        cluster.call(0, "BGSAVE");
        until(() -> logs.lookupAll(".label").stream()
                .anyMatch(l -> ((Labeled) l).getText().matches("paused: [1-9].*")));
        Stagehand.fx(logs.model()::close);
    }

    @Test
    void theHostsPageShowsItsServers() {
        var name = cluster.spec().hosts().getFirst().name().value();
        Stagehand.fx(() -> model.pageProperty().set(new Page.Host(cluster.spec().name(), name)));
        var host = (HostView) Stagehand.onFx(view::page);
        until(() -> host.model().machineProperty().get().isPresent()
                && host.model().safetyProperty().get().isPresent());
        var machine = Stagehand.onFx(host.model().machineProperty()::get).orElseThrow();
        for (int i = 0; i < 3; i++) {
            int port = cluster.server(i).port();
            assertTrue(machine.servers().stream().anyMatch(s -> s.serves(port)));
        }
    }
}
