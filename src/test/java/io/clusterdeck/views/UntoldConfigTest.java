package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.config.Sheet;
import io.clusterdeck.redis.config.Sheet.Cell;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.config.ConfigView;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that don't tell what they run with (CONFIG is switched off): said once, and what is shown of them is told apart. */
@Tag("window")
class UntoldConfigTest {
    private static final List<NodeId> SILENT = List.of(Sample.id(9003), Sample.id(9004), Sample.id(9005));

    private static Sheet sheet() {
        var told = SampleFound.sheet(Samples.healthy());
        var rows = told.rows().stream()
                .map(r -> {
                    var cells = new LinkedHashMap<>(r.cells());
                    SILENT.forEach(n -> cells.computeIfPresent(
                            n, (id, c) -> new Cell(Optional.empty(), c.file(), c.stated(), false)));
                    return new Row(r.directive(), r.nature(), cells, r.drifts());
                })
                .toList();
        return new Sheet(
                told.at(),
                told.nodes(),
                rows,
                SILENT.stream()
                        .collect(Collectors.toMap(
                                n -> n,
                                n -> Say.of(
                                        "config.unheard",
                                        "node",
                                        Samples.healthy().node(n).orElseThrow().address()))),
                told.unread());
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void isSaidOnceAndSeen(Theme theme, String language) {
        var desk = DeskPicturesTest.desk(theme, language, 1440, 900, 1);
        try {
            desk.turn(d -> {
                d.model().pageProperty().set(new Page.Cluster("orders-prod"));
                ((ClusterView) d.view().page()).turnTo(Tab.CONFIG);
                d.scene().getRoot().applyCss();
                ((ConfigView) d.scene().lookup("#config")).take(sheet());
            });
            var said = Stagehand.onFx(() -> desk.scene().getRoot().lookupAll("#config .label").stream()
                    .map(l -> ((Labeled) l).getText())
                    .filter(t -> t != null && t.contains("CONFIG GET"))
                    .toList());
            assertEquals(1, said.size(), said::toString);
            assertTrue(said.getFirst().contains("9003"), said::toString);
            long filed = Stagehand.onFx(() -> desk.scene().getRoot().lookupAll(".config-cell").stream()
                    .filter(c -> c.getPseudoClassStates().contains(PseudoClass.getPseudoClass("filed")))
                    .count());
            assertTrue(filed > 0 && filed % SILENT.size() == 0, () -> "told apart: " + filed);
            Stagehand.picture(desk.scene(), "config-untold-" + theme + "-" + language);
            assertEquals(List.of(), Stagehand.onFx(() -> Stagehand.flaws(desk.scene())));
        } finally {
            Stagehand.fx(() -> desk.model().close());
        }
    }
}
