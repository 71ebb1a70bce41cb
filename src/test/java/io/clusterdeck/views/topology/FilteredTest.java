package io.clusterdeck.views.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.Crowd;
import io.clusterdeck.views.SampleDeck;
import io.clusterdeck.views.SampleRuns;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A filter leaves some shards: the page says how many of how many. */
@Tag("window")
class FilteredTest {
    private Scene scene;
    private TopologyView view;

    private void open(String language, int width) {
        var look = Stagehand.look(Theme.LIGHT, language);
        Stagehand.fx(() -> {
            var live = new Live(
                    new SampleDeck().add(MatrixViewTest.SPEC, Crowd.of(12).state()), new RunsModel(new SampleRuns()));
            view = new TopologyView(look, live, host -> {});
            scene = new Scene(view, width, 700);
            look.themes().dress(scene);
        });
        settle();
    }

    private void settle() {
        Stagehand.fx(() -> {
            Stagehand.flaws(scene); // lays it out: it is in no window
            Stagehand.flaws(scene);
        });
    }

    private TextField filter() {
        return (TextField) scene.lookup("#topology-filter");
    }

    private List<String> tally(String word) {
        return Stagehand.onFx(() -> scene.getRoot().lookupAll(".label").stream()
                .filter(l -> l.isVisible() && ((Labeled) l).getText().contains(word))
                .map(l -> ((Labeled) l).getText())
                .filter(t -> t.contains("12"))
                .toList());
    }

    /** Also where there is no room to tell what the header tells. */
    @ParameterizedTest
    @CsvSource({"en,900,12 shards,2 of 12 shards", "en,500,,2 of 12 shards", "zh,900,12 个分片,12 个分片中的 2 个"})
    void theTallyCountsWhatIsLeft(String language, int width, String all, String left) {
        open(language, width);
        var word = language.equals("en") ? "shards" : "分片";
        assertEquals(all == null, tally(word).isEmpty(), () -> tally(word).toString());
        assertTrue(
                all == null || tally(word).getFirst().startsWith(all),
                () -> tally(word).toString());
        Stagehand.fx(() -> filter().setText("h3"));
        settle();
        assertEquals(List.of(left), tally(word));
        Stagehand.fx(() -> filter().clear());
        settle();
        assertEquals(all == null, tally(word).isEmpty());
    }

    @Test
    void whereItFiltersNothingThereIsNoFilter() {
        open("en", 900);
        assertTrue(Stagehand.onFx(() -> filter().isVisible()));
        Stagehand.fx(() -> view.grouping().chosenProperty().set(TopologyView.Grouping.HOST));
        assertFalse(Stagehand.onFx(() -> filter().isVisible()));
        Stagehand.fx(() -> view.grouping().chosenProperty().set(TopologyView.Grouping.SHARD));
        assertTrue(Stagehand.onFx(() -> filter().isVisible()));
    }
}
