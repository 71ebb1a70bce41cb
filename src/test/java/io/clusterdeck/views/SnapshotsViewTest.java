package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.deck.Archive.Kept;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.snapshot.Exemplar;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.store.SayLog;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.snapshots.SnapshotsModel;
import io.clusterdeck.views.snapshots.SnapshotsView;
import io.clusterdeck.words.Words;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** History and snapshots: the past as it was with nothing to do in it, stepping, comparing, removing; and their pictures. */
@Tag("window")
class SnapshotsViewTest {

    static SampleArchive filled(SampleArchive archive) {
        archive.put("orders-prod", Exemplar.before());
        archive.put("orders-prod", at(Exemplar.before(), 300, Taken.Why.SCHEDULE));
        archive.put("orders-prod", Exemplar.after());
        archive.put("", at(Exemplar.after(), 900, Taken.Why.IMPORT));
        archive.events.add(
                new SayLog.Entry(Exemplar.AT.plusSeconds(590), "ops@deck1", Say.of("event.silent", "node", "9000")));
        archive.events.add(new SayLog.Entry(
                Exemplar.AT.plusSeconds(596),
                "ops@deck1",
                Say.of("event.master", "node", "9004", "slots", "0–5460", "epoch", 13)));
        return archive;
    }

    private static Snapshot at(Snapshot snapshot, long seconds, Taken.Why why) {
        var s = snapshot.state();
        return new Snapshot(
                new io.clusterdeck.redis.model.ClusterState(
                        s.name(),
                        Exemplar.AT.plusSeconds(seconds),
                        s.nodes(),
                        s.views(),
                        s.disagreements(),
                        s.health(),
                        s.owners(),
                        s.currentEpoch(),
                        s.tick(),
                        s.cost()),
                new Taken(why, "ops@deck1", List.of()));
    }

    /** A view of one cluster's history in a scene. */
    private record Shown(SampleArchive archive, SnapshotsModel model, SnapshotsView view) {}

    private static Shown shown() {
        var deck = new SampleDeck();
        var archive = filled(deck.archive);
        var look = Stagehand.look(Theme.LIGHT, "en");
        var shown = Stagehand.onFx(() -> {
            var runs = new RunsModel(deck.runs());
            var model = new SnapshotsModel(archive, Optional.of("orders-prod"));
            var view = new SnapshotsView(
                    look, model, runs, Optional.of(Live.past(Exemplar.after().state(), runs)));
            var scene = new Scene(view, 960, 700);
            look.themes().dress(scene);
            return new Shown(archive, model, view);
        });
        await().until(() -> Stagehand.onFx(
                () -> shown.model().shownProperty().get() instanceof io.clusterdeck.views.snapshots.Shown.One));
        return shown;
    }

    private static List<Kept> chosen(Shown shown) {
        return Stagehand.onFx(() -> shown.model().chosenProperty().get());
    }

    @Test
    void theNewestIsShownAsItWasAndNothingCanBeDoneToIt() {
        var shown = shown();
        assertEquals(3, Stagehand.onFx(() -> shown.model().allProperty().get().size()), "of this cluster only");
        Stagehand.fx(() -> {
            shown.view().applyCss();
            shown.view().layout();
            assertEquals("past", shown.view().shown().getId());
            assertTrue(shown.view().lookup(".past-banner") != null);
            var finding = shown.view().lookup("#finding-node-down");
            assertTrue(finding != null, "what was wrong then is told");
            assertFalse(
                    finding.lookupAll(".button").stream().anyMatch(Button.class::isInstance), "and not to be cured");
        });
    }

    @Test
    void ofOneThatCannotBeReadNoOtherIsShown() {
        var shown = shown();
        shown.archive().unreadable = new NotAllowed(Say.of("sample.refused"), Say.of("sample.gone.next"));
        Stagehand.fx(() -> ((Button) shown.view().lookup("#snapshots-older")).fire());
        await().until(() -> Stagehand.onFx(
                () -> shown.model().noteProperty().get().filter(n -> n.bad()).isPresent()));
        assertInstanceOf(
                io.clusterdeck.views.snapshots.Shown.Unread.class,
                Stagehand.onFx(() -> shown.model().shownProperty().get()));
        assertTrue(Stagehand.onFx(() -> shown.view().lookup("#snapshots-export").isDisable()));
    }

    @Test
    void stepsThroughTimeAndComparesTwo() {
        var shown = shown();
        Stagehand.fx(() -> ((Button) shown.view().lookup("#snapshots-older")).fire());
        assertEquals(Exemplar.AT.plusSeconds(300), chosen(shown).getFirst().at());
        Stagehand.fx(() -> ((Button) shown.view().lookup("#snapshots-older")).fire());
        assertEquals(Exemplar.AT, chosen(shown).getFirst().at());
        Stagehand.fx(() -> {
            var list = (ListView<?>) shown.view().lookup("#snapshots-list");
            list.getSelectionModel().select(0);
        });
        await().until(() -> Stagehand.onFx(() -> shown.view().shown().getId()).equals("comparison"));
        var two = assertInstanceOf(
                io.clusterdeck.views.snapshots.Shown.Two.class,
                Stagehand.onFx(() -> shown.model().shownProperty().get()));
        assertEquals(5461, two.comparison().slotsMoved());
        assertEquals(Exemplar.AT, two.comparison().before().at(), "the older one is the one before");
    }

