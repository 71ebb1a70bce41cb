package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.forecast.ForecastWords;
import io.clusterdeck.redis.forecast.Loss;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.words.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is of a kind is joined as the language joins it: 10、20 in Chinese. */
@Tag("window")
class ListedTest {
    private static final Words CHINESE = Words.in(Locale.CHINA);
    private static final List<SlotRange> PARTS = List.of(new SlotRange(0, 10), new SlotRange(20, 5_460));

    @Test
    void rangesAndNodesThatGo() {
        var state = Sample.orders().slots(9000, PARTS, Map.of(), Map.of()).state();
        var node = state.node(Sample.id(9000)).orElseThrow();
        var slots = Impact.death(state, node, Terms.seen(state)).says().getFirst();
        assertTrue(CHINESE.say(slots).contains("0–10、20–5460"), () -> CHINESE.say(slots));
        var both = List.of(node, state.node(Sample.id(9001)).orElseThrow());
        assertEquals("10.20.0.174:9000、10.20.0.175:9001", CHINESE.say(ForecastWords.loss(Loss.of(both))));
    }

    /** In the window: the ranges of the chosen node and of its shard; the addresses that are asked. */
    @ParameterizedTest
    @CsvSource({
        "en,'0–10, 20–5460','10.20.0.174:9000, 10.20.0.175:9001'",
        "zh,0–10、20–5460,10.20.0.174:9000、10.20.0.175:9001"
    })
    void inTheWindow(String language, String ranges, String addresses) {
        var desk = DeskPicturesTest.desk(Theme.LIGHT, language, 1440, 900, 1);
        try {
            desk.turn(d -> {
                d.deck()
                        .show(
                                "orders-prod",
                                Sample.orders()
                                        .slots(9000, PARTS, Map.of(), Map.of())
                                        .state());
                d.model().pageProperty().set(new Page.Cluster("orders-prod"));
            });
            var shown = texts(desk);
            assertTrue(shown.contains(ranges), shown::toString);
            assertTrue(shown.stream().anyMatch(t -> t.startsWith(ranges) && t.contains("5")), shown::toString);
            desk.turn(d -> {
                var spec = Samples.spec("far", false, 0);
                d.deck()
                        .add(
                                new ClusterSpec(
                                        "far",
                                        false,
                                        false,
                                        List.of(),
                                        List.of(Sample.address(9000, 1), Sample.address(9001, 2)),
                                        spec.access(),
                                        "",
                                        List.of()),
                                Samples.unseen("far"));
            });
            org.awaitility.Awaitility.await()
                    .until(() -> Stagehand.onFx(() -> desk.model().open().containsKey("far")));
            desk.turn(d -> d.model().pageProperty().set(new Page.Cluster("far")));
            assertTrue(Stagehand.onFx(() -> desk.view().page() instanceof ClusterView));
            var asked = texts(desk);
            assertTrue(asked.contains(addresses), asked::toString);
        } finally {
            Stagehand.fx(() -> desk.model().close());
        }
    }

    private static List<String> texts(DeskPicturesTest.Desk desk) {
        return Stagehand.onFx(() -> desk.scene().getRoot().lookupAll("*").stream()
                .map(n -> n instanceof Labeled l ? l.getText() : n instanceof Text t ? t.getText() : null)
                .filter(Objects::nonNull)
                .map(t -> t.replace("\uFEFF", "")) // keeps a port on the line of its address
                .toList());
    }
}
