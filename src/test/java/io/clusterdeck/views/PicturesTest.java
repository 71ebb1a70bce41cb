package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import io.clusterdeck.views.slots.SlotsView;
import io.clusterdeck.views.topology.TopologyView;
import io.clusterdeck.views.topology.TopologyView.Grouping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.Scene;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saves every view in both themes and languages under target/pictures, and fails on cut text and on complaints about style sheets. */
@Tag("window")
class PicturesTest {
    private static final Path PICTURES = Path.of("target/pictures");

    /** A window on a made-up deck. */
    private record Set(SampleDeck deck, ShellModel model, ShellView view, Scene scene) {
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
            var model = new ShellModel(deck);
            var view = new ShellView(look, model);
            var scene = new Scene(view, 1440, 900);
            look.themes().dress(scene);
            return new Set(deck, model, view, scene);
        });
        await().until(() -> Stagehand.onFx(() -> set.model().open().size() == 3));
        return set;
    }

    private static void picture(String name, Theme theme, String language, ClusterState state, Consumer<Set> act)
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
        Stagehand.fx(() -> act.accept(set));
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

    private static void group(Set set, Grouping grouping) {
        set.cluster().turnTo(Tab.TOPOLOGY);
        ((TopologyView) set.cluster().page()).grouping().chosenProperty().set(grouping);
    }
}