    @Test
    void whatIsRemovedIsGoneAndOffersTheWayBack() {
        var shown = shown();
        Stagehand.fx(() -> ((Button) shown.view().lookup("#snapshots-remove")).fire());
        await().until(() ->
                Stagehand.onFx(() -> shown.model().allProperty().get().size()) == 2);
        var note = Stagehand.onFx(() -> shown.model().noteProperty().get()).orElseThrow();
        assertEquals(1, note.undo().size());
        await().until(() -> Stagehand.onFx(() -> shown.view().lookup("#snapshots-undo")) != null);
    }

    @Test
    void whatWasRemovedTogetherComesBackTogether() {
        var shown = shown();
        var all = Stagehand.onFx(() -> shown.model().allProperty().get());
        Stagehand.fx(() -> shown.model().chosenProperty().set(List.of(all.get(0), all.get(2))));
        await().until(() -> Stagehand.onFx(() -> shown.view().shown().getId()).equals("comparison"));
        Stagehand.fx(() -> ((Button) shown.view().lookup("#snapshots-remove")).fire());
        await().until(() ->
                Stagehand.onFx(() -> shown.model().allProperty().get().size()) == 1);
        await().until(() -> Stagehand.onFx(() -> shown.view().lookup("#snapshots-undo")) != null);
        Stagehand.fx(() -> ((Button) shown.view().lookup("#snapshots-undo")).fire());
        await().until(() ->
                Stagehand.onFx(() -> shown.model().allProperty().get().equals(all)));
    }

    /** The second of two is listed still when the first is gone: it is not looked at, which would fail, and the way back stays. */
    @Test
    void whatGoesIsNotLookedAtMeanwhile() {
        var sample = filled(new SampleDeck().archive);
        var all = sample.of("orders-prod");
        var last = all.get(2);
        var model = new AtomicReference<SnapshotsModel>();
        var goes = new AtomicBoolean();
        var reading = new AtomicInteger();
        var slow = (Archive) Proxy.newProxyInstance(
                Archive.class.getClassLoader(), new Class<?>[] {Archive.class}, (proxy, method, args) -> {
                    boolean it = goes.get() && args != null && last.equals(args[0]);
                    if (it && method.getName().equals("remove")) {
                        await().until(() -> Stagehand.onFx(
                                () -> model.get().allProperty().get().size() < 3));
                    } else if (it && method.getName().equals("read")) {
                        reading.incrementAndGet();
                        await().until(() -> Stagehand.onFx(
                                () -> model.get().noteProperty().get().isPresent()));
                    }
                    try {
                        return method.invoke(sample, args);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    } finally {
                        if (it && method.getName().equals("read")) {
                            reading.decrementAndGet();
                        }
                    }
                });
        model.set(Stagehand.onFx(() -> new SnapshotsModel(slow, Optional.of("orders-prod"))));
        await().until(() -> Stagehand.onFx(() -> model.get().allProperty().get().size()) == 3);
        goes.set(true);
        Stagehand.fx(() -> {
            model.get().chosenProperty().set(List.of(all.get(0), last));
            model.get().remove();
        });
        await().until(() -> Stagehand.onFx(() -> model.get().allProperty().get().size()) == 1 && reading.get() == 0);
        Stagehand.settle();
        assertEquals(
                2,
                Stagehand.onFx(() -> model.get().noteProperty().get())
                        .orElseThrow()
                        .undo()
                        .size());
    }

    @Test
    void exportsAComparisonToo() {
        var shown = shown();
        var all = Stagehand.onFx(() -> shown.model().allProperty().get());
        Stagehand.fx(() -> shown.model().chosenProperty().set(List.of(all.get(0), all.get(2))));
        await().until(() -> Stagehand.onFx(() -> shown.view().shown().getId()).equals("comparison"));
        Stagehand.fx(() -> shown.model().export(Format.HTML, Path.of("/tmp/diff.html"), Words.in(Locale.ENGLISH)));
        await().until(() -> shown.archive().exported.equals(List.of(Path.of("/tmp/diff.html"))));
    }

    @Test
    void exportsWhatIsShown() {
        var shown = shown();
        Stagehand.fx(() -> shown.model().export(Format.HTML, Path.of("/tmp/report.html"), Words.in(Locale.ENGLISH)));
        await().until(() -> shown.archive().exported.equals(List.of(Path.of("/tmp/report.html"))));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void history(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "history",
                theme,
                language,
                Samples.healthy(),
                s -> {
                    filled(s.deck().archive);
                    s.cluster().turnTo(Tab.HISTORY);
                },
                s -> there(s, "#past"));
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void comparison(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "comparison",
                theme,
                language,
                Samples.healthy(),
                s -> {
                    filled(s.deck().archive);
                    s.model().pageProperty().set(new Page.Snapshots());
                    var all = s.deck().archive.all();
                    s.model().snapshots().chosenProperty().set(List.of(all.get(1), all.get(3)));
                },
                s -> there(s, "#comparison"));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en"})
    void nothingKeptYet(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "snapshots-none",
                theme,
                language,
                Samples.healthy(),
                s -> s.model().pageProperty().set(new Page.Snapshots()),
                s -> true);
    }

    /** What is in a scroll pane is found once the style sheets have been there. */
    private static boolean there(PicturesTest.Set set, String selector) {
        set.scene().getRoot().applyCss();
        return set.scene().lookup(selector) != null;
    }
}
