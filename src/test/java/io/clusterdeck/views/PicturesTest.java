package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import io.clusterdeck.views.slots.SlotsView;
import io.clusterdeck.views.topology.TopologyView;
import io.clusterdeck.views.topology.TopologyView.Grouping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saves every view in both themes and languages under target/pictures, and fails on cut text and on complaints about style sheets. */
@Tag("window")
class PicturesTest {
    private static final Path PICTURES = Path.of("target/pictures");

    /** A window on a made-up deck. */
    record Set(SampleDeck deck, ShellModel model, AskModel questions, ShellView view, Scene scene) {
        Live live() {
            var live = model.open().get("orders-prod");
            assertNotNull(live);
            return live;
        }

        ClusterView cluster() {
            return (ClusterView) view.page();
        }
    }

    private static Set set(Look look, ClusterState state) {
        var deck = new SampleDeck();
        deck.add(
                Samples.orders(),
                Sample.orders().at(state.at().minusSeconds(900)).state());
        deck.add(Samples.spec("sessions", false, 3), Samples.sessions());
        deck.add(Samples.spec("staging", false, 0), Samples.unseen("staging"));
        var set = Stagehand.onFx(() -> {
            var model = new ShellModel(deck, deck.clusters());
            var questions = new AskModel();
            var view = new ShellView(look, model, questions);
            var scene = new Scene(view, 1440, 900);
            look.themes().dress(scene);
            return new Set(deck, model, questions, view, scene);
        });
        await().until(() -> Stagehand.onFx(() -> set.model().open().size() == 3));
        return set;
    }

    static void picture(String name, Theme theme, String language, ClusterState state, Consumer<Set> act)
            throws IOException {
        picture(name, theme, language, state, act, s -> true);
    }

    /** @param ready whether what {@code act} asked of workers is there */
    static void picture(
            String name, Theme theme, String language, ClusterState state, Consumer<Set> act, Predicate<Set> ready)
            throws IOException {
        var look = Stagehand.look(theme, language);
        var set = set(look, state);
        Stagehand.complaints();
        Stagehand.fx(() -> {
            var live = set.live();
            Samples.fill(live.history(), state);
            live.choose(Sample.id(9000));
            set.deck().show("orders-prod", state);
        });
        Stagehand.fx(() -> Stagehand.flaws(set.scene()));
        Stagehand.fx(() -> act.accept(set));
        await().until(() -> Stagehand.onFx(() -> ready.test(set)));
        Stagehand.settle();
        var image = Stagehand.onFx(() -> {
            set.scene().getRoot().applyCss();
            set.scene().getRoot().layout();
            return set.scene().snapshot(null);
        });
        var file = "%s-%s-%s.png".formatted(name, theme.name().toLowerCase(java.util.Locale.ROOT), language);
        Png.write(image, PICTURES.resolve(file));
        var flaws = Stagehand.onFx(() -> Stagehand.flaws(set.scene()));
        assertEquals("", String.join("\n", flaws), file);
        assertEquals("", String.join("\n", Stagehand.complaints()), file);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void topology(Theme theme, String language) throws IOException {
        picture("topology", theme, language, Samples.healthy(), s -> {});
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void topologyWithAMasterDown(Theme theme, String language) throws IOException {
        picture("topology-down", theme, language, Samples.healthy(), s -> {
            s.deck().show("orders-prod", Samples.masterDown());
        });
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void topologyTakenOver(Theme theme, String language) throws IOException {
        picture("topology-taken-over", theme, language, Samples.healthy(), s -> {
            s.deck().show("orders-prod", Samples.takenOver());
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh"})
    void topologyByHost(Theme theme, String language) throws IOException {
        picture("topology-hosts", theme, language, Samples.failedOver(), s -> group(s, Grouping.HOST));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "DARK,zh"})
    void asEachNodeSeesIt(Theme theme, String language) throws IOException {
        picture("topology-seen", theme, language, Samples.disagreeing(), s -> group(s, Grouping.SEEN));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "DARK,zh"})
    void slots(Theme theme, String language) throws IOException {
        picture("slots", theme, language, Samples.moving(), s -> {
            s.cluster().turnTo(Tab.SLOTS);
            ((SlotsView) s.cluster().page()).pointAt(4944);
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh"})
    void nodes(Theme theme, String language) throws IOException {
        picture("nodes", theme, language, Samples.masterDown(), s -> s.cluster().turnTo(Tab.NODES));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "DARK,zh"})
    void offer(Theme theme, String language) throws IOException {
        picture(
                "act-offer",
                theme,
                language,
                Samples.healthy(),
                s -> s.live().act().offer(SamplePlans.killed()));
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void refusal(Theme theme, String language) throws IOException {
        picture(
                "act-refused",
                theme,
                language,
                Samples.healthy(),
                s -> s.live().act().offer(SamplePlans.refused()));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en"})
    void edits(Theme theme, String language) throws IOException {
        picture(
                "act-edits",
                theme,
                language,
                Samples.healthy(),
                s -> s.live().act().offer(SamplePlans.edits()));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void report(Theme theme, String language) throws IOException {
        picture(
                "act-aof",
                theme,
                language,
                Samples.healthy(),
                s -> s.live().act().report(SamplePlans.report()));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh"})
    void runs(Theme theme, String language) throws IOException {
        picture("runs", theme, language, Samples.healthy(), s -> {
            s.deck().ran(SamplePlans.building());
            s.model().pageProperty().set(new Page.Runs());
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void failedRun(Theme theme, String language) throws IOException {
        picture("runs-failed", theme, language, Samples.healthy(), s -> {
            s.deck().ran(SamplePlans.failing());
            s.model().pageProperty().set(new Page.Runs());
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void log(Theme theme, String language) throws IOException {
        picture(
                "log",
                theme,
                language,
                Samples.healthy(),
                s -> ((Button) s.scene().lookup("#views-act-logs")).fire());
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void doors(Theme theme, String language) throws IOException {
        picture(
                "doors",
                theme,
                language,
                Samples.healthy(),
                s -> s.model().pageProperty().set(new Page.Doors()));
    }

    @ParameterizedTest
    @CsvSource({
        "adopt,LIGHT,en", "adopt,DARK,zh", "adopt-found,LIGHT,en", "adopt-found,DARK,zh",
        "adopt-failed,DARK,en", "adopt-failed,LIGHT,zh", "config,LIGHT,en", "config,DARK,zh"
    })
    void adoptionAndConfiguration(String what, Theme theme, String language) throws IOException {
        picture(what, theme, language, Samples.healthy(), s -> SampleFound.show(what, s.deck(), s.model(), s.view()));
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void question(Theme theme, String language) throws IOException {
        var asker = new Thread[1];
        picture("question", theme, language, Samples.healthy(), s -> {
            asker[0] = Thread.ofVirtual().start(() -> {
                try {
                    s.questions()
                            .trust(
                                    Samples.orders().hosts().getFirst(),
                                    "ED25519",
                                    "SHA256:9nYl1Kq0uX3vM0cQ8mC2bT7pWz5eRfHdLs4aGjVxQyo");
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            await().until(() -> asker[0].getState() == Thread.State.WAITING);
        });
        asker[0].interrupt();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en"})
    void nothingSeenYet(Theme theme, String language) throws IOException {
        picture(
                "cluster-unseen",
                theme,
                language,
                Samples.healthy(),
                s -> s.model().pageProperty().set(new Page.Cluster("staging")));
    }

    private static void group(Set set, Grouping grouping) {
        set.cluster().turnTo(Tab.TOPOLOGY);
        ((TopologyView) set.cluster().page()).grouping().chosenProperty().set(grouping);
    }
}
