package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.inspect.InspectorView;
import io.clusterdeck.views.inspect.NodeWishes;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import java.util.List;
import java.util.Map;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SeparatorMenuItem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a replica refuses to answer dims the ways to hand over to it that need it, and is named. */
@Tag("window")
class RefusedTest {

    private static final int MASTER = 9000;
    private static final int REPLICA = 9004;

    private final Look look = Stagehand.look(Theme.LIGHT, "en");
    private final Live live = Stagehand.onFx(() ->
            new Live(new SampleDeck().add(Samples.orders(), Sample.orders().state()), new RunsModel(new SampleRuns())));
    private final Scene scene = Stagehand.onFx(() -> {
        var made = new Scene(new InspectorView(look, live, () -> {}, () -> {}), 400, 900);
        look.themes().dress(made);
        return made;
    });

    private void refuses(String command) {
        Stagehand.fx(() -> {
            live.take(Sample.orders()
                    .node(REPLICA, n -> refusing(n, Map.of(command, "NOPERM this user has no permissions")))
                    .state());
            live.choose(Sample.id(MASTER));
            scene.snapshot(null);
        });
        Stagehand.settle();
    }

    static Node refusing(Node n, Map<String, String> refused) {
        return new Node(
                n.id(),
                n.address(),
                n.host(),
                n.role(),
                n.master(),
                n.slots(),
                n.migrating(),
                n.importing(),
                n.flags(),
                n.suspectedBy(),
                n.epoch(),
                n.linkUp(),
                n.contact(),
                n.info(),
                refused);
    }

    private MenuButton menu() {
        return (MenuButton) scene.lookup("#views-act-failover");
    }

    /** Of the items for the replica: graceful, FORCE, TAKEOVER. */
    private List<Boolean> dimmed() {
        return Stagehand.onFx(() -> menu().getItems().stream()
                .filter(i -> !(i instanceof SeparatorMenuItem))
                .map(i -> i.isDisable())
                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "INFO, true, false",
        "CLUSTER NODES, true, true",
        "CLUSTER FAILOVER, true, true",
        "CONFIG GET, false, false"
    })
    void dimsWhatNeedsItByName(String command, boolean graceful, boolean force) {
        refuses(command);
        assertEquals(List.of(graceful, force, force), dimmed());
        assertEquals(graceful && force, Stagehand.onFx(() -> menu().isDisable()));
        var said = Stagehand.onFx(() -> scene.getRoot().lookupAll(".label").stream()
                .map(l -> ((Labeled) l).getText())
                .anyMatch(t -> t != null && t.contains("Handing over to") && t.contains(command)));
        assertEquals(graceful, said);
        var choice = Stagehand.onFx(() -> NodeWishes.of(
                        look.tongue().words(),
                        live,
                        live.state().node(Sample.id(REPLICA)).orElseThrow()))
                .stream()
                .filter(c -> c.wish().equals(new Wish.Failover(Sample.id(REPLICA), How.GRACEFUL)))
                .findFirst()
                .orElseThrow();
        assertEquals(graceful, choice.off().contains(command), choice.off());
        assertTrue(graceful || choice.off().isEmpty(), choice.off());
    }
}
