package io.clusterdeck.views.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Theme;
import javafx.scene.Scene;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class FactsTest {

    /** Fewer words keep their place without a new layout; more of them get theirs, and do not wrap at the width of those before. */
    @Test
    void whatGrowsGetsItsRoom() {
        var look = Stagehand.look(Theme.LIGHT, "en");
        Stagehand.fx(() -> {
            var facts = new Facts(look, 100);
            var epoch = facts.row("views.fact.epoch");
            var seen = facts.row("views.fact.seen");
            look.themes().dress(new Scene(facts, 300, 200));
            seen.say("now");
            double both = height(facts, epoch, "1");
            seen.say("");
            double one = height(facts, epoch, "12");
            assertTrue(one < both, one + " of " + both);
            assertEquals(one, height(facts, epoch, "1"));
        });
    }

    private static double height(Facts facts, Facts.Row row, String words) {
        row.say(words);
        facts.applyCss();
        facts.layout();
        return facts.prefHeight(300);
    }
}
